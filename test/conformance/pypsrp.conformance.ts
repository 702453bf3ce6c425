// pypsrp of today (Ansible's psrp): raw NTLM and NTLM in SPNEGO, sealed over HTTP and bound to the channel over HTTPS.
import { expect } from 'chai';
import { execa } from 'execa';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { startRealTwin, type RealTwin } from '../helpers/real-twin.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { tlsRelay } from '../helpers/tls-relay.js';
import { makeCertificates } from '../wsman/certificates.js';
import { conformanceFolder, pythonWith } from './support/python.js';

type Told = Record<string, string | number | boolean>;

describe('pypsrp against the twin', () => {
  const folder = temporaryFolder();
  let python: string;
  let twin: RealTwin | undefined;

  before(async function () {
    python = await pythonWith(this, 'requirements.txt');
    twin = await startRealTwin();
  });
  after(async () => {
    twin?.assertSound();
    await twin?.close();
  });

  async function session(task: string, auth: string, told: Told): Promise<Record<string, unknown>> {
    const all = { host: '127.0.0.1', user: 'Administrator', password: twin!.password, task, auth, ...told };
    const script = join(conformanceFolder, 'pypsrp_session.py');
    // A client that asks for ever is a failure, too.
    const { stdout } = await execa(python, [script, JSON.stringify(all)], { timeout: 60_000 });
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  const places = {
    'sealed over HTTP': (): Told => ({ ssl: false, port: twin!.ready.httpPort }),
    'over HTTPS': (): Told => ({ ssl: true, port: twin!.ready.port, ca: twin!.ready.caFile }),
  };

  for (const auth of ['ntlm', 'negotiate']) {
    for (const [place, told] of Object.entries(places)) {
      describe(`with ${auth} ${place}`, () => {
        it('runs commands in ten shells', async () => {
          const { answers } = await session('shells', auth, { ...told(), times: 10 });

          expect(answers).to.deep.equal(Array.from({ length: 10 }, () => [0, 'LYNCIMG-TWIN\r\n', '']));
        });

        it('enumerates by WQL, page by page', async () => {
          const wql = 'select Name from Win32_Service';
          const { names, pages } = await session('enumeration', auth, { ...told(), wql });

          const wanted = twin!.machine.services().map(({ name }) => name);
          expect(names).to.have.members(wanted).and.have.length(wanted.length);
          expect(pages).to.equal(Math.ceil(wanted.length / 5));
        });

        it('gets an instance by its key, and reads the registry', async () => {
          expect(await session('one', auth, told())).to.deep.equal({
            service: 'Windows Time',
            value: '6.3',
            code: '0',
          });
        });

        it('is told by a fault that there are no runspaces, and does not ask for ever', async () => {
          const { fault, message } = await session('runspace', auth, told());

          // There is no such resource.
          expect(fault, String(message)).to.equal(2150858811);
        });

        it('is refused with another password', async () => {
          const refused = await session('shells', auth, { ...told(), times: 1, password: 'another' });

          expect(refused).to.include({ refused: 'AuthenticationError' });
        });
      });
    }

    it(`is refused with ${auth} behind a man in the middle`, async () => {
      const { ca, cert, key } = await makeCertificates();
      const caFile = join(folder.path, 'middle.crt');
      await writeFile(caFile, ca);
      const middle = await tlsRelay({ cert, key }, twin!.ready.port);
      try {
        const through = { ssl: true, port: middle.port, ca: caFile, times: 1 };
        expect(await session('shells', 'basic', through)).to.have.property('answers');
        expect(await session('shells', auth, through)).to.include({ refused: 'AuthenticationError' });
      } finally {
        await middle.close();
      }
    });
  }
});
