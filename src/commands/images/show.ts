import { Args, Flags } from '@oclif/core';
import { loadWorkspace } from '../../catalog/index.js';
import { BaseCommand, openState } from '../../cli/index.js';
import { orThrow } from '../../errors/index.js';
import type { ImageManifest } from '../../images/index.js';
import { imageText } from '../../report/index.js';

interface ImageShown {
  image: ImageManifest;
  /** Name -> path of each file, as it was checked. */
  files: Record<string, string>;
}

export default class ImagesShow extends BaseCommand {
  static override summary = 'Show what an image is made of and what its gate judged.';
  static override description = [
    'REFERENCE is the whole reference, a digest or the unique beginning of one, or ROLE-OS for the newest.',
    'The files of the image are checked against its manifest first.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> front-end-2012r2',
    '<%= config.bin %> <%= command.id %> rehearsal/front-end-2012r2@1a2b3c4d5e6f --json',
  ];
  static override args = {
    reference: Args.string({ required: true, description: 'Which image.' }),
  };
  static override flags = {
    output: Flags.string({
      description: "Folder of layers and images; by default LYNCIMG_HOME, then lyncimg.yaml's.",
      helpValue: 'DIR',
    }),
  };

  async run(): Promise<ImageShown> {
    const { args, flags } = await this.parse(ImagesShow);
    const here = process.cwd();
    const workspace = orThrow(await loadWorkspace(here));
    const place = { flag: flags.output, env: process.env, workspace, folder: here };
    const store = await openState(place);
    const stored = await store.resolveImage(args.reference);

    this.log(imageText(stored).trimEnd());
    return { image: stored.manifest, files: stored.files };
  }
}
