// HTTP as a Windows host speaks it, seen from outside with raw requests.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { encodeIdentify } from '../../../src/wsman/envelope/identify.js';
import { logIn, post as rawPost, rawClient } from '../hostile/raw-client.js';
import { basic, post, type RawAnswer } from '../raw.js';
import { password, startRig, user } from '../rig.js';

const unauthenticated = { WSMANIDENTIFY: 'unauthenticated' };

/** Names in the order of the wire; Date's value changes. */
function headersOf({ rawHeaders }: RawAnswer): string[] {
  const lines: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    lines.push(name === 'Date' ? name : `${name}: ${rawHeaders[i + 1] ?? ''}`);
  }
  return lines;
}

describe('wsman/server/http', () => {
  it('answers 401 in the recorded order, with Basic over TLS', async () => {
    const { port, ca } = await startRig();
    const answer = await post({ port, ca, body: encodeIdentify() });
    expect([answer.status, answer.reason, answer.text]).to.deep.equal([401, '', '']);
    expect(headersOf(answer)).to.deep.equal([
      'Server: Microsoft-HTTPAPI/2.0',
      'WWW-Authenticate: Negotiate',
      'WWW-Authenticate: Basic realm="WSMAN"',
      'Date',
      'Connection: close',
      'Content-Length: 0',
    ]);
  });

  it('refuses Basic over plain HTTP without looking at the password, offering only Negotiate', async () => {
    const rig = await startRig({ plain: true });
    const answer = await post({ port: rig.port, body: encodeIdentify(), headers: basic(user, password) });
    expect(answer.status).to.equal(401);
    expect(headersOf(answer).filter((line) => line.startsWith('WWW'))).to.deep.equal([
      'WWW-Authenticate: Negotiate',
    ]);
    expect(rig.tries()).to.equal(0);
  });

  it('answers with a length, and keeps the connection without a word', async () => {
    const { port, ca } = await startRig();
    const answer = await post({ port, ca, body: encodeIdentify(), headers: basic(user, password) });
    expect([answer.status, answer.reason]).to.deep.equal([200, '']);
    const length = Buffer.byteLength(answer.text);
    expect(headersOf(answer).filter((line) => !line.startsWith('Connection'))).to.deep.equal([
      'Content-Type: application/soap+xml;charset=UTF-8',
      'Server: Microsoft-HTTPAPI/2.0',
      'Date',
      `Content-Length: ${length}`,
    ]);
  });

  it('identifies itself without a password, and then says less', async () => {
    const { port, ca, tries } = await startRig();
    const answer = await post({ port, ca, body: encodeIdentify(), headers: unauthenticated });
    expect(answer.text).to.contain('OS: 0.0.0').and.not.contain('6.3.9600');
    expect(tries()).to.equal(0);
    const known = await post({ port, ca, body: encodeIdentify(), headers: basic(user, password) });
    expect(known.text).to.contain('6.3.9600');
  });

  it('identifies itself over plain HTTP, too', async () => {
    const { port } = await startRig({ plain: true });
    expect((await post({ port, body: encodeIdentify(), headers: unauthenticated })).status).to.equal(200);
  });

  it('does nothing else without a password', async () => {
    const { port, ca } = await startRig();
    for (const body of ['', '<x/>', '<s:Envelope/>']) {
      expect((await post({ port, ca, body, headers: unauthenticated })).status).to.equal(401);
    }
  });

  it('answers an empty body of somebody who is known with an empty 200', async () => {
    const { port, ca } = await startRig();
    const answer = await post({ port, ca, headers: basic(user, password) });
    expect([answer.status, answer.text]).to.deep.equal([200, '']);
  });

  it('asks whoever is in over plain HTTP, and then sends nothing, to log in again', async () => {
    const { port } = await startRig({ plain: true });
    const client = await rawClient({ port });
    await logIn(client);

    client.send(rawPost(''));
    const answer = await client.reply();

    expect(answer?.status).to.equal(401);
    expect(answer?.head).to.match(/^WWW-Authenticate: Negotiate\r$/m);
  });

  it('has nothing at other paths, takes any case and a query, and only POST', async () => {
    const { port, ca } = await startRig();
    const ask = async (path: string, method = 'POST'): Promise<number> =>
      (await post({ port, ca, path, method, body: encodeIdentify(), headers: unauthenticated })).status;
    expect(await ask('/')).to.equal(404);
    expect(await ask('/wsman/more')).to.equal(404);
    expect(await ask('/WSMan?PSVersion=5.1')).to.equal(200);
    expect(await ask('/wsman', 'GET')).to.equal(405);
  });

  it('refuses a body that is too large by its announced length, and by its real one', async () => {
    const { port, ca } = await startRig({ limits: { maxEnvelopeBytes: 10_000 } });
    const body = 'x'.repeat(10_001);
    expect((await post({ port, ca, body })).status).to.equal(413);
    expect((await post({ port, ca, body, chunked: true })).status).to.equal(413);
  });

  it('answers in the encoding of the request', async () => {
    const { port, ca } = await startRig();
    const body = Buffer.from(`\uFEFF${encodeIdentify()}`, 'utf16le');
    const answer = await post({ port, ca, body, headers: unauthenticated });
    expect(headersOf(answer)[0]).to.equal('Content-Type: application/soap+xml;charset=UTF-16');
    expect(answer.bytes.toString('utf16le')).to.contain('IdentifyResponse');
  });

  for (const [what, body] of Object.entries({
    'a DOCTYPE': '<!DOCTYPE a [<!ENTITY x "x">]><a>&x;</a>',
    'no XML': 'hello',
    'no envelope': '<html></html>',
    'bytes that are no text': Buffer.from([0x3c, 0xff]),
  })) {
    it(`answers ${what} with a fault about the schema`, async () => {
      const { port, ca, defects } = await startRig();
      const answer = await post({ port, ca, body, headers: basic(user, password) });
      expect(answer.status).to.equal(500);
      expect(answer.text).to.contain('2150858817').and.contain('w:SchemaValidationError');
      expect(defects).to.deep.equal([]);
    });
  }
});
