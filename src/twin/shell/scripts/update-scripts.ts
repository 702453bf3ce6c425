// What the action plugin of ansible.windows.win_updates (1.14.0, read) runs beside its module: poll.ps1, which reads on in
// the output file, and cancel.ps1. Both lie in the temporary folder where the plugin put them; what they are is read there.
import type { Machine } from '../../machine.js';
import { clixmlError } from '../clixml.js';
import { failed, succeeded, type CommandResult } from '../result.js';
import { bodyOf, literal, unquote, type Recognised } from './script.js';

const call = String.raw`^\$cmd = Get-Content -LiteralPath ${literal} -Raw; &\(\[ScriptBlock\]::Create\(\$cmd\)\) `;
const poll = new RegExp(`${call}-OutputPath ${literal.replace('\\2', '\\4')} -Offset (\\d+)$`);
const cancel = new RegExp(`${call}-CancelId ${literal.replace('\\2', '\\4')} -TaskPid \\d+$`);

export function pollUpdates(script: string): Recognised | undefined {
  const match = poll.exec(bodyOf(script));
  if (match === null) return undefined;
  const [, file = '', , output = '', , offset = '0'] = match;
  return {
    name: 'poll-updates',
    readsStdin: false,
    run: async (machine) => {
      const text = (await machine.readFile(unquote(file)))?.toString('utf8') ?? '';
      if (!text.includes(`'{{"position": {0}}}' -f $fs.Position`))
        return failed(`the twin does not model the script ${unquote(file)}\r\n`);
      return readOn(machine, unquote(output), Number(offset));
    },
  };
}

/** The work is over before anybody can ask to stop it. */
export function cancelUpdates(script: string): Recognised | undefined {
  if (!cancel.test(bodyOf(script))) return undefined;
  return { name: 'cancel-updates', readsStdin: false, run: () => succeeded() };
}

async function readOn(machine: Machine, path: string, offset: number): Promise<CommandResult> {
  const content = await machine.readFile(path);
  if (content === undefined) return failed(clixmlError(`Could not find file '${path}'.`));
  // The real script waits for another line; here the file was whole before anybody could ask.
  if (offset >= content.length) return failed(clixmlError(`Nothing more is written to '${path}'.`));
  const lines = content.subarray(offset).toString('utf8');
  return succeeded(`${lines}{"position": ${content.length}}\r\n`);
}
