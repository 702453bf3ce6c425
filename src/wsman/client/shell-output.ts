// A command's output: Receive until it is done (MS-WSMV 3.1.4.14).
import { fail } from '../../errors/index.js';
import { actions } from '../actions.js';
import { decodeReceiveResponse, encodeReceive } from '../envelope/shell-streams.js';
import type { ShellOutput } from '../handler.js';
import type { Operation } from './operation.js';
import { askPatiently, Patience } from './patience.js';
import { askShell, type RunningCommand } from './shell-message.js';

export interface CommandResult {
  stdout: Buffer;
  stderr: Buffer;
  /** As Windows prints it, unsigned: -1 is 4294967295. */
  exitCode: number;
}

export async function receiveOutput(
  running: RunningCommand,
  maxBytes: number,
  operation: Operation,
): Promise<CommandResult> {
  const { host } = running.asker;
  const { doing } = running;
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  let size = 0;
  // "Running" and nothing else, at once and again and again: no honest host says so, and none is hammered for it.
  const patience = new Patience(operation);
  for (;;) {
    const output = await receive(running, operation);
    const more = output.stdout.length + output.stderr.length;
    size += more;
    if (size > maxBytes) throw fail('E_WSMAN_OUTPUT', { host, doing, maxBytes }, { where: { host } });
    // Only joined bytes are text: a piece may end within a character.
    if (output.stdout.length > 0) stdout.push(output.stdout);
    if (output.stderr.length > 0) stderr.push(output.stderr);
    if (output.done) {
      return { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), exitCode: output.exitCode };
    }
    if (more > 0) patience.reset();
    else if (!(await patience.wait())) throw patience.timeout(running);
  }
}

/** "No output yet" is a fault that means: ask again (2150858793, MS-WSMV 3.1.4.1.6). */
async function receive(running: RunningCommand, operation: Operation): Promise<ShellOutput> {
  const { asker, doing, commandId } = running;
  const message = { action: actions.receive, body: [encodeReceive(commandId)] };
  const ask = async (): Promise<ShellOutput> => {
    const body = await askShell(running, message, operation);
    return asker.decode(doing, () => decodeReceiveResponse(body));
  };
  return askPatiently(asker, operation, { doing, ask });
}
