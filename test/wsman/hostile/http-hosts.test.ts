// Hosts whose HTTP is wrong, too much, too slow or not there, against the client. Over TLS with Basic: one leg, so that
// each case is about one answer.
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Socket } from 'node:net';
import type { LyncimgError } from '../../../src/errors/index.js';
import { rejection } from '../rig.js';
import { drip, envelope, flood, http, page, service, soapType } from './answers.js';
import { byteHost, type Conduct, type SeenRequest } from './byte-host.js';
import { leavesNothing } from './nothing-left.js';

const question = { namespace: 'root/cimv2', wql: 'select Name from Win32_Service' };
const impatient = { answerMs: 100 };

type Answer = (socket: Socket, request: SeenRequest) => void;
type Code = 'E_WSMAN_TIMEOUT' | 'E_WSMAN_UNREACHABLE' | 'E_WSMAN_PROTOCOL';

interface Case {
  answer: Answer;
  code: Code;
  says: string;
  /** The answer never ends: the client has to end it. */
  endless?: boolean;
}

const send =
  (...pieces: (Buffer | string)[]): Answer =>
  (socket) =>
    socket.write(Buffer.concat(pieces.map((piece) => Buffer.from(piece))));
const sendAndClose =
  (...pieces: (Buffer | string)[]): Answer =>
  (socket) =>
    socket.end(Buffer.concat(pieces.map((piece) => Buffer.from(piece))));

