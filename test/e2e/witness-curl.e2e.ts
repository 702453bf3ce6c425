// curl of Debian: the 401 byte for byte, Basic and client certificates over verified HTTPS, and Negotiate with NTLM in
// SPNEGO by MIT's GSS-API and gss-ntlmssp.
import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { curlIdentify, type CurlOutcome } from '../helpers/curl.js';
import { startRealTwin, type RealTwin } from '../helpers/real-twin.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { makeCertificates } from '../wsman/certificates.js';

describe('curl against the twin', () => {
  const folder = temporaryFolder();
  let twin: RealTwin;
  let verified: string[];

  beforeEach(async () => {
    const { ca, cert, key } = await makeCertificates({ client: true, caName: 'client authority' });
    await writeFile(inside('clients.crt'), ca);
    await writeFile(inside('client.crt'), cert);
    await writeFile(inside('client.key'), key);
    twin = await startRealTwin({ clientCaFile: inside('clients.crt') });
    verified = ['--cacert', twin.ready.caFile];
  });
  afterEach(async () => {
    twin.assertSound();
    await twin.close();
  });

  const inside = (name: string): string => join(folder.path, name);
  const https = (): string => `https://127.0.0.1:${twin.ready.port}/wsman`;
  const http = (): string => `http://127.0.0.1:${twin.ready.httpPort}/wsman`;
  const basic = (password: string): string[] => ['--basic', '--user', `Administrator:${password}`];

  function expectIdentified({ exitCode, answers, stderr }: CurlOutcome): void {
    expect(exitCode, stderr).to.equal(0);
    expect(answers.at(-1)?.status).to.equal('HTTP/1.1 200 ');
    expect(answers.at(-1)?.body).to.contain('ProductVersion>OS: 6.3.9600 SP: 0.0 Stack: 3.0<');
  }

  it('gets the 401 of a 2012 R2 host, header by header', async () => {
    const secure = await curlIdentify(https(), verified);
    const plain = await curlIdentify(http(), []);

    const undated = ({ answers }: CurlOutcome): string[] | undefined =>
      answers[0]?.headers.map((line) => line.replace(/^Date: .* GMT$/, 'Date'));
    const end = ['Date', 'Connection: close', 'Content-Length: 0'];
    const start = ['Server: Microsoft-HTTPAPI/2.0', 'WWW-Authenticate: Negotiate'];
    expect(secure.answers[0]?.status).to.equal('HTTP/1.1 401 ');
    expect(undated(secure)).to.deep.equal([...start, 'WWW-Authenticate: Basic realm="WSMAN"', ...end]);
    expect(undated(plain)).to.deep.equal([...start, ...end]);
  });

  it('identifies with Basic over verified HTTPS, and over nothing else', async () => {
    expectIdentified(await curlIdentify(https(), [...verified, ...basic(twin.password)]));
    // 60: the certificate is of no authority that curl knows.
    expect((await curlIdentify(https(), basic(twin.password))).exitCode).to.equal(60);
    expect((await curlIdentify(http(), basic(twin.password))).answers[0]?.status).to.equal('HTTP/1.1 401 ');
    const wrong = await curlIdentify(https(), [...verified, ...basic('another')]);
    expect(wrong.answers[0]?.status).to.equal('HTTP/1.1 401 ');
  });

  it('identifies with a client certificate and the header of its profile, and not with one of them', async () => {
    const certificate = ['--cert', inside('client.crt'), '--key', inside('client.key')];
    const profile = [
      '--header',
      'Authorization: http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual',
    ];

    expectIdentified(await curlIdentify(https(), [...verified, ...certificate, ...profile]));
    for (const part of [certificate, profile]) {
      const { answers } = await curlIdentify(https(), [...verified, ...part]);
      expect(answers[0]?.status).to.equal('HTTP/1.1 401 ');
    }
  });

  it('identifies without credentials where the header asks for it, and is told less', async () => {
    const { answers } = await curlIdentify(http(), ['--header', 'WSMANIDENTIFY: unauthenticated']);

    expect(answers[0]?.status).to.equal('HTTP/1.1 200 ');
    expect(answers[0]?.body).to.contain('ProductVersion>OS: 0.0.0 SP: 0.0 Stack: 3.0<');
  });

  describe('with its Negotiate', () => {
    async function negotiate(url: string, password: string, more: string[]): Promise<CurlOutcome> {
      await writeFile(inside('users'), `LYNCIMG-TWIN:Administrator:${password}\n`);
      const args = ['--negotiate', '--user', 'LYNCIMG-TWIN\\Administrator:', ...more];
      return curlIdentify(url, args, { NTLM_USER_FILE: inside('users') });
    }

    it('identifies by NTLM inside SPNEGO, in two legs with a MIC of the mechanisms each way', async () => {
      const done = await negotiate(https(), twin.password, verified);

      expectIdentified(done);
      expect(done.answers.map(({ status }) => status)).to.deep.equal(['HTTP/1.1 401 ', 'HTTP/1.1 200 ']);
      // NegTokenResp: accept-completed, and the mechListMIC of 16 bytes.
      const last = /^WWW-Authenticate: Negotiate (\S+)$/.exec(done.answers[1]?.headers[0] ?? '')?.[1] ?? '';
      expect(Buffer.from(last, 'base64').toString('hex')).to.match(/^a11b3019a0030a0100a312041001000000/);
      expect(twin.machine.counters).to.include({ authentications: 1, authenticationFailures: 0 });
    });

    it('is refused with another password after one attempt', async () => {
      const { answers } = await negotiate(https(), 'another', verified);

      expect(answers.map(({ status }) => status)).to.deep.equal(['HTTP/1.1 401 ', 'HTTP/1.1 401 ']);
      expect(twin.machine.counters).to.include({ authentications: 0, authenticationFailures: 1 });
    });

    it('is refused over HTTP, where its body is not sealed', async () => {
      const { answers } = await negotiate(http(), twin.password, []);

      expect(answers.at(-1)?.status).to.equal('HTTP/1.1 401 ');
      expect(answers.at(-1)?.headers)
        .to.include('WWW-Authenticate: Negotiate')
        .and.include('Connection: close');
    });
  });

  it('finds no word NTLM, which Windows does not offer either', async () => {
    const { answers } = await curlIdentify(https(), [...verified, '--ntlm', '--user', `u:${twin.password}`]);

    expect(answers.at(-1)?.status).to.equal('HTTP/1.1 401 ');
    expect(twin.machine.counters.authentications).to.equal(0);
  });
});
