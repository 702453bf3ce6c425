import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/index.js';
import { readState, sealState, writeState } from '../../twin/index.js';

export default class TwinSeal extends BaseCommand {
  static override summary =
    'Seal the state of a twin at rest: a copy without the boot task and the traces of the bake.';
  static override description =
    'Stands for sysprep and clean-up of a rehearsal. The input stays as it is; nothing is written when it cannot be sealed.';
  static override examples = ['<%= config.bin %> <%= command.id %> --input state.json --output sealed.json'];

  static override flags = {
    input: Flags.string({
      required: true,
      description: 'The un-keyed state of a layer.',
      helpValue: 'FILE',
    }),
    output: Flags.string({ required: true, description: 'Where the sealed state goes.', helpValue: 'FILE' }),
  };

  async run(): Promise<{ input: string; output: string; access: 'sealed' }> {
    const { flags } = await this.parse(TwinSeal);
    const sealed = sealState(await readState(flags.input), new Date());
    await writeState(flags.output, sealed);
    this.logToStderr(`Sealed: ${flags.output}`);
    return { input: flags.input, output: flags.output, access: 'sealed' };
  }
}
