// Remote cmd shells (WinRS; MS-WSMV 2.2.4.37, 3.1.4.5.2): open one, run commands in it, close it.
import { actions } from '../actions.js';
import { decodeCreateResponse, encodeCreate } from '../envelope/shell.js';
import { cmdShellResource } from '../namespaces.js';
import type { Asker } from './asker.js';
import { cleanup, limitsOf, systemClock, type Operation } from './operation.js';
import type { ShellInput } from './shell-input.js';
import { askShell } from './shell-message.js';
import type { CommandResult } from './shell-output.js';
import { runCommand } from './shell-run.js';

export interface ShellSettings {
  workingDirectory?: string;
  environment?: Readonly<Record<string, string>>;
  /** How long the host keeps the shell without a message; its own limit unless said otherwise. */
  idleTimeoutMs?: number;
  /** Of the bytes that commands write: 65001, UTF-8, unless said otherwise. */
  codepage?: number;
  /** Without the user's profile: starts sooner, and HKCU and the user's environment are then those of nobody. */
  noProfile?: boolean;
}

export interface RunOptions {
  /** Sent as a whole before output is read. Without it the command's standard input stays open and silent. */
  stdin?: ShellInput;
  /** For the whole command; then it is ended. */
  timeoutMs: number;
  signal?: AbortSignal;
  /** Of stdout and stderr together: 16 MiB unless said otherwise. */
  maxOutputBytes?: number;
}

export interface RemoteShell {
  readonly id: string;
  /**
   * The host joins command and arguments with blanks and gives them to `cmd.exe /c`: quote for cmd. Rejects with
   * E_WSMAN_*, also for what was aborted or took too long; the command is then ended on the host as well as may be.
   */
  run(command: string, args: readonly string[], options: RunOptions): Promise<CommandResult>;
  /** Ends what runs in it. Never rejects: a shell that cannot be closed goes when it was idle for long enough. */
  close(): Promise<void>;
}

const defaultMaxOutputBytes = 16 * 1024 * 1024;

export async function openShell(
  asker: Asker,
  settings: ShellSettings,
  operation: Operation,
): Promise<RemoteShell> {
  const { workingDirectory, environment = {}, idleTimeoutMs, codepage = 65001, noProfile = false } = settings;
  const doing = 'a new shell';
  const created = await asker.ask({
    ...{ doing, action: actions.create, resourceUri: cmdShellResource, repeatable: false },
    options: { WINRS_NOPROFILE: noProfile ? 'TRUE' : 'FALSE', WINRS_CODEPAGE: String(codepage) },
    body: [
      encodeCreate({
        environment,
        workingDirectory: workingDirectory ?? null,
        idleTimeoutMs: idleTimeoutMs ?? null,
        inputStreams: ['stdin'],
        outputStreams: ['stdout', 'stderr'],
      }),
    ],
    ...limitsOf(operation),
  });
  const id = asker.decode(doing, () => decodeCreateResponse(created));
  const clock = operation.clock ?? systemClock;
  let closing: Promise<void> | undefined;
  return {
    id,
    run: (command, args, { stdin, timeoutMs, signal, maxOutputBytes = defaultMaxOutputBytes }) =>
      runCommand(
        { asker, shellId: id },
        { command, args, stdin, maxOutputBytes },
        { deadline: clock.now() + timeoutMs, signal, clock },
      ),
    close: () => (closing ??= deleteShell(asker, id, cleanup({ deadline: 0, clock }, 10_000))),
  };
}

async function deleteShell(asker: Asker, shellId: string, operation: Operation): Promise<void> {
  const talk = { asker, shellId, doing: 'Delete of a shell' };
  const message = { action: actions.delete, body: [], repeatable: true };
  await askShell(talk, message, operation).catch(() => undefined);
}
