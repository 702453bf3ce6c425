import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  decodeCreate,
  decodeCreateResponse,
  encodeCreate,
  encodeCreateResponse,
} from '../../../src/wsman/envelope/shell.js';
import {
  decodeCommand,
  decodeCommandResponse,
  decodeSignal,
  encodeCommand,
  encodeCommandResponse,
  encodeSignal,
} from '../../../src/wsman/envelope/shell-command.js';
import {
  decodeReceive,
  decodeReceiveResponse,
  decodeSend,
  encodeReceive,
  encodeReceiveResponse,
  encodeSend,
} from '../../../src/wsman/envelope/shell-streams.js';
import { WsmanFault } from '../../../src/wsman/index.js';
import { XmlError } from '../../../src/wsman/xml/reader.js';
import { bodyOf, bodyOfText } from './body.js';

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));

describe('wsman/envelope/shell', () => {
  it('reads the Create that it writes', () => {
    const shell = {
      inputStreams: ['stdin'],
      outputStreams: ['stdout', 'stderr'],
      environment: { A: '1', B: ' <2> ' },
      workingDirectory: 'C:\\Temp',
      idleTimeoutMs: 60_000,
    };
    expect(decodeCreate(bodyOf(encodeCreate(shell)))).to.deep.equal(shell);
  });

  it('answers Create with the id where every client looks for it', () => {
    const created = {
      shellId: 'ABC-1',
      owner: 'Administrator',
      clientAddress: '127.0.0.1',
      idleTimeoutMs: null,
      inputStreams: ['stdin'],
      outputStreams: ['stdout', 'stderr'],
    };
    expect(decodeCreateResponse(bodyOf(...encodeCreateResponse(created)))).to.equal('ABC-1');
    expect(() => decodeCreateResponse(bodyOf())).to.throw(XmlError);
  });

  it('reads a command with the blanks that it was given', () => {
    const command = { command: 'echo  a ', arguments: [' -x "1"', ']]> <'] };
    expect(decodeCommand(bodyOf(encodeCommand(command)))).to.deep.equal(command);
    expect(decodeCommandResponse(bodyOf(encodeCommandResponse('C1')))).to.equal('C1');
  });

  it('reads a command in CDATA, as masterzen/winrm sends it', () => {
    const body = bodyOfText(
      '<rsp:CommandLine><rsp:Command><![CDATA[a && b]]></rsp:Command>\n</rsp:CommandLine>',
    );
    expect(decodeCommand(body)).to.deep.equal({ command: 'a && b', arguments: [] });
  });

  for (const signal of ['terminate', 'ctrl_c', 'ctrl_break'] as const) {
    it(`reads the signal ${signal}`, () => {
      expect(decodeSignal(bodyOf(encodeSignal({ commandId: 'C1', signal })))).to.deep.equal({
        commandId: 'C1',
        signal,
      });
    });
  }

  it('reads the bytes of stdin that it writes', () => {
    fc.assert(
      fc.property(bytes, fc.boolean(), (piece, end) => {
        const read = decodeSend(bodyOf(encodeSend({ commandId: 'C1', bytes: piece, end })));
        expect(read).to.deep.equal({ commandId: 'C1', bytes: piece, end });
      }),
    );
  });

  it('joins several pieces of stdin in one message, with line ends inside base64', () => {
    const stream = (text: string, end = ''): string =>
      `<rsp:Stream Name="stdin" CommandId="C1"${end}>${text}</rsp:Stream>`;
    const body = bodyOfText(`<rsp:Send>${stream('aGVs\nbG8g')}${stream('', ' End="TRUE"')}</rsp:Send>`);
    expect(decodeSend(body)).to.deep.equal({ commandId: 'C1', bytes: Buffer.from('hello '), end: true });
  });

  it('reads the output that it writes, done or not', () => {
    expect(decodeReceive(bodyOf(encodeReceive('C1')))).to.deep.equal({ commandId: 'C1' });
    fc.assert(
      fc.property(bytes, bytes, fc.boolean(), (stdout, stderr, done) => {
        const output = { stdout, stderr, done, exitCode: done ? 3 : 0 };
        expect(decodeReceiveResponse(bodyOf(encodeReceiveResponse('C1', output)))).to.deep.equal(output);
      }),
    );
  });

  it('sends exit codes as unsigned 32 bits, as Windows does', () => {
    const output = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), done: true, exitCode: -1 };
    expect(decodeReceiveResponse(bodyOf(encodeReceiveResponse('C1', output))).exitCode).to.equal(4294967295);
  });

  const refused: Record<string, () => unknown> = {
    'a Create without a shell': () => decodeCreate(bodyOf()),
    'an idle time-out that is none': () =>
      decodeCreate(bodyOfText('<rsp:Shell><rsp:IdleTimeOut>soon</rsp:IdleTimeOut></rsp:Shell>')),
    'a command line without a command': () => decodeCommand(bodyOfText('<rsp:CommandLine/>')),
    'a signal without a command': () => decodeSignal(bodyOfText('<rsp:Signal/>')),
    'an unknown signal': () =>
      decodeSignal(bodyOfText('<rsp:Signal CommandId="C"><rsp:Code>x/terminate</rsp:Code></rsp:Signal>')),
    'a Send without a stream': () => decodeSend(bodyOfText('<rsp:Send/>')),
    'stdin that is no base64': () =>
      decodeSend(bodyOfText('<rsp:Send><rsp:Stream Name="stdin" CommandId="C">?</rsp:Stream></rsp:Send>')),
    'a stream that nobody reads': () =>
      decodeSend(bodyOfText('<rsp:Send><rsp:Stream Name="pr" CommandId="C"></rsp:Stream></rsp:Send>')),
    'a Receive without a command': () => decodeReceive(bodyOfText('<rsp:Receive/>')),
  };
  for (const [what, run] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      expect(run).to.throw(WsmanFault);
    });
  }
});
