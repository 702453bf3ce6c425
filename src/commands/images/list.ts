import { Flags } from '@oclif/core';
import { loadWorkspace } from '../../catalog/index.js';
import { BaseCommand, openState } from '../../cli/index.js';
import { formatError, orThrow } from '../../errors/index.js';
import type { ImageManifest, LayerManifest } from '../../images/index.js';
import { imageListText, layerListText } from '../../report/index.js';

interface ImagesListed {
  /** The state folder that was looked into. */
  folder: string;
  images: ImageManifest[];
  /** Only with --layers. */
  layers?: LayerManifest[];
  /** What lies there and cannot be read. */
  damaged: { code: string; message: string }[];
}

export default class ImagesList extends BaseCommand {
  static override summary = 'List the images that were baked, newest first.';
  static override description =
    'What a twin made is a REHEARSAL and says so. Only manifests are read here; images show checks the files, too.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --layers --json',
  ];
  static override flags = {
    layers: Flags.boolean({ description: 'List the layers under them, too.' }),
    output: Flags.string({
      description: "Folder of layers and images; by default LYNCIMG_HOME, then lyncimg.yaml's.",
      helpValue: 'DIR',
    }),
  };

  async run(): Promise<ImagesListed> {
    const { flags } = await this.parse(ImagesList);
    const here = process.cwd();
    const workspace = orThrow(await loadWorkspace(here));
    const place = { flag: flags.output, env: process.env, workspace, folder: here };
    const store = await openState(place);
    const [images, layers, damaged] = await Promise.all([store.images(), store.layers(), store.damaged()]);

    if (images.length > 0) this.log(imageListText(images).trimEnd());
    else this.logToStderr(`No image in ${store.folder}. lyncimg build --os 2012r2 makes one.`);
    if (flags.layers && layers.length > 0) {
      if (images.length > 0) this.log();
      this.log(layerListText(layers).trimEnd());
    } else if (flags.layers) this.logToStderr(`No layer in ${store.folder}.`);
    for (const error of damaged) this.logToStderr(formatError(error));

    return {
      folder: store.folder,
      images,
      ...(flags.layers && { layers }),
      damaged: damaged.map(({ code, message }) => ({ code, message })),
    };
  }
}
