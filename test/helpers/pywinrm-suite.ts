// What every pywinrm must get from the twin: Basic, NTLM sealed over HTTP, NTLM over HTTPS.
import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it, type Context } from 'mocha';
import { legacyOpenssl } from './legacy-openssl.js';
import { pywinrmSession, type PywinrmSession, type PywinrmTold } from './pywinrm.js';
import { startRealTwin, type RealTwin } from './real-twin.js';
import { temporaryFolder } from './temporary-folder.js';
import { tlsRelay } from './tls-relay.js';
import { makeCertificates } from '../wsman/certificates.js';

/** `interpreter` is asked once, with mocha's context. */
export function pywinrmSuite(
  name: string,
  interpreter: (context: Context) => string | Promise<string>,
): void {
  describe(`${name} against the twin`, () => {
    const folder = temporaryFolder();
    let python: string;
    let twin: RealTwin | undefined;

    before(async function () {
      python = await interpreter(this);
      twin = await startRealTwin();
    });
    after(async () => {
      twin?.assertSound();
      await twin?.close();
    });

    async function session(
      scheme: 'https' | 'http',
      how: Partial<PywinrmTold> & Pick<PywinrmTold, 'transport' | 'encryption'>,
    ): Promise<PywinrmSession> {
      const { ready, password } = twin!;
      const told = {
        endpoint: `${scheme}://127.0.0.1:${scheme === 'https' ? ready.port : ready.httpPort}/wsman`,
        user: 'Administrator',
        password,
        ca: ready.caFile,
        ...how,
      };
      return pywinrmSession(python, told, await legacyOpenssl(folder.path));
    }

    function expectRun(session: PywinrmSession): void {
      expect(session.command, JSON.stringify(session)).to.deep.equal({
        code: 0,
        out: 'LYNCIMG-TWIN\r\n',
        err: '',
      });
      expect(session.script).to.deep.include({ code: 0, out: 'WinRM connected.\r\n' });
      expect(session.unknown?.err).to.contain('the twin does not model the command');
    }

    it('runs commands with Basic over HTTPS', async () => {
      expectRun(await session('https', { transport: 'basic', encryption: 'auto' }));
    });

    it('runs commands with NTLM over HTTPS, bound to the channel', async () => {
      expectRun(await session('https', { transport: 'ntlm', encryption: 'auto' }));
    });

    it('is refused with NTLM behind a man in the middle, whom Basic does not see', async () => {
      const { ca, cert, key } = await makeCertificates();
      const caFile = join(folder.path, 'middle.crt');
      await writeFile(caFile, ca);
      const middle = await tlsRelay({ cert, key }, twin!.ready.port);
      const through = {
        endpoint: `https://127.0.0.1:${middle.port}/wsman`,
        ca: caFile,
        encryption: 'auto',
      } as const;
      try {
        expectRun(await session('https', { transport: 'basic', ...through }));
        expect(await session('https', { transport: 'ntlm', ...through })).to.include({
          refused: 'InvalidCredentialsError',
        });
      } finally {
        await middle.close();
      }
    });

    it('runs commands with NTLM over HTTP, twenty shells in sealed messages', async () => {
      const done = await session('http', { transport: 'ntlm', encryption: 'always', times: 20 });

      expectRun(done);
      expect(done.same).to.equal(true);
    });

    it('names a domain as Windows takes it, and is refused with another', async () => {
      const how = { transport: 'ntlm', encryption: 'always' } as const;

      expectRun(await session('http', { ...how, user: '.\\Administrator' }));
      expectRun(await session('http', { ...how, user: 'LYNCIMG-TWIN\\administrator' }));
      expect(await session('http', { ...how, user: 'ELSEWHERE\\Administrator' })).to.include({
        refused: 'InvalidCredentialsError',
      });
    });

    it('is refused with another password, and where messages are not sealed', async () => {
      const wrong = await session('http', { transport: 'ntlm', encryption: 'always', password: 'another' });
      const plain = await session('http', { transport: 'ntlm', encryption: 'never' });

      expect(wrong).to.include({ refused: 'InvalidCredentialsError' });
      expect(plain).to.include({ refused: 'InvalidCredentialsError' });
    });
  });
}
