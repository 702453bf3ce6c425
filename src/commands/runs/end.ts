import { Args, Flags } from '@oclif/core';
import { endKeptRun } from '../../build/index.js';
import { loadWorkspace } from '../../catalog/index.js';
import { BaseCommand, openState } from '../../cli/index.js';
import { orThrow } from '../../errors/index.js';

export default class RunsEnd extends BaseCommand {
  static override summary =
    'End the guest that build --keep-on-failure left running, and delete its password and key.';
  static override examples = ['<%= config.bin %> <%= command.id %> 20261123T153316Z-724a71c0'];
  static override args = {
    run: Args.string({ required: true, description: 'As the build named it.' }),
  };
  static override flags = {
    output: Flags.string({
      description: "Folder of the run; by default LYNCIMG_HOME, then lyncimg.yaml's.",
      helpValue: 'DIR',
    }),
  };

  async run(): Promise<{ run: string; processesEnded: number }> {
    const { args, flags } = await this.parse(RunsEnd);
    const folder = process.cwd();
    const workspace = orThrow(await loadWorkspace(folder));
    const place = { flag: flags.output, env: process.env, workspace, folder };
    const store = await openState(place);
    const processesEnded = await endKeptRun(store, args.run);
    this.log(
      `Ended ${args.run}: ${processesEnded === 0 ? 'its guest had gone already' : 'its guest is off'}.`,
    );
    return { run: args.run, processesEnded };
  }
}