const nested = `${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`;
const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${['b', 'c', 'd', 'e', 'f', 'g', 'h']
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefg'.charAt(index)};`.repeat(10)}">`)
  .join('')}]><a>&h;</a>`;
const attributes = Array.from({ length: 120_000 }, (_, index) => ` a${index}=""`).join('');
const prefixes = Array.from({ length: 60_000 }, (_, index) => ` xmlns:a${index}="u"`).join('');

const silent: Record<string, Case> = {
  'never answers': { answer: () => undefined, code: 'E_WSMAN_TIMEOUT', says: '0.1 s', endless: true },
  'drips its headers': {
    answer: (socket, request) => {
      drip(socket, http(200, envelope(request, '')));
    },
    ...{ code: 'E_WSMAN_TIMEOUT', says: '0.1 s', endless: true },
  },
  'drips its body': {
    answer: (socket, request) => {
      const answer = http(200, envelope(request, ''));
      const body = answer.indexOf('<');
      socket.write(answer.subarray(0, body));
      drip(socket, answer.subarray(body));
    },
    ...{ code: 'E_WSMAN_TIMEOUT', says: '0.1 s', endless: true },
  },
  'sends one 100 Continue after the other': {
    answer: (socket) => flood(socket, Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000))),
    ...{ code: 'E_WSMAN_TIMEOUT', says: '0.1 s', endless: true },
  },
  'announces more than it sends': {
    answer: send(http(200, '<a/>', { 'Content-Length': '400' })),
    ...{ code: 'E_WSMAN_TIMEOUT', says: '0.1 s', endless: true },
  },
};

const broken: Record<string, Case> = {
  'closes at once': { answer: sendAndClose(), code: 'E_WSMAN_UNREACHABLE', says: 'broken off' },
  'resets the connection': {
    answer: (socket) => {
      socket.destroy();
    },
    ...{ code: 'E_WSMAN_UNREACHABLE', says: 'broken off' },
  },
  'closes in the middle of a header': {
    answer: sendAndClose('HTTP/1.1 200 OK\r\nContent-Le'),
    ...{ code: 'E_WSMAN_UNREACHABLE', says: 'broken off' },
  },
  'closes in the middle of the body': {
    answer: sendAndClose(http(200, '<s:Envelope', { 'Content-Length': '400' })),
    ...{ code: 'E_WSMAN_UNREACHABLE', says: 'broken off' },
  },
  'closes in the middle of a chunk': {
    answer: sendAndClose('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\n<a'),
    ...{ code: 'E_WSMAN_UNREACHABLE', says: 'broken off' },
  },
  'closes after a 100 Continue': {
    answer: sendAndClose('HTTP/1.1 100 Continue\r\n\r\n'),
    ...{ code: 'E_WSMAN_UNREACHABLE', says: 'broken off' },
  },
  'switches to another protocol': {
    answer: send('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n'),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'another protocol' },
  },
};

const notWsman: Record<string, Case> = {
  'answers HTML': {
    answer: send(http(200, '<!DOCTYPE html><html></html>')),
    code: 'E_WSMAN_PROTOCOL',
    says: 'no SOAP',
  },
  'answers what is compressed': {
    answer: send(http(200, gzipSync('<a/>'), { 'Content-Encoding': 'gzip' })),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'no SOAP' },
  },
  'answers bytes that are no text': {
    answer: send(http(200, Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x00]))),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'no SOAP' },
  },
  'answers 200 and nothing': {
    answer: send(http(200)),
    code: 'E_WSMAN_PROTOCOL',
    says: '200 and nothing else',
  },
  'answers 204': {
    answer: send('HTTP/1.1 204 No Content\r\n\r\n'),
    ...{ code: 'E_WSMAN_PROTOCOL', says: '204 and nothing else' },
  },
  'answers a bare 500': { answer: send(http(500)), code: 'E_WSMAN_PROTOCOL', says: '500 and nothing else' },
  'announces less than it sends': {
    answer: (socket, request) => {
      socket.write(http(200, envelope(request, ''), { 'Content-Length': '20' }));
    },
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'not HTTP' },
  },
  'sends headers without end': {
    answer: (socket) =>
      flood(socket, Buffer.from(`HTTP/1.1 200 OK\r\n${'X-Header: 1\r\n'.repeat(1_000_000)}`), 1),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'not HTTP' },
  },
  'sends one endless header': {
    answer: (socket) => flood(socket, Buffer.from(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`), 1),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'not HTTP' },
  },
  'extends its chunks without end': {
    answer: send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', `1;${'x'.repeat(100_000)}`),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'not HTTP' },
  },
  'has a chunk of impossible size': {
    answer: send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n'),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'not HTTP' },
  },
  'gives two lengths': {
    answer: send(http(200, '<a/>', { 'Content-Length': ['4', '5'] })),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'not HTTP' },
  },
  'speaks SSH': { answer: send('SSH-2.0-OpenSSH_9.2\r\n'), code: 'E_WSMAN_PROTOCOL', says: 'not HTTP' },
  'sends the depth of 50,000 elements': {
    answer: send(http(200, nested)),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'no SOAP' },
  },
  'sends a bomb of entities': { answer: send(http(200, bomb)), code: 'E_WSMAN_PROTOCOL', says: 'no SOAP' },
  'sends 120,000 attributes': {
    answer: send(http(200, `<a${attributes}/>`)),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'no SOAP' },
  },
  'binds 60,000 prefixes': {
    answer: send(http(200, `<a${prefixes}/>`)),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'no SOAP' },
  },
  'sends 400,000 elements': {
    answer: send(http(200, `<a>${'<b/>'.repeat(400_000)}</a>`)),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'no SOAP' },
  },
};

