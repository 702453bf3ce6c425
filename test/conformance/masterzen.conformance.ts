// masterzen/winrm, the library of Packer and Terraform: Basic and ClientNTLM over HTTPS, Encryption("ntlm") over HTTP.
// ClientNTLM is go-ntlmssp, Encryption is bodgit/ntlmssp: two more implementations of NTLM.
import { expect } from 'chai';
import { execa } from 'execa';
import { after, before, describe, it } from 'mocha';
import { startRealTwin, type RealTwin } from '../helpers/real-twin.js';
import { goProgram } from './support/go.js';

describe('masterzen/winrm against the twin', () => {
  let program: string;
  let twin: RealTwin | undefined;

  before(async function () {
    program = await goProgram(this);
    twin = await startRealTwin();
  });
  after(async () => {
    twin?.assertSound();
    await twin?.close();
  });

  interface Ran {
    code: number;
    out: string;
    err: string;
    error: string;
  }

  async function run(auth: 'basic' | 'ntlm' | 'sealed', told: object = {}): Promise<Ran> {
    const { ready, password } = twin!;
    const isHttps = auth !== 'sealed';
    const place = { https: isHttps, port: isHttps ? ready.port : ready.httpPort, ca: ready.caFile };
    const all = { auth, password, times: 1, ...place, ...told };
    const { stdout } = await execa(program, [JSON.stringify(all)], { timeout: 60_000 });
    return JSON.parse(stdout) as Ran;
  }

  const done = { code: 0, out: 'LYNCIMG-TWIN\r\n', err: '', error: '' };

  it('runs a command with Basic over HTTPS', async () => {
    expect(await run('basic')).to.deep.equal(done);
  });

  it('runs a command with ClientNTLM over HTTPS', async () => {
    expect(await run('ntlm')).to.deep.equal(done);
  });

  it('runs ten commands with Encryption("ntlm") over HTTP', async () => {
    expect(await run('sealed', { times: 10 })).to.deep.equal(done);
  });

  it('is refused with another password', async () => {
    for (const auth of ['basic', 'ntlm', 'sealed'] as const) {
      expect((await run(auth, { password: 'another' })).error, auth).to.match(/401|access|unauthori[sz]ed/i);
    }
  });

  it('is refused with ClientNTLM over HTTP, where messages are not sealed', async () => {
    const told = { https: false, port: twin!.ready.httpPort };
    expect((await run('ntlm', told)).error).to.match(/401/);
  });
});
