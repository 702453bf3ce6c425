// Shells through the core, message by message.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { actions } from '../../../src/wsman/actions.js';
import { decodeCreateResponse, encodeCreate } from '../../../src/wsman/envelope/shell.js';
import {
  decodeCommandResponse,
  encodeCommand,
  encodeSignal,
} from '../../../src/wsman/envelope/shell-command.js';
import {
  decodeReceiveResponse,
  encodeReceive,
  encodeSend,
} from '../../../src/wsman/envelope/shell-streams.js';
import type { ShellOptions, ShellOutput } from '../../../src/wsman/index.js';
import { cmdShellResource } from '../../../src/wsman/namespaces.js';
import { toyHandler } from '../toy-handler.js';
import { machine } from './machine.js';

const shellBody = {
  inputStreams: ['stdin'],
  outputStreams: ['stdout', 'stderr'],
  environment: {},
  workingDirectory: null,
  idleTimeoutMs: null,
};

/** A shell's messages against one machine. */
function shellOn({ body, fault }: ReturnType<typeof machine>) {
  const resourceUri = cmdShellResource;
  const of = (shellId: string) => ({ resourceUri, selectors: { SHELLID: shellId } });
  return {
    create: async (): Promise<string> =>
      decodeCreateResponse(
        await body(
          { resourceUri, action: actions.create, options: { WINRS_CODEPAGE: '65001' } },
          encodeCreate(shellBody),
        ),
      ),
    createFault: () => fault({ resourceUri, action: actions.create }, encodeCreate(shellBody)),
    command: async (shellId: string, stdin: boolean): Promise<string> => {
      const options = { WINRS_CONSOLEMODE_STDIN: stdin ? 'FALSE' : 'TRUE' };
      const line = encodeCommand({ command: 'echo', arguments: ['a', 'b'] });
      return decodeCommandResponse(await body({ ...of(shellId), action: actions.command, options }, line));
    },
    send: (shellId: string, commandId: string, text: string, end: boolean) =>
      body(
        { ...of(shellId), action: actions.send },
        encodeSend({ commandId, bytes: Buffer.from(text), end }),
      ),
    receive: async (shellId: string, commandId: string): Promise<ShellOutput> =>
      decodeReceiveResponse(
        await body({ ...of(shellId), action: actions.receive }, encodeReceive(commandId)),
      ),
    receiveFault: (shellId: string, commandId: string, operationTimeoutMs: number) =>
      fault({ ...of(shellId), action: actions.receive, operationTimeoutMs }, encodeReceive(commandId)),
    signal: (shellId: string, commandId: string) =>
      body({ ...of(shellId), action: actions.signal }, encodeSignal({ commandId, signal: 'terminate' })),
    delete: (shellId: string) => body({ ...of(shellId), action: actions.delete }),
    deleteFault: (shellId: string) => fault({ ...of(shellId), action: actions.delete }),
  };
}

describe('wsman/server/answer-shell', () => {
  it('runs a command from Create to Delete', async () => {
    const shell = shellOn(machine());
    const shellId = await shell.create();
    const commandId = await shell.command(shellId, true);
    await shell.send(shellId, commandId, 'one ', false);
    await shell.send(shellId, commandId, 'two', true);
    const output = await shell.receive(shellId.toLowerCase(), commandId.toLowerCase());
    expect(output.stdout.toString()).to.equal('echo a b\r\none two');
    expect(output).to.include({ done: true, exitCode: 0 });
    await shell.signal(shellId, commandId);
    await shell.delete(shellId);
  });

  it('tells the handler what the client asked for, and who asks', async () => {
    const handler = toyHandler();
    let seen: ShellOptions | undefined;
    const create = handler.shell.create.bind(handler.shell);
    handler.shell.create = (options) => {
      seen = options;
      return create(options);
    };
    await shellOn(machine(handler)).create();
    expect(seen).to.deep.equal({
      ...shellBody,
      options: { WINRS_CODEPAGE: '65001' },
      caller: { user: 'u', address: '127.0.0.1' },
    });
  });

  it('answers a Receive without output in time with the fault that makes clients ask again', async () => {
    const shell = shellOn(machine(toyHandler(), { maxTimeoutMs: 20 }));
    const shellId = await shell.create();
    const commandId = await shell.command(shellId, true);
    // The host caps the wish; a shorter one is kept.
    expect(await shell.receiveFault(shellId, commandId, 1_800_000)).to.equal('w:TimedOut');
    expect(await shell.receiveFault(shellId, commandId, 1)).to.equal('w:TimedOut');
    await shell.send(shellId, commandId, '', true);
    expect(await shell.receive(shellId, commandId)).to.include({ done: true });
  });

  it('wakes a Receive that waits as soon as there is output', async () => {
    const shell = shellOn(machine());
    const shellId = await shell.create();
    const commandId = await shell.command(shellId, true);
    const output = shell.receive(shellId, commandId);
    await shell.send(shellId, commandId, 'late', true);
    expect((await output).stdout.toString()).to.contain('late');
  });

  it('passes on the faults of the handler: a shell that is gone, too many of them', async () => {
    const shell = shellOn(machine());
    const shellId = await shell.create();
    await shell.delete(shellId);
    expect(await shell.deleteFault(shellId)).to.equal('w:InvalidSelectors');
    await shell.create();
    await shell.create();
    expect(await shell.createFault()).to.equal('w:QuotaLimit');
  });
});
