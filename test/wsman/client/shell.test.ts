// Shells against a host that answers as prepared.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { LyncimgError } from '../../../src/errors/index.js';
import type { Question } from '../../../src/wsman/client/asker.js';
import { unreachable } from '../../../src/wsman/client/network-failure.js';
import { openShell, type RemoteShell, type RunOptions } from '../../../src/wsman/client/shell.js';
import { encodeCommandResponse, encodeSignalResponse } from '../../../src/wsman/envelope/shell-command.js';
import {
  decodeSend,
  encodeReceiveResponse,
  encodeSendResponse,
} from '../../../src/wsman/envelope/shell-streams.js';
import { encodeCreateResponse } from '../../../src/wsman/envelope/shell.js';
import { WsmanFault } from '../../../src/wsman/index.js';
import { Markup } from '../../../src/wsman/xml/writer.js';
import { bodyOf } from '../envelope/body.js';
import { rejection } from '../rig.js';
import { fakeAsker, fakeOperation, type FakeAsker, type FakeOperation, type Step } from './fake-asker.js';

const created = encodeCreateResponse({
  ...{ shellId: 'SHELL-1', owner: 'u', clientAddress: '::1', idleTimeoutMs: null },
  ...{ inputStreams: ['stdin'], outputStreams: ['stdout', 'stderr'] },
});

function output(more: { stdout?: string | Buffer; stderr?: string; exitCode?: number }): Markup {
  const { stdout = '', stderr = '', exitCode } = more;
  return encodeReceiveResponse('C', {
    stdout: Buffer.from(stdout),
    stderr: Buffer.from(stderr),
    done: exitCode !== undefined,
    exitCode: exitCode ?? 0,
  });
}

interface Host {
  asker: FakeAsker;
  operation: FakeOperation;
  shell: RemoteShell;
}

/** A host that answers Receive as prepared, and everything else as it should, unless said otherwise. */
async function hostWith(
  receives: Step[],
  {
    signal,
    special = () => undefined,
  }: { signal?: AbortSignal; special?: (word: string) => Step | undefined } = {},
): Promise<Host> {
  const usual: Record<string, () => Step> = {
    Create: () => created,
    Command: () => encodeCommandResponse('C'),
    Send: () => encodeSendResponse(),
    Receive: () => receives.shift() ?? new Error('no further output is prepared'),
    Signal: () => encodeSignalResponse(),
    Delete: () => [],
  };
  const asker = fakeAsker((question) => {
    const word = question.action.split('/').at(-1) ?? '';
    return special(word) ?? usual[word]?.() ?? new Error(`no answer to ${word}`);
  });
  const operation = fakeOperation(signal === undefined ? {} : { signal });
  return { asker, operation, shell: await openShell(asker, {}, operation) };
}

const within: RunOptions = { timeoutMs: 60_000 };

function bodyText({ body }: Question): string {
  return body[0]?.text ?? '';
}

/** What was sent as stdin. */
function sent(asker: FakeAsker): { bytes: Buffer; end: boolean }[] {
  return asker.questions
    .filter(({ action }) => action.endsWith('/Send'))
    .map(({ body }) => decodeSend(bodyOf(...body)))
    .map(({ bytes, end }) => ({ bytes, end }));
}

