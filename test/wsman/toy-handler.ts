// A machine that is only as much of one as the tests of the wire need: three services, a registry value, a shell whose
// commands echo.
import { randomUUID } from 'node:crypto';
import {
  cimProperty,
  cimText,
  WsmanFault,
  type CimInstance,
  type CimValue,
  type ShellCommand,
  type ShellHandler,
  type ShellOutput,
  type WsmanHandler,
} from '../../src/wsman/index.js';

export function serviceInstance(name: string, state = 'Running'): CimInstance {
  return {
    namespace: 'root/cimv2',
    className: 'Win32_Service',
    properties: { Name: name, State: state, ProcessId: 4, Started: true, ExitCode: null },
  };
}

export interface ToyShell {
  commands: Map<string, ToyCommand>;
}

interface ToyCommand extends ShellCommand {
  stdin: Buffer[];
  output: ShellOutput | null;
  wake: (() => void) | null;
}

/** What a command prints, once its stdin is at its end. Null: it runs on without a word. */
export type Run = (line: string, stdin: Buffer) => Partial<ShellOutput> | null;

/** Commands start at once; those with WINRS_CONSOLEMODE_STDIN FALSE when their stdin has ended. */
export function toyShells(run: Run): ShellHandler & { open: Map<string, ToyShell> } {
  const open = new Map<string, ToyShell>();
  const shellOf = (shellId: string): ToyShell => {
    const shell = open.get(shellId.toUpperCase());
    if (shell === undefined) throw new WsmanFault('UNEXPECTED_SELECTORS');
    return shell;
  };
  const commandOf = (shellId: string, commandId: string): ToyCommand => {
    const command = shellOf(shellId).commands.get(commandId.toUpperCase());
    if (command === undefined) throw new WsmanFault('UNEXPECTED_SELECTORS');
    return command;
  };
  const finish = (command: ToyCommand): void => {
    const line = [command.command, ...command.arguments].join(' ');
    const output = run(line, Buffer.concat(command.stdin));
    if (output === null) return;
    command.output = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), done: true, exitCode: 0, ...output };
    command.wake?.();
  };
  return {
    open,
    create: () => {
      if (open.size >= 2) return Promise.reject(new WsmanFault('QUOTA_MAX_SHELLS'));
      const shellId = randomUUID().toUpperCase();
      open.set(shellId, { commands: new Map() });
      return Promise.resolve({ shellId });
    },
    command: (shellId, started) => {
      const commandId = randomUUID().toUpperCase();
      const command: ToyCommand = { ...started, stdin: [], output: null, wake: null };
      shellOf(shellId).commands.set(commandId, command);
      if (started.options['WINRS_CONSOLEMODE_STDIN'] !== 'FALSE') finish(command);
      return Promise.resolve({ commandId });
    },
    send: (shellId, commandId, bytes, end) => {
      const command = commandOf(shellId, commandId);
      command.stdin.push(bytes);
      if (end) finish(command);
      return Promise.resolve();
    },
    receive: async (shellId, commandId, timeoutMs) => {
      const command = commandOf(shellId, commandId);
      if (command.output === null) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          command.wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return command.output ?? { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), done: false, exitCode: 0 };
    },
    signal: (shellId, commandId) => {
      const command = commandOf(shellId, commandId);
      command.wake?.();
      shellOf(shellId).commands.delete(commandId.toUpperCase());
      return Promise.resolve();
    },
    delete: (shellId) => {
      shellOf(shellId);
      open.delete(shellId.toUpperCase());
      return Promise.resolve();
    },
  };
}

/** Prints its own command line, then its stdin. */
export const echo: Run = (line, stdin) => ({ stdout: Buffer.concat([Buffer.from(`${line}\r\n`), stdin]) });

const registry: Readonly<Record<string, Readonly<Record<string, CimValue>>>> = {
  GetStringValue: { ReturnValue: 0, sValue: '15.0' },
  GetExpandedStringValue: { ReturnValue: 0, sValue: 'C:\\Windows' },
  GetMultiStringValue: { ReturnValue: 0, sValue: ['a', 'b'] },
  GetDWORDValue: { ReturnValue: 0, uValue: 4294967295 },
  GetQWORDValue: { ReturnValue: 0, uValue: 18446744073709551615n },
  GetBinaryValue: { ReturnValue: 0, uValue: [0, 255, 16] },
  EnumKey: { ReturnValue: 0, sNames: ['one'] },
};

export interface ToyOptions {
  instances?: CimInstance[];
  projection?: string[] | null;
  run?: Run;
}

export function toyHandler(options: ToyOptions = {}): WsmanHandler {
  const instances =
    options.instances ?? ['Dnscache', 'W32Time', 'WinRM'].map((name) => serviceInstance(name));
  return {
    identify: () => ({
      productVendor: 'toy',
      productVersion: 'OS: 6.3.9600 SP: 0.0 Stack: 3.0',
      productVersionUnauthenticated: 'OS: 0.0.0 SP: 0.0 Stack: 3.0',
    }),
    enumerate: ({ wql }) => {
      if (wql?.includes('Win32_Nothing') === true) {
        const provider = {
          provider: 'WMI Provider',
          path: '%systemroot%\\system32\\WsmWmiPl.dll',
          code: 2147749904,
          message: 'The class is not there.  ',
        };
        return Promise.reject(new WsmanFault('CANNOT_PROCESS_FILTER', { provider }));
      }
      if (wql?.includes('Defect') === true) return Promise.reject(new Error('a secret of the handler'));
      return Promise.resolve({ instances, projection: options.projection ?? null });
    },
    get: ({ selectors }) => {
      const found = instances.find(({ properties }) => properties['Name'] === selectors['Name']);
      if (found === undefined) return Promise.reject(new WsmanFault('RESOURCE_NOT_FOUND'));
      return Promise.resolve(found);
    },
    invoke: ({ method, input }) => {
      const key = cimText(cimProperty(input, 'sSubKeyName')) ?? '';
      const forced = /^return (\d+)$/.exec(key)?.[1];
      if (forced !== undefined) return Promise.resolve({ ReturnValue: Number(forced) });
      const output = Object.hasOwn(registry, method) ? registry[method] : undefined;
      if (output === undefined) return Promise.reject(new WsmanFault('ACTION_NOT_SUPPORTED'));
      return Promise.resolve(output);
    },
    shell: toyShells(options.run ?? echo),
  };
}