describe('wsman: hosts with a wrong HTTP', () => {
  leavesNothing();

  for (const [what, { answer, code, says, endless = false }] of Object.entries({
    ...silent,
    ...broken,
    ...notWsman,
  })) {
    it(`a host that ${what}`, async () => {
      const host = await byteHost(answer);
      const client = host.client(endless ? { limits: impatient } : {});
      const error = await rejection(client.enumerate(question));
      expect(error).to.include({ code, exitCode: 3 });
      expect((error as LyncimgError).message)
        .to.contain(says)
        .and.contain(`127.0.0.1:${host.port}`);
      expect((error as LyncimgError).message).to.have.length.below(1000);
      expect(host.requests).to.have.length(1);
    });
  }

  it('stops reading 200 MB long before their end', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    let count = { sent: 0 };
    const host = await byteHost((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${200 * megabyte.length}\r\n\r\n<a>`);
      count = flood(socket, megabyte, 200 * megabyte.length);
    });
    const error = await rejection(host.client().enumerate(question));
    expect(error).to.include({ code: 'E_WSMAN_PROTOCOL' });
    expect((error as LyncimgError).message).to.contain('larger than');
    // What the sockets of both sides hold comes on top of what was read.
    expect(count.sent).to.be.below(32 * megabyte.length);
  });

  it('follows no redirection', async () => {
    const other = await byteHost({});
    const host = await byteHost(send(http(307, '', { Location: `https://127.0.0.1:${other.port}/wsman` })));
    const error = await rejection(host.client().enumerate(question));
    expect(error).to.include({ code: 'E_WSMAN_PROTOCOL' });
    expect((error as LyncimgError).message).to.contain('HTTP status 307');
    expect(other.connections()).to.equal(0);
  });

  it('takes the first of two answers, and the second for none of the next question', async () => {
    const host = await byteHost((socket, request, count) => {
      const answer = (name: string): Buffer =>
        http(200, envelope(request, page({ items: service(name), context: null }, true)));
      socket.write(Buffer.concat(count === 1 ? [answer('right'), answer('second')] : [answer('right')]));
    });
    const client = host.client();
    for (let time = 1; time <= 2; time++) {
      expect(await client.enumerate(question)).to.deep.equal([{ Name: 'right' }]);
    }
  });

  it('takes an answer that came before its question for none', async () => {
    const early: Conduct = {
      connected: (socket) => {
        socket.write(
          http(200, envelope({ body: '' }, page({ items: service('early'), context: null }, true))),
        );
      },
    };
    const error = await rejection((await byteHost(early)).client().enumerate(question));
    expect(error).to.include({ code: 'E_WSMAN_PROTOCOL' });
    expect((error as LyncimgError).message).to.contain('another message');
  });

  it('does not go on with a host that answers another message', async () => {
    const host = await byteHost((socket) => {
      socket.write(http(200, envelope({ body: 'MessageID>uuid:OTHER<' }, '')));
    });
    const client = host.client();
    for (const connections of [1, 2]) {
      const error = await rejection(client.enumerate(question));
      expect((error as LyncimgError).message).to.contain('another message');
      expect(host.connections()).to.equal(connections);
    }
  });

  it('lets nothing of a host’s words steer a terminal', async () => {
    const host = await byteHost(send(http(401, '', { 'WWW-Authenticate': 'Basic \u009b31m' })));
    const error = (await rejection(host.client().enumerate(question))) as LyncimgError;
    expect(error).to.include({ code: 'E_WSMAN_UNAUTHORIZED' });
    expect(error.message).to.not.match(/[^\P{Cc}\n]/u);
  });

  it('keeps what quotes the host’s XML short and harmless', async () => {
    const host = await byteHost(send(http(200, `<a>&${'\u202e\u009b'.repeat(100_000)};</a>`)));
    const error = (await rejection(host.client().enumerate(question))) as LyncimgError;
    const cause = (error.cause as Error).message;
    expect(cause).to.have.length.below(300);
    expect(cause).to.not.match(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('wsman: hosts that refuse for ever, with Basic', () => {
  leavesNothing();
  const refusals: Record<string, Answer> = {
    'with an honest 401': send(http(401, '', { 'WWW-Authenticate': 'Basic realm="WSMAN"' })),
    'with a 401 that closes': sendAndClose(
      http(401, '', { 'WWW-Authenticate': 'Basic realm="WSMAN"', Connection: 'close' }),
    ),
    'with a 401 that breaks off': sendAndClose(
      http(401, 'x', { 'WWW-Authenticate': 'Basic realm="WSMAN"', 'Content-Length': '100' }),
    ),
    'with a 401 that is too large': send(
      http(401, 'x'.repeat(3_000_000), { 'WWW-Authenticate': 'Basic realm="WSMAN"' }),
    ),
    'with a 401 that does not end': send(
      http(401, 'x', { 'WWW-Authenticate': 'Basic realm="WSMAN"', 'Content-Length': '100' }),
    ),
    'without a word of what it offers': send(http(401, '', { 'Content-Type': soapType })),
  };
  for (const [how, answer] of Object.entries(refusals)) {
    it(`${how}: the password is sent once`, async () => {
      const host = await byteHost(answer);
      const client = host.client();
      for (let time = 1; time <= 3; time++) {
        expect(await rejection(client.enumerate(question))).to.include({ code: 'E_WSMAN_UNAUTHORIZED' });
      }
      expect(host.proofs()).to.equal(1);
    });
  }
});
