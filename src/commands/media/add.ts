import { Args, Flags } from '@oclif/core';
import { loadProject } from '../../catalog/index.js';
import { BaseCommand, knownMedia } from '../../cli/index.js';
import { fail, orThrow } from '../../errors/index.js';
import { addFiles, readLock, recordEntries, type AddedFile } from '../../media/index.js';
import { platformSchemas } from '../../platforms/index.js';
import { mediaAddedText } from '../../report/index.js';

export default class MediaAdd extends BaseCommand {
  static override summary = 'Recognise files of Microsoft and record in media.lock.yaml where they lie.';
  static override description = [
    'A file is recognised by its SHA-256, else by its name or KB number, as Microsoft or the Update Catalog write them.',
    'It stays where it is. One that is not what its name says is refused; where one of several is wrong, none is',
    'recorded.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> ~/Downloads/*.msu',
    '<%= config.bin %> <%= command.id %> D7.cab --as sources/2012r2/sxs/microsoft-windows-netfx3-ondemand-package.cab',
  ];
  static override strict = false;
  static override args = {
    file: Args.string({ required: true, description: 'File to record; several may be given.' }),
  };
  static override flags = {
    as: Flags.string({
      description: 'What the file is: its path on the media disc, as media list shows it.',
      helpValue: 'PATH',
    }),
  };

  async run(): Promise<{ files: AddedFile[] }> {
    const { flags, argv } = await this.parse(MediaAdd);
    const files = argv as string[];
    const { as = null } = flags;
    if (as !== null && files.length > 1) {
      throw fail('E_USAGE', { message: '--as says what one file is.', hint: 'Add them one by one.' });
    }
    const folder = process.cwd();
    const { packageRoot } = this;
    const { catalog } = orThrow(await loadProject({ packageRoot, folder, platforms: platformSchemas }));
    const { lock, added } = orThrow(
      await addFiles({
        ...{ files, as, folder, known: knownMedia(catalog), lock: orThrow(await readLock(folder)) },
        now: new Date(),
        signal: this.interrupted.signal,
      }),
    );
    const changed = added.filter(({ outcome }) => outcome !== 'unchanged');
    if (changed.length > 0)
      await recordEntries(
        lock,
        changed.map(({ path }) => path),
      );
    this.log(mediaAddedText(added).trimEnd());
    return { files: added };
  }
}
