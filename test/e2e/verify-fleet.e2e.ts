// `lyncimg verify` against hosts as they are in the field: many of them, plain HTTP, a bastion, a client certificate.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { startTwin, type RunningTwin, type StartOptions } from '../../src/twin/start-twin.js';
import { startLyncimg, type LyncimgEnded } from '../helpers/lyncimg-process.js';
import { packageRoot } from '../helpers/real-plan.js';
import { makeKey, startSshd } from '../helpers/sshd.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { makeCertificates } from '../wsman/certificates.js';

const password = 'Fleet-1-Passw0rd';

interface Report {
  exit: number;
  hosts: {
    host: string;
    answered: boolean;
    authentication: { scheme: string; sealed: boolean } | null;
    reports: { counts: Record<string, number>; verdicts: { verdict: string; cause: string | null }[] }[];
  }[];
}

describe('verify in the field', () => {
  const folder = temporaryFolder();
  const twins: RunningTwin[] = [];

  async function twin(more: Partial<StartOptions> = {}): Promise<RunningTwin> {
    const started = await startTwin({
      ...{
        packageRoot,
        os: '2012r2',
        stateFile: null,
        imageFile: null,
        answerFolder: null,
        mediaFolder: null,
      },
      ...{ httpsPort: 0, httpPort: 0, clientCaFile: null, as: null, traceFile: null, password },
      onDefect: (error) => {
        throw error;
      },
      ...more,
    });
    twins.push(started);
    return started;
  }

  async function verify(args: string[], env: Record<string, string> = {}): Promise<LyncimgEnded> {
    const home = join(folder.path, 'state');
    const flags = ['verify', '--json', ...args];
    return startLyncimg(flags, { cwd: folder.path, home, env: { LYNCIMG_PASSWORD: password, ...env } }).ended;
  }

  const https = ({ ready }: RunningTwin): string => `127.0.0.1:${ready.port}`;
  const http = ({ ready }: RunningTwin): string => `127.0.0.1:${ready.httpPort}`;
  const reportOf = ({ stdout }: LyncimgEnded): Report => JSON.parse(stdout) as Report;
  const user = ['--user', 'Administrator'];
  const role = ['--role', 'front-end'];

  afterEach(async () => {
    for (const one of twins.splice(0)) {
      one.switchOff();
      await one.ended;
    }
  });

  it('tries a wrong password on one of 50 hosts, once, and leaves none of them out of the report', async () => {
    for (let index = 0; index < 50; index++) await twin();
    const hosts = join(folder.path, 'hosts.txt');
    await writeFile(hosts, `# the pool\n${twins.map((one) => `${http(one)}\n`).join('')}`);

    const flags = ['--hosts-file', hosts, '--scheme', 'http', ...user, ...role];
    const ended = await verify(flags, { LYNCIMG_PASSWORD: 'Wrong-Passw0rd' });

    const attempts = twins.map(({ machine }) => machine.counters.authenticationFailures);
    expect(attempts.reduce((sum, count) => sum + count, 0)).to.equal(1);
    expect(ended.code, ended.stderr).to.equal(3);
    const report = reportOf(ended);
    expect(report.hosts).to.have.length(50);
    const verdicts = report.hosts.flatMap(({ reports }) => reports.flatMap((one) => one.verdicts));
    expect(new Set(verdicts.map(({ verdict }) => verdict))).to.deep.equal(new Set(['unknown']));
    expect(verdicts.every(({ cause }) => cause !== null)).to.equal(true);
    expect(`${ended.stdout}${ended.stderr}`).to.not.contain('Wrong-Passw0rd');
  });

  it('asks over plain HTTP in sealed messages alone, keeps the facts, and judges them again to the byte', async () => {
    const one = await twin();
    const facts = join(folder.path, 'facts.jsonl');
    const place = ['--host', http(one), '--scheme', 'http', ...user, ...role];
    const live = await verify([...place, '--save-facts', facts]);
    expect(live.code, live.stderr).to.equal(1);
    expect(reportOf(live).hosts[0]?.authentication).to.deep.equal({ scheme: 'ntlm', sealed: true });
    expect(one.machine.counters).to.include({ shellsCreated: 0, authentications: 1 });

    const again = await verify(['--from', facts, ...role]);
    const third = await verify(['--from', facts, ...role]);
    expect(again.code).to.equal(1);
    expect(again.stdout).to.equal(live.stdout);
    expect(third.stdout).to.equal(again.stdout);
    expect(await readFile(facts, 'utf8')).to.not.contain(password);
  });

  it('says what a machine is ready for when no role is given', async () => {
    const ended = await verify(['--host', http(await twin()), '--scheme', 'http', ...user]);
    expect(ended.code, ended.stderr).to.equal(0);
    expect(ended.stdout).to.contain('ReadinessReport').and.contain('front-end').and.contain('edge');
  });

  it('comes in by a client certificate, and by a fingerprint where the authority is not known', async () => {
    const own = await makeCertificates({ client: true });
    const file = (name: string): string => join(folder.path, name);
    await Promise.all([
      writeFile(file('clients.pem'), own.ca),
      writeFile(file('own.crt'), own.cert),
      writeFile(file('own.key'), own.key, { mode: 0o600 }),
    ]);
    const one = await twin({ clientCaFile: file('clients.pem') });
    const by = ['--auth', 'certificate', '--cert', file('own.crt'), '--key', file('own.key')];
    const place = ['--host', https(one), ...by, ...role];
    const ended = await verify([...place, '--ca-file', one.ready.caFile]);
    expect(reportOf(ended).hosts[0]?.authentication).to.deep.equal({ scheme: 'certificate', sealed: false });
    const pinned = await verify([...place, '--fingerprint', one.ready.thumbprint]);
    expect(pinned.code, pinned.stderr).to.equal(1);
    expect((await verify([...place, '--fingerprint', '00'.repeat(32)])).code).to.equal(3);
  });

  it('goes through a bastion to all hosts behind it, over one SSH connection', async () => {
    const home = join(folder.path, 'home');
    await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 });
    const key = join(home, '.ssh', 'id_ed25519');
    await makeKey(key);
    const sshd = await startSshd({
      folder: folder.path,
      authorizedKeys: await readFile(`${key}.pub`, 'utf8'),
    });
    try {
      const { user: name, host, port } = sshd.address;
      const behind = [await twin(), await twin()];
      const jump = ['--jump', `${name}@${host}:${port}`];
      const hosts = behind.flatMap((one) => ['--host', http(one)]);
      const flags = [...hosts, '--scheme', 'http', ...jump, ...user, ...role];

      const stranger = await verify(flags, { HOME: home });
      expect(stranger.code, stranger.stdout).to.equal(3);
      expect(stranger.stdout).to.contain('E_SSH_HOST_KEY').and.contain('SHA256:');
      expect(behind.map(({ machine }) => machine.counters.requests)).to.deep.equal([0, 0]);

      await writeFile(join(home, '.ssh', 'known_hosts'), await sshd.knownHosts('ed25519'));
      const ended = await verify(flags, { HOME: home });
      expect(ended.code, ended.stderr).to.equal(1);
      expect(reportOf(ended).hosts.map(({ answered }) => answered)).to.deep.equal([true, true]);
    } finally {
      await sshd.stop();
    }
  });
});
