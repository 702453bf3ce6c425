import { Args, Flags } from '@oclif/core';
import { resolve } from 'node:path';
import { BaseCommand, schemaFiles, workspaceFiles, writeNewFiles } from '../cli/index.js';
import { platformNames } from '../platforms/index.js';
import { osIds } from '../requirements/index.js';

interface Initialised {
  folder: string;
  /** As they lie in it. */
  files: string[];
}

export default class Init extends BaseCommand {
  static override summary = 'Make a workspace: lyncimg.yaml, and a role of your own to start from.';
  static override description = [
    'Nothing that is there is written over. The schemas that editors check the files with are copied beside them;',
    '--schemas writes those alone again, after an upgrade of lyncimg.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> images --os 2012',
    '<%= config.bin %> <%= command.id %> --schemas',
  ];
  static override args = {
    folder: Args.string({ default: '.', description: 'Where; it is made where it does not exist.' }),
  };
  static override flags = {
    os: Flags.string({ options: [...osIds], default: '2012r2', description: 'The Windows to bake.' }),
    platform: Flags.string({
      options: [...platformNames],
      default: 'twin',
      description: 'Where it is baked.',
    }),
    schemas: Flags.boolean({ description: 'Write the schemas alone, over those that are there.' }),
  };

  async run(): Promise<Initialised> {
    const { args, flags } = await this.parse(Init);
    const folder = resolve(args.folder);
    const schemas = await schemaFiles(this.config.root);
    const files = flags.schemas ? schemas : { ...workspaceFiles(flags), ...schemas };
    await writeNewFiles(folder, files, { replace: flags.schemas });
    const names = Object.keys(files);
    for (const name of names) this.log(name);
    if (!flags.schemas)
      this.logToStderr('Next: lyncimg roles validate, then lyncimg build (a rehearsal on the twin).');
    return { folder, files: names };
  }
}
