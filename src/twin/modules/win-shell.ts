// ansible.windows.win_shell 1.14.0 (win_shell.ps1, read), for a line that is one program of shell/programs: the twin
// has no PowerShell.
import { runProgram } from '../shell/programs/index.js';
import { programName } from '../shell/command-words.js';
import type { ModuleCall } from './call.js';
import { commandTimes } from './command-times.js';
import { LegacyArguments } from './legacy.js';
import { exitJson, failJson, notModelled, type ModuleReply } from './reply.js';

export async function winShell(call: ModuleCall): Promise<ModuleReply> {
  const { machine } = call;
  const given = new LegacyArguments(call, { supportsCheckMode: false });
  const line = (given.str('_raw_params', { required: true }) ?? '').trim();
  const executable = given.path('executable');
  const creates = given.path('creates');
  if (creates !== null && (await machine.stat(creates)) !== undefined) {
    return exitJson({ msg: `skipped, since ${creates} exists`, cmd: line, skipped: true, rc: 0 });
  }
  const removes = given.path('removes');
  if (removes !== null && (await machine.stat(removes)) === undefined) {
    return exitJson({ msg: `skipped, since ${removes} does not exist`, cmd: line, skipped: true, rc: 0 });
  }
  const insideCmd = executable !== null && programName(executable) === 'cmd';
  const started = machine.now();
  const done = await runProgram(machine, line, insideCmd);
  if (done === undefined) return failJson(notModelled(`the command ${line}`), { cmd: line, rc: 2 });
  const result = {
    changed: true,
    cmd: line,
    stdout: done.stdout,
    stderr: done.stderr,
    rc: done.exitCode,
    ...commandTimes(started, machine.now()),
  };
  return done.exitCode === 0 ? exitJson(result) : failJson('non-zero return code', result);
}
