// What a workspace decides (time zone, locale, suffix, own root, WSUS, proxy, source of .NET 3.5), options away from their
// defaults, and two roles on one machine: baked for real on the twin, then verified on a deployed copy.
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBuild } from '../helpers/lyncimg-process.js';
import { selfSigned } from '../helpers/self-signed.js';
import { verifyDeployed } from './verify-deployed.js';

describe('a workspace with parameters', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-parameters-'));
    selfSigned(folder, 'root.pem', { ca: true });
    await writeFile(
      join(folder, 'lyncimg.yaml'),
      `apiVersion: lyncimg/v1
kind: Workspace
platform: twin
options: { ieEsc: false, updates: wsus }
parameters:
  timeZone: W. Europe Standard Time
  locale: de-DE
  dnsSuffix: lync.example.net
  rootCertificates: [root.pem]
  wsus: http://wsus.example.net:8530
  proxy: proxy.example.net:8080
`,
    );
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is baked and verified with all of them, as one machine of two roles', async () => {
    const home = join(folder, '.lyncimg');
    const role = 'standard-edition,persistent-chat';
    const build = startBuild(['--os', '2012r2', '--role', role], { cwd: folder, home });
    const end = await build.ended;
    expect(end.code, end.stderr).to.equal(0);
    expect(end.stdout).to.match(/^rehearsal\/standard-edition-with-persistent-chat-2012r2@/);

    const report = await verifyDeployed({
      ...{ folder, home, role, os: '2012r2', image: 'standard-edition-with-persistent-chat-2012r2' },
      machine:
        'name: SE01\ndomain: lync.example.net\nmemoryMb: 32768\nprocessors: 12\nadapters:\n  - ipv4: [10.1.1.21]\n',
    });
    const verdicts = report.hosts[0]?.reports[0]?.verdicts ?? [];
    expect(verdicts.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id)).to.deep.equal([]);
    const own = verdicts.filter(({ source }) => source?.confidence === 'own').map(({ id }) => id);
    expect(own).to.include.members([
      'setting/time-zone',
      'setting/locale',
      'setting/wsus',
      'setting/winhttp-proxy',
      'computer/dns-suffix',
    ]);
    expect(own.some((id) => id.startsWith('certificates/'))).to.equal(true);
  });
});
