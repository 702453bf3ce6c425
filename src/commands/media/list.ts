import { BaseCommand, mediaFlags, neededMedia } from '../../cli/index.js';
import { orThrow } from '../../errors/index.js';
import { listMedia, readLock, type MediaList as Listed } from '../../media/index.js';
import { mediaListText } from '../../report/index.js';

export default class MediaList extends BaseCommand {
  static override summary = 'List the files of Microsoft that a role needs, and which of them are here.';
  static override description = [
    'A file is here where media.lock.yaml names it or where it lies at its path below media/; either way it has to be',
    'the right one. Files of the lock are held against its size and hash; media verify hashes them again.',
    'Exit: 0 all are here, 1 at least one is missing or wrong, 2 wrong input.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --os 2012r2 --role front-end',
    '<%= config.bin %> <%= command.id %> --os 2012r2 --role front-end --role edge --json',
  ];
  static override flags = mediaFlags;

  async run(): Promise<Listed> {
    const { flags } = await this.parse(MediaList);
    const { os, role, option } = flags;
    const folder = process.cwd();
    const { signal } = this.interrupted;
    const needed = await neededMedia({ flags: { os, role, option }, packageRoot: this.packageRoot, folder });
    const lock = orThrow(await readLock(folder));
    const list = await listMedia(needed.os, needed.files, { lock, signal });
    this.log(mediaListText(list).trimEnd());
    if (!list.complete) process.exitCode = 1;
    return list;
  }
}
