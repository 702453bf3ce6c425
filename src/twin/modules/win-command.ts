// ansible.windows.win_command 1.14.0 (win_command.ps1, read) for the programs of shell/programs.
import { runProgram } from '../shell/programs/index.js';
import { BasicModule } from './basic.js';
import { dotNetText } from './basic-convert.js';
import type { ModuleCall } from './call.js';
import { commandTimes } from './command-times.js';
import { escapedArgument } from './escaped-argument.js';
import { notModelled, type ModuleReply } from './reply.js';

export async function winCommand(call: ModuleCall): Promise<ModuleReply> {
  const { machine } = call;
  const module = new BasicModule(call, {
    options: {
      _raw_params: { type: 'str' },
      cmd: { type: 'str' },
      argv: { type: 'list', elements: 'str' },
      chdir: { type: 'path' },
      creates: { type: 'path' },
      removes: { type: 'path' },
      stdin: { type: 'str' },
      output_encoding_override: { type: 'str' },
    },
    requiredOneOf: [['_raw_params', 'argv', 'cmd']],
    mutuallyExclusive: [['_raw_params', 'argv', 'cmd']],
    supportsCheckMode: false,
  });
  const line = commandLine(module);
  module.result['cmd'] = line;
  module.result['rc'] = 0;
  const creates = module.str('creates');
  if (creates !== null && (await machine.stat(creates)) !== undefined) {
    return skipped(module, `skipped, since ${creates} exists`);
  }
  const removes = module.str('removes');
  if (removes !== null && (await machine.stat(removes)) === undefined) {
    return skipped(module, `skipped, since ${removes} does not exist`);
  }
  const started = machine.now();
  const done = await runProgram(machine, line, false);
  if (done === undefined) {
    module.result['rc'] = 2;
    return module.fail(notModelled(`the command ${line}`));
  }
  Object.assign(module.result, commandTimes(started, machine.now()));
  module.result['changed'] = true;
  module.result['stdout'] = done.stdout;
  module.result['stderr'] = done.stderr;
  module.result['rc'] = done.exitCode;
  return done.exitCode === 0 ? module.exit() : module.fail('non-zero return code');
}

function skipped(module: BasicModule, message: string): ModuleReply {
  module.result['msg'] = message;
  module.result['skipped'] = true;
  return module.exit();
}

function commandLine(module: BasicModule): string {
  const given = module.str('cmd') ?? module.str('_raw_params')?.trim();
  if (given !== undefined) return given;
  return (module.list('argv') ?? []).map((word) => escapedArgument(dotNetText(word))).join(' ');
}