describe('wsman/client/shell', () => {
  it('opens a shell that speaks UTF-8, with the user’s profile', async () => {
    const { asker, shell } = await hostWith([]);
    expect(shell.id).to.equal('SHELL-1');
    expect(asker.questions[0]?.options).to.deep.equal({ WINRS_NOPROFILE: 'FALSE', WINRS_CODEPAGE: '65001' });
    expect(asker.questions[0]).to.include({ repeatable: false });
  });

  it('opens one with a folder, variables, a time limit, another code page and no profile', async () => {
    const asker = fakeAsker([created]);
    const settings = {
      ...{ workingDirectory: 'C:\\x', environment: { A: 'b&c' }, idleTimeoutMs: 60_000 },
      ...{ codepage: 437, noProfile: true },
    };
    await openShell(asker, settings, fakeOperation());
    expect(asker.questions[0]?.options).to.deep.equal({ WINRS_NOPROFILE: 'TRUE', WINRS_CODEPAGE: '437' });
    expect(bodyText(asker.questions[0]!))
      .to.contain('<rsp:WorkingDirectory>C:\\x<')
      .and.contain('<rsp:Variable Name="A">b&amp;c<')
      .and.contain('PT60.000S');
  });

  it('tells that there are too many shells', async () => {
    const error = await rejection(openShell(fakeAsker(['QUOTA_MAX_SHELLS']), {}, fakeOperation()));
    expect(error).to.include({ code: 'E_WSMAN_SHELL_LIMIT' });
  });

  it('runs a command: its output joined, its exit code, and nothing left of it on the host', async () => {
    const e = Buffer.from('é');
    const { asker, shell } = await hostWith([
      output({ stdout: e.subarray(0, 1), stderr: 'w' }),
      output({ stdout: e.subarray(1) }),
      output({ exitCode: -1 }),
    ]);
    const result = await shell.run('echo', ['a b', '&'], within);
    expect(result.stdout.toString()).to.equal('é');
    expect(result.stderr.toString()).to.equal('w');
    expect(result.exitCode).to.equal(4294967295);
    expect(asker.asked).to.deep.equal(['Create', 'Command', 'Receive', 'Receive', 'Receive', 'Signal']);
    expect(bodyText(asker.questions[1]!)).to.contain(
      '<rsp:Arguments>a b</rsp:Arguments><rsp:Arguments>&amp;<',
    );
    for (const { selectors, repeatable } of asker.questions.slice(1)) {
      expect(selectors).to.deep.equal({ ShellId: 'SHELL-1' });
      expect(repeatable).to.equal(false);
    }
    expect(bodyText(asker.questions.at(-1)!))
      .to.contain('CommandId="C"')
      .and.contain('signal/terminate');
  });

  it('is done although the host does not take the good-bye', async () => {
    const special = (word: string): Step | undefined =>
      word === 'Signal' ? 'UNEXPECTED_SELECTORS' : undefined;
    const { shell } = await hostWith([output({ exitCode: 0 })], { special });
    expect((await shell.run('x', [], within)).exitCode).to.equal(0);
  });

  it('waits for output as long as the command may take, and no longer', async () => {
    const { shell } = await hostWith(['OPERATION_TIMEDOUT', 'OPERATION_TIMEDOUT', output({ exitCode: 3 })]);
    expect((await shell.run('x', [], within)).exitCode).to.equal(3);
    const silent = await hostWith(new Array<Step>(100).fill('OPERATION_TIMEDOUT'));
    const error = await rejection(silent.shell.run('ping', ['-t', 'x'], { timeoutMs: 30_000 }));
    expect(error).to.include({ code: 'E_WSMAN_TIMEOUT' });
    expect((error as LyncimgError).message).to.contain('"ping -t x" within the 30 s');
    expect(silent.asker.asked.at(-1)).to.equal('Signal');
    expect(silent.asker.asked.length).to.be.lessThan(20);
  });

  it('does not hammer a host that says "running" and nothing else', async () => {
    const { asker, operation, shell } = await hostWith(new Array<Step>(100).fill(output({})));
    expect(await rejection(shell.run('x', [], { timeoutMs: 30_000 }))).to.include({
      code: 'E_WSMAN_TIMEOUT',
    });
    expect(operation.pauses.slice(0, 4)).to.deep.equal([100, 200, 400, 800]);
    expect(asker.asked.length).to.be.lessThan(20);
  });

  it('ends a command that writes too much', async () => {
    const { asker, shell } = await hostWith([output({ stdout: 'xxxx' }), output({ stderr: 'yyyy' })]);
    const error = await rejection(shell.run('type', ['big'], { ...within, maxOutputBytes: 7 }));
    expect(error).to.include({ code: 'E_WSMAN_OUTPUT', exitCode: 3 });
    expect((error as Error).message).to.contain('more than 7 bytes');
    expect(asker.asked.at(-1)).to.equal('Signal');
  });

  it('ends a command that is aborted, on a moment of its own', async () => {
    const abort = new AbortController();
    const stop = (word: string): Step | undefined => {
      if (word !== 'Receive') return undefined;
      abort.abort(new Error('enough'));
      return 'OPERATION_TIMEDOUT';
    };
    const { asker, shell } = await hostWith([], { special: stop });
    const error = await rejection(shell.run('x', [], { ...within, signal: abort.signal }));
    expect(error).to.have.property('message', 'enough');
    expect(asker.asked.at(-1)).to.equal('Signal');
    expect(asker.questions.at(-1)?.signal).to.equal(undefined);
  });

  it('says nothing more on a line that is broken', async () => {
    const broken = unreachable('host:5986', 'the connection was broken off');
    const { asker, shell } = await hostWith([broken]);
    expect(await rejection(shell.run('x', [], within))).to.equal(broken);
    expect(asker.asked.at(-1)).to.equal('Receive');
  });

  it('takes no end without an exit code, and nothing that is no base64', async () => {
    const state = 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell/CommandState/Done';
    const ends = (inside: string): Markup =>
      new Markup(`<rsp:ReceiveResponse>${inside}<rsp:CommandState State="${state}"/></rsp:ReceiveResponse>`);
    for (const answer of [ends(''), ends('<rsp:Stream Name="stdout">!</rsp:Stream>'), new Markup('<x/>')]) {
      const { asker, shell } = await hostWith([answer]);
      expect(await rejection(shell.run('x', [], within))).to.include({ code: 'E_WSMAN_PROTOCOL' });
      expect(asker.asked.at(-1)).to.equal('Signal');
    }
  });

  it('shows the beginning of a command alone, on one line', async () => {
    const { shell } = await hostWith(['INTERNAL_ERROR']);
    const error = await rejection(shell.run('powershell', [`a\nb${'x'.repeat(500)}`], within));
    expect((error as Error).message)
      .to.contain('"powershell a b')
      .and.not.contain('x'.repeat(80));
  });

  describe('standard input', () => {
    it('is a console where there is none, and a pipe where there is', async () => {
      const { asker, shell } = await hostWith([output({ exitCode: 0 }), output({ exitCode: 0 })]);
      await shell.run('x', [], within);
      await shell.run('x', [], { ...within, stdin: Buffer.from('in') });
      const commands = asker.questions.filter(({ action }) => action.endsWith('/Command'));
      expect(commands.map(({ options }) => options?.['WINRS_CONSOLEMODE_STDIN'])).to.deep.equal([
        'TRUE',
        'FALSE',
      ]);
      expect(sent(asker)).to.deep.equal([{ bytes: Buffer.from('in'), end: true }]);
    });

    it('goes in pieces well below the smallest envelope, the last with the end', async () => {
      const stdin = Buffer.alloc(150_000, 'abc');
      const { asker, shell } = await hostWith([output({ exitCode: 0 })]);
      await shell.run('x', [], { ...within, stdin });
      const pieces = sent(asker);
      expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).equals(stdin)).to.equal(true);
      expect(pieces.map(({ end }) => end)).to.deep.equal([false, false, true]);
      for (const question of asker.questions) expect(bodyText(question).length).to.be.lessThan(100_000);
      expect(asker.asked.indexOf('Receive')).to.be.greaterThan(asker.asked.lastIndexOf('Send'));
    });

    it('has an end even when there is nothing in it', async () => {
      const { asker, shell } = await hostWith([output({ exitCode: 0 }), output({ exitCode: 0 })]);
      await shell.run('x', [], { ...within, stdin: Buffer.alloc(0) });

      await shell.run('x', [], { ...within, stdin: (async function* () {})() });
      expect(sent(asker)).to.deep.equal(new Array(2).fill({ bytes: Buffer.alloc(0), end: true }));
    });

    it('comes from a source piece by piece', async () => {
      async function* source(): AsyncGenerator<Buffer> {
        yield Buffer.from('a');
        yield Buffer.alloc(0);
        yield await Promise.resolve(Buffer.from('b'));
      }
      const { asker, shell } = await hostWith([output({ exitCode: 0 })]);
      await shell.run('x', [], { ...within, stdin: source() });
      expect(sent(asker).map(({ bytes, end }) => `${bytes.toString()} ${end}`)).to.deep.equal([
        'a false',
        'b true',
      ]);
    });

    it('that is not read does not hide what the command says', async () => {
      for (const code of [109, 232, 233]) {
        const gone = new WsmanFault('INVALID_PARAMETER');
        const fault = Object.assign(gone, { facts: { ...gone.facts, code } });
        const special = (word: string): Step | undefined => (word === 'Send' ? fault : undefined);
        const { shell } = await hostWith([output({ stdout: 'no', exitCode: 2 })], { special });
        const result = await shell.run('x', [], { ...within, stdin: Buffer.alloc(200_000) });
        expect([result.stdout.toString(), result.exitCode]).to.deep.equal(['no', 2]);
      }
    });

    it('that fails is told, and the command ended', async () => {
      // eslint-disable-next-line require-yield, @typescript-eslint/require-await -- a source that fails at once
      async function* source(): AsyncGenerator<Buffer> {
        throw new Error('the source broke');
      }
      const { asker, shell } = await hostWith([]);
      const error = await rejection(shell.run('x', [], { ...within, stdin: source() }));
      expect(error).to.have.property('message', 'the source broke');
      expect(asker.asked.at(-1)).to.equal('Signal');
    });

    it('that never comes does not outlast an abort', async () => {
      const abort = new AbortController();
      const source = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) };
      const { asker, shell } = await hostWith([]);
      const running = shell.run('x', [], { ...within, stdin: source, signal: abort.signal });
      abort.abort(new Error('enough'));
      expect(await rejection(running)).to.have.property('message', 'enough');
      expect(asker.asked.filter((word) => word === 'Send')).to.deep.equal([]);
    });
  });

  it('is closed once, and closing never fails', async () => {
    const special = (word: string): Step | undefined =>
      word === 'Delete' ? 'UNEXPECTED_SELECTORS' : undefined;
    const { asker, shell } = await hostWith([], { special });
    await Promise.all([shell.close(), shell.close()]);
    await shell.close();
    expect(asker.asked).to.deep.equal(['Create', 'Delete']);
    expect(asker.questions[1]).to.deep.include({
      selectors: { ShellId: 'SHELL-1' },
      body: [],
      repeatable: true,
    });
  });
});
