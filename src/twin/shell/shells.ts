// The shells that are open on the machine: ids, quotas, commands. A restart takes them all away.
import { randomUUID } from 'node:crypto';
import {
  WsmanFault,
  type ShellCommand,
  type ShellHandler,
  type ShellOptions,
  type ShellOutput,
  type ShellSignal,
} from '../../wsman/index.js';
import type { Machine } from '../machine.js';
import { recognise } from './recognise.js';
import { RunningCommand } from './running-command.js';

/** Winrs quotas by WinRM generation (MS-WSMV 2.2.4.42 and notes). */
interface Quota {
  shellsPerUser: number;
  idleTimeoutMs: number;
}

const quotas: Record<string, Quota> = { '2.0': { shellsPerUser: 5, idleTimeoutMs: 180_000 } };
const currentQuota: Quota = { shellsPerUser: 30, idleTimeoutMs: 7_200_000 };

interface Shell {
  id: string;
  user: string;
  idleTimeoutMs: number;
  lastUsed: number;
  commands: Map<string, RunningCommand>;
}

export class Shells implements ShellHandler {
  private readonly machine: Machine;
  private readonly shells = new Map<string, Shell>();

  constructor(machine: Machine) {
    this.machine = machine;
    const dropAll = (): void => {
      for (const shell of this.shells.values()) this.drop(shell);
    };
    machine.events.on('restart-started', dropAll);
    machine.events.on('off', dropAll);
  }

  create(options: ShellOptions): Promise<{ shellId: string }> {
    return answer(() => {
      this.dropIdle();
      const { user } = options.caller;
      const open = [...this.shells.values()].filter((shell) => shell.user === user).length;
      const most = this.quota.shellsPerUser;
      if (open >= most) {
        throw new WsmanFault('QUOTA_MAX_SHELLS', {
          message:
            `The WS-Management service cannot process the request. This user is allowed a maximum number of ${most} ` +
            'concurrent shells, which has been exceeded. Close existing shells or raise the quota for this user.',
        });
      }
      const id = randomUUID().toUpperCase();
      const idleTimeoutMs = options.idleTimeoutMs ?? this.quota.idleTimeoutMs;
      this.shells.set(id, { id, user, idleTimeoutMs, lastUsed: this.clock(), commands: new Map() });
      this.machine.counters.shellsCreated++;
      return { shellId: id };
    });
  }

  command(shellId: string, command: ShellCommand): Promise<{ commandId: string }> {
    return answer(() => {
      const shell = this.shell(shellId);
      const what = recognise([command.command, ...command.arguments].join(' '));
      const id = randomUUID().toUpperCase();
      this.machine.counters.commandsRun++;
      this.machine.trace({ type: 'command', what: what.name });
      shell.commands.set(id, new RunningCommand(this.machine, what));
      return { commandId: id };
    });
  }

  send(shellId: string, commandId: string, bytes: Buffer, end: boolean): Promise<void> {
    return answer(() => {
      this.running(shellId, commandId).send(bytes, end);
    });
  }

  async receive(shellId: string, commandId: string, timeoutMs: number): Promise<ShellOutput> {
    return this.running(shellId, commandId).receive(timeoutMs);
  }

  signal(shellId: string, commandId: string, signal: ShellSignal): Promise<void> {
    return answer(() => {
      const shell = this.shell(shellId);
      const command = this.running(shellId, commandId);
      if (signal !== 'terminate') {
        command.interrupt();
        return;
      }
      command.discard();
      shell.commands.delete(commandId.toUpperCase());
    });
  }

  delete(shellId: string): Promise<void> {
    return answer(() => {
      this.drop(this.shell(shellId));
    });
  }

  /** WMF 3.0 brings another WinRM. */
  private get quota(): Quota {
    return quotas[this.machine.facts().os.winrmStack] ?? currentQuota;
  }

  private shell(id: string): Shell {
    this.dropIdle();
    const shell = this.shells.get(id.toUpperCase());
    if (shell === undefined) throw new WsmanFault('UNEXPECTED_SELECTORS');
    shell.lastUsed = this.clock();
    return shell;
  }

  private running(shellId: string, commandId: string): RunningCommand {
    const command = this.shell(shellId).commands.get(commandId.toUpperCase());
    if (command === undefined) throw new WsmanFault('UNEXPECTED_SELECTORS');
    return command;
  }

  private dropIdle(): void {
    const now = this.clock();
    for (const shell of this.shells.values()) {
      if (now - shell.lastUsed > shell.idleTimeoutMs) this.drop(shell);
    }
  }

  private drop(shell: Shell): void {
    for (const command of shell.commands.values()) command.discard();
    this.shells.delete(shell.id);
  }

  private clock(): number {
    return this.machine.now().getTime();
  }
}

/** What a handler throws must reach its caller as a rejection. */
function answer<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
