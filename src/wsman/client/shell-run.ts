// One command in a shell: Command, Send, Receive, Signal (MS-WSMV 3.1.4.11 to 3.1.4.14).
import { actions } from '../actions.js';
import { decodeCommandResponse, encodeCommand, encodeSignal } from '../envelope/shell-command.js';
import type { Asker } from './asker.js';
import { isLineLost } from './host-said.js';
import { cleanup, type Operation } from './operation.js';
import { sendInput, type ShellInput } from './shell-input.js';
import { askShell, type RunningCommand } from './shell-message.js';
import { receiveOutput, type CommandResult } from './shell-output.js';

export interface Command {
  command: string;
  args: readonly string[];
  stdin: ShellInput | undefined;
  maxOutputBytes: number;
}

export async function runCommand(
  shell: { asker: Asker; shellId: string },
  { command, args, stdin, maxOutputBytes }: Command,
  operation: Operation,
): Promise<CommandResult> {
  const talk = { ...shell, doing: `"${shorten([command, ...args].join(' '))}"` };
  const begun = await askShell(
    talk,
    {
      action: actions.command,
      body: [encodeCommand({ command, arguments: args })],
      // TRUE is a console at which nobody types, FALSE a pipe; and always through cmd, as 2012 R2 does it anyway.
      options: {
        WINRS_CONSOLEMODE_STDIN: stdin === undefined ? 'TRUE' : 'FALSE',
        WINRS_SKIP_CMD_SHELL: 'FALSE',
      },
    },
    operation,
  );
  const commandId = shell.asker.decode(talk.doing, () => decodeCommandResponse(begun));
  const running = { ...talk, commandId };
  try {
    if (stdin !== undefined) await sendInput(running, stdin, operation);
    const result = await receiveOutput(running, maxOutputBytes, operation);
    await terminate(running, operation);
    return result;
  } catch (error) {
    if (!isLineLost(error)) await terminate(running, operation);
    throw error;
  }
}

/** Frees what the host keeps for the command, and ends it where it still runs. Best effort, in a little time of its own. */
async function terminate(running: RunningCommand, operation: Operation): Promise<void> {
  const body = [encodeSignal({ commandId: running.commandId, signal: 'terminate' })];
  await askShell(running, { action: actions.signal, body }, cleanup(operation)).catch(() => undefined);
}

/** A command line may hold a whole script: messages show how it begins, on one line. */
function shorten(line: string): string {
  const shown = line.replace(/\p{Cc}+/gu, ' ');
  return shown.length <= 80 ? shown : `${shown.slice(0, 79)}…`;
}
