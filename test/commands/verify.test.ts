import Ajv2020 from 'ajv/dist/2020.js';
import { captureOutput } from '@oclif/test';
import { expect } from 'chai';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeCredentials } from '../../src/build/credentials.js';
import { loadCatalog } from '../../src/catalog/index.js';
import Verify from '../../src/commands/verify.js';
import { orThrow } from '../../src/errors/index.js';
import { makePlan, mediaOf, selectRequirements } from '../../src/plan/index.js';
import { startTwin, type RunningTwin } from '../../src/twin/index.js';
import type {
  HostFacts,
  HostReport,
  ReadinessReport,
  RoleReport,
  VerifyReport,
} from '../../src/verify/index.js';
import type { CimValue } from '../../src/wsman/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { meetSmallRole, writeWorkspace } from '../helpers/verify-workspace.js';
import { wsmanDouble, type DoubleRow } from '../helpers/wsman-double.js';

const packageRoot = join(import.meta.dirname, '../..');
const before = process.cwd();

interface Outcome {
  exit: number;
  stdout: string;
  stderr: string;
}

async function run(args: string[]): Promise<Outcome> {
  process.exitCode = undefined;
  const { stdout, stderr, error } = await captureOutput(() => Verify.run(args, packageRoot));
  const oclif = (error as { oclif?: { exit?: number } } | undefined)?.oclif;
  const exit = error === undefined ? exitCode() : (oclif?.exit ?? 70);
  process.exitCode = undefined;
  return { exit, stdout, stderr };
}

function exitCode(): number {
  return Number(process.exitCode ?? 0);
}

const firewallRules =
  'SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules';

/** What roles of the catalogue read beside what the small role does; none of it as they want it. */
const wholeMachine = {
  Win32_OperatingSystem: [
    {
      ...{ Caption: 'Microsoft Windows Server 2012 R2 Standard', ProductType: 3, Version: '6.3.9600' },
      ...{ OperatingSystemSKU: 7, ServicePackMajorVersion: 0 },
    },
  ],
  Win32_Service: [{ Name: 'MpsSvc', StartMode: 'Auto', State: 'Running' }],
  Win32_ComputerSystem: [
    {
      ...{ Domain: 'lync.example.net', PartOfDomain: true, Workgroup: null },
      ...{ Name: 'SMALL', DNSHostName: 'small', TotalPhysicalMemory: '4294967296' },
    },
  ],
  Win32_LogicalDisk: [{ DeviceID: 'C:', FreeSpace: '1073741824' }],
  Win32_Processor: [{ DeviceID: 'CPU0', NumberOfCores: 1 }],
  Win32_NetworkAdapterConfiguration: [
    {
      ...{ Description: 'Card', DHCPEnabled: true, IPAddress: ['192.0.2.10'] },
      ...{ IPSubnet: ['255.255.255.0'], DefaultIPGateway: ['192.0.2.1'] },
    },
  ],
  CIM_DataFile: [],
};

describe('lyncimg verify', () => {
  const host = wsmanDouble();
  const folder = temporaryFolder();
  /** How to reach and enter the machine. */
  let machine: string[];
  /** The same, and what it is to be. */
  let connection: string[];

  beforeEach(async () => {
    host.reset();
    meetSmallRole(host);
    await writeWorkspace(folder.path);
    process.chdir(folder.path);
    await writeFile('ca.crt', host.ca);
    process.env['LYNCIMG_PASSWORD'] = host.password;
    reach(host.port, 'ca.crt', host.user);
  });
  afterEach(() => {
    process.chdir(before);
    delete process.env['LYNCIMG_PASSWORD'];
  });

  function reach(port: number, caFile: string, user: string): void {
    machine = ['--host', `127.0.0.1:${port}`, '--ca-file', caFile, '--user', user];
    connection = [...machine, '--role', 'small'];
  }

  /** The connection with one flag set to something else. */
  function connectionWith(flag: string, value: string): string[] {
    const at = connection.indexOf(flag);
    return [...connection.slice(0, at + 1), value, ...connection.slice(at + 2)];
  }

  /** The one host, and the one role of it, as a test reads them. */
  interface One {
    exit: number;
    whole: VerifyReport;
    host: HostReport;
    report: RoleReport;
    stderr: string;
  }

  async function jsonOf(args: string[]): Promise<One> {
    const { exit, stdout, stderr } = await run([...args, '--json']);
    const whole = JSON.parse(stdout) as VerifyReport;
    return { exit, whole, host: whole.hosts[0]!, report: whole.hosts[0]!.reports[0]!, stderr };
  }
  const json = (...args: string[]): Promise<One> => jsonOf([...connection, ...args]);

  function verdictsOf(report: RoleReport): Record<string, string> {
    return Object.fromEntries(report.verdicts.map(({ id, verdict }) => [id, verdict]));
  }

  describe('a machine that has everything', () => {
    it('exits 0, with the result and nothing else on stdout', async () => {
      const { exit, stdout, stderr } = await run(connection);

      expect(stdout).to.match(/^127\.0\.0\.1:\d+ {2}small {2}2012r2/);
      expect(stdout).to.contain('authenticated by NTLM; TLS protects the messages');
      expect(stdout).to.contain('Nothing falls short: 0 fail, 0 unknown, 0 warn, 6 pass; 6 requirements');
      expect(stderr).to.equal('');
      expect(exit).to.equal(0);
    });

    it('starts no shell, and asks each class once', async () => {
      await run(connection);

      expect(host.shells).to.equal(0);
      expect(host.asked).to.have.length(new Set(host.asked).size);
      expect(host.asked.map((wql) => / from (\w+)/.exec(wql)?.[1] ?? 'registry')).to.deep.equal([
        'Win32_OperatingSystem',
        'Win32_ComputerSystem',
        'Win32_PowerPlan',
        'registry',
        'registry',
        'Win32_ServerFeature',
        'Win32_OptionalFeature',
        'Win32_QuickFixEngineering',
      ]);
    });

    it('judges what was asked for: one stage, the other, or both', async () => {
      const image = (await json('--stage', 'image')).report;
      const machine = (await json('--stage', 'machine')).report;

      expect(Object.keys(verdictsOf(image))).to.deep.equal([
        'hotfix/KB2919355',
        'feature/Web-Server',
        ...Object.keys(verdictsOf(image)).slice(2, 3),
        'setting/power-plan',
      ]);
      expect(verdictsOf(machine)).to.deep.equal({
        'computer/dns-suffix': 'pass',
        'computer/membership': 'pass',
      });
      expect(machine.stage).to.equal('machine');
    });

    it('lists at the gate what only a deployed machine can have, and does not ask for it', async () => {
      const { exit, report } = await json('--stage', 'image', '--gate');

      expect(report.counts).to.deep.equal({ pass: 4, warn: 0, fail: 0, unknown: 0, 'after-deployment': 2 });
      expect(exit).to.equal(0);
      expect(host.asked.join()).to.not.contain('Win32_ComputerSystem');
    });

    it('prints one document with --json, as its schema says', async () => {
      const { whole, host: asked } = await json();
      const schema = JSON.parse(
        await readFile(join(packageRoot, 'schemas/verify-report.schema.json'), 'utf8'),
      ) as object;
      const validate = new Ajv2020.default({ formats: { 'date-time': true } }).compile(schema);

      expect(validate(whole), JSON.stringify(validate.errors)).to.equal(true);
      expect(asked.os).to.deep.include({ expected: null, judged: '2012r2', basis: 'host' });
      expect(asked.authentication).to.deep.equal({ scheme: 'ntlm', sealed: false });
      expect(asked.rehearsal).to.equal(false);
    });

    it('takes options of the role', async () => {
      expect((await json('--option', 'quiet=false')).report.verdicts).to.have.length(5);
      expect((await run([...connection, '--option', 'quiet=loud'])).exit).to.equal(2);
      expect((await run([...connection, '--option', 'loud=true'])).exit).to.equal(2);
    });

    it('leaves out what lyncimg.yaml says for other roles', async () => {
      await writeWorkspace(
        folder.path,
        'os: 2012r2\nroles: [small]\noptions: { quiet: false, automaticUpdates: true }\n',
      );

      expect((await json()).report.verdicts).to.have.length(5);
    });

    it('takes an operating system that is asserted in any case', async () => {
      const { host: asked, exit } = await json('--os', '2012R2');

      expect(asked.os).to.include({ expected: '2012r2', judged: '2012r2', basis: 'host' });
      expect(exit).to.equal(0);
    });

    it('does not take the operating system that lyncimg.yaml builds for that of the machine', async () => {
      await writeWorkspace(folder.path, 'os: 2012r2\nroles: [small]\n');

      expect((await json()).host.os.expected).to.equal(null);
    });

    it('asks as the method says that is named', async () => {
      for (const [method, scheme] of [
        ['basic', 'basic'],
        ['ntlm', 'ntlm'],
      ] as const) {
        expect((await json('--auth', method)).host.authentication?.scheme).to.equal(scheme);
      }
    });

    it('trusts the certificate whose fingerprint is given, and no other', async () => {
      const { fingerprint256 } = new X509Certificate(host.certificate);
      const withoutCa = connection.filter((_, index) => ![2, 3].includes(index));

      expect((await run([...withoutCa, '--fingerprint', fingerprint256])).exit).to.equal(0);
      const other = await run([...withoutCa, '--fingerprint', fingerprint256.replace(/^../, '00')]);
      expect(other.exit).to.equal(3);
      expect(other.stderr).to.contain('E_WSMAN_CERTIFICATE');
    });

    it('warns of an old TLS before anything is sent', async () => {
      expect((await run([...connection, '--tls-min', '1.0'])).stderr).to.match(
        /^TLS 1\.0 is accepted: it is broken/,
      );
    });

    it('shows with --explain what each verdict stands on', async () => {
      const { stdout } = await run([...connection, '--explain', '--verbose']);
      const { report } = await json('--explain');

      expect(stdout)
        .to.contain('asked     select InstallState,Name from Win32_OptionalFeature (root/cimv2)')
        .and.contain('answer    Name = "IIS-WebServerRole", InstallState = "1"')
        .and.contain('asked     StdRegProv.GetDWORDValue HKLM\\SOFTWARE\\Small [Quiet]')
        .and.not.contain('NetFx3');
      // A feature is read in two ways.
      expect(report.verdicts.map(({ evidence }) => evidence?.length)).to.deep.equal([1, 2, 1, 1, 1, 1]);
      expect((await json()).report.verdicts.some((verdict) => 'evidence' in verdict)).to.equal(false);
    });

    it('judges several roles by one set of questions', async () => {
      const { whole } = await json('--role', 'windows-base');
      const classes = host.asked.filter((wql) => wql.startsWith('select'));

      expect(whole.hosts[0]?.reports.map(({ role }) => role)).to.deep.equal(['small', 'windows-base']);
      expect(classes).to.have.length(new Set(classes).size);
    });
  });

  describe('without a role', () => {
    beforeEach(() => {
      Object.assign(host.classes, wholeMachine);
      Object.assign(host.registry, {
        'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion|InstallationType': {
          ReturnValue: 0,
          sValue: 'Server',
        },
        [`HKLM\\${firewallRules}|*`]: { ReturnValue: 0, sNames: ['WINRM'], Types: [1] },
        [`HKLM\\${firewallRules}|WINRM`]: {
          ReturnValue: 0,
          sValue: 'v2.22|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=5986|Name=WinRM|',
        },
      });
    });

    it('says what the machine is ready for, and exits 0 although it lacks much', async () => {
      const { exit, stdout, stderr } = await run(machine);

      expect(exit).to.equal(0);
      expect(stderr).to.equal('');
      expect(stdout)
        .to.match(/^READY {4}small$/m)
        .and.match(/^LACKS {4}front-end +\d+ of its own, and what lync-web lacks \(\d+\)/m)
        .and.match(/^FAIL {5}feature\/NET-WCF-HTTP-Activation45/m);
      expect(stdout.match(/^FAIL {5}feature\/Web-Client-Auth/gm)).to.have.length(1);
    });

    it('prints one document with --json, as its schema says', async () => {
      const { stdout } = await run([...machine, '--json']);
      const report = JSON.parse(stdout) as ReadinessReport;
      const schema = JSON.parse(
        await readFile(join(packageRoot, 'schemas/readiness-report.schema.json'), 'utf8'),
      ) as object;
      const validate = new Ajv2020.default({ formats: { 'date-time': true } }).compile(schema);

      expect(validate(report), JSON.stringify(validate.errors)).to.equal(true);
      expect(report.hosts[0]?.roles.find(({ role }) => role === 'small')?.state).to.equal('ready');
    });

    it('exits 4 where something is unknown, and 3 where nothing could be asked', async () => {
      host.classes['Win32_QuickFixEngineering'] = 'ACCESS_DENIED';
      expect((await run(machine)).exit).to.equal(4);

      process.env['LYNCIMG_PASSWORD'] = 'wr0ng';
      expect((await run(machine)).exit).to.equal(3);
    });

    it('is no test: JUnit needs a role', async () => {
      const { exit, stderr } = await run([...machine, '--junit', 'v.xml']);

      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_USAGE').and.contain('--role');
    });
  });

  describe('a machine that falls short', () => {
    it('exits 1 and shows each failure first, with source and fix', async () => {
      host.classes['Win32_OptionalFeature'] = [{ Name: 'IIS-WebServerRole', InstallState: 2 }];
      const { exit, stdout } = await run(connection);

      expect(exit).to.equal(1);
      expect(stdout.split('\n')[3]).to.match(/^FAIL {5}feature\/Web-Server/);
      expect(stdout)
        .to.contain('expected  installed; found: not installed')
        .and.contain('fix       Add-WindowsFeature Web-Server')
        .and.contain('source    MS-ADDSW, asked for at roles/small.yaml:')
        .and.match(/^ {2}MS-ADDSW {2}Additional software requirements for Lync Server 2013/m);
    });

    it('only warns, and exits 0, where the need is unverified', async () => {
      host.classes['Win32_PowerPlan'] = [
        { InstanceID: 'Microsoft:PowerPlan\\{381b4222-f694-41f0-9685-ff5bb260df2e}', IsActive: true },
      ];
      const { exit, report } = await json();

      expect(verdictsOf(report)['setting/power-plan']).to.equal('warn');
      expect(exit).to.equal(0);
    });

    it('exits 4 when nothing fails but a class cannot be read, and says why', async () => {
      host.classes['Win32_QuickFixEngineering'] = 'ACCESS_DENIED';
      const { exit, report } = await json();

      expect(report.counts).to.include({ pass: 5, fail: 0, unknown: 1 });
      expect(report.verdicts.find(({ verdict }) => verdict === 'unknown')?.cause).to.match(
        /^Win32_QuickFixEngineering could not be read: /,
      );
      expect(exit).to.equal(4);
    });

    it('exits 1 when something fails beside an unknown', async () => {
      host.classes['Win32_QuickFixEngineering'] = 'ACCESS_DENIED';
      host.classes['Win32_OptionalFeature'] = [{ Name: 'IIS-WebServerRole', InstallState: 2 }];

      expect((await json()).exit).to.equal(1);
    });

    it('passes nothing, crashes over nothing, when every answer lacks its properties', async () => {
      for (const [name, rows] of Object.entries(host.classes)) {
        if (name === 'Win32_OperatingSystem') continue;
        const first = (rows as DoubleRow[])[0] ?? {};
        host.classes[name] = [Object.fromEntries(Object.keys(first).map((key) => [key, undefined]))];
      }
      for (const key of Object.keys(host.registry)) host.registry[key] = {};
      const { exit, report } = await json();

      expect(report.counts).to.include({ pass: 0, fail: 0, unknown: 6 });
      expect(exit).to.equal(4);
    });

    // A run of the command takes its time: fifteen of them, five a test.
    for (const part of [1, 2, 3])
      it(`never passes and never crashes, whatever stands in the answers (${part} of 3)`, async () => {
        const odd: fc.Arbitrary<CimValue> = fc.oneof(
          fc.constant(null),
          fc.string(),
          fc.constantFrom('', ' ', '-1', '1.5', 'NaN', '1 1', '\u001b[2J', '９', '99999999999999999999'),
          fc.array(fc.string(), { minLength: 2, maxLength: 3 }),
        );
        await fc.assert(
          fc.asyncProperty(fc.array(odd, { minLength: 12, maxLength: 12 }), async (values) => {
            let at = 0;
            const next = (): CimValue => values[at++] ?? null;
            host.classes['Win32_OptionalFeature'] = [{ Name: 'IIS-WebServerRole', InstallState: next() }];
            host.classes['Win32_QuickFixEngineering'] = [{ HotFixID: next() }];
            host.classes['Win32_PowerPlan'] = [{ InstanceID: next(), IsActive: next() }];
            host.classes['Win32_ComputerSystem'] = [
              { Domain: next(), PartOfDomain: next(), Workgroup: next() },
            ];
            for (const key of Object.keys(host.registry))
              host.registry[key] = { ReturnValue: next(), uValue: next(), sValue: next() };
            const { exit, report } = await json();

            expect(report.counts.pass, JSON.stringify(report.verdicts)).to.equal(0);
            expect(exit).to.be.oneOf([1, 4]);
          }),
          { numRuns: 5 },
        );
      });
  });

  describe('a twin', () => {
    let twin: RunningTwin;
    beforeEach(async () => {
      twin = await startTwin({
        ...{
          packageRoot,
          os: '2012r2',
          stateFile: null,
          imageFile: null,
          answerFolder: null,
          mediaFolder: null,
          clientCaFile: null,
        },
        ...{ httpsPort: 0, httpPort: 0, as: null, traceFile: null, password: host.password },
        onDefect: (error) => {
          throw error;
        },
      });
      const { port, caFile, user } = twin.ready;
      reach(port, caFile, user);
    });
    afterEach(async () => {
      twin.switchOff();
      await twin.ended;
    });

    it('is called a rehearsal in plain sight', async () => {
      expect((await run(connection)).stdout).to.match(/^REHEARSAL: /);
      expect((await json()).host.rehearsal).to.equal(true);
    });

    it('sees no shell, and leaves no question of a whole role open', async () => {
      const { exit, report } = await jsonOf([...machine, '--role', 'front-end']);

      expect(twin.machine.counters).to.include({
        shellsCreated: 0,
        commandsRun: 0,
        authenticationFailures: 0,
      });
      expect(report.counts.unknown).to.equal(0);
      expect(report.counts.fail).to.be.greaterThan(20);
      expect(exit).to.equal(1);
    });

    it('counts one refused login for a wrong password', async () => {
      process.env['LYNCIMG_PASSWORD'] = 'wr0ng';

      expect((await run(connection)).exit).to.equal(3);
      expect(twin.machine.counters).to.include({ authentications: 0, authenticationFailures: 1 });
    });
  });

  describe('files beside the table', () => {
    it('writes report, facts and JUnit, and none of them knows the password', async () => {
      const files = ['--output', 'report.json', '--save-facts', 'facts.jsonl', '--junit', 'verdicts.xml'];
      const { exit, stdout } = await run([...connection, ...files]);
      const report = JSON.parse(await readFile('report.json', 'utf8')) as VerifyReport;
      const kept = await readFile('facts.jsonl', 'utf8');
      const xml = await readFile('verdicts.xml', 'utf8');

      expect(exit).to.equal(0);
      expect(report.counts.pass).to.equal(6);
      expect((JSON.parse(kept) as HostFacts).answers).to.have.length(8);
      expect(xml).to.contain('<testsuites name="lyncimg verify" tests="6" failures="0"');
      expect(xml).to.contain('name="127.0.0.1: feature/Web-Server"').and.contain('classname="lyncimg.small"');
      expect([stdout, JSON.stringify(report), kept, xml].join()).to.not.contain('p4ss');
      expect((await readdir('.')).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
    });

    it('judges facts that were kept: the same bytes each time, without machine or password', async () => {
      const live = await run([...connection, '--explain', '--save-facts', 'facts.jsonl']);
      host.reset();
      delete process.env['LYNCIMG_PASSWORD'];
      const again = ['--from', 'facts.jsonl', '--role', 'small'];
      const first = await run([...again, '--json']);
      const second = await run([...again, '--json']);

      expect((await run([...again, '--explain'])).stdout).to.equal(live.stdout);
      expect(first.stdout).to.equal(second.stdout);
      expect(first.exit).to.equal(0);
      expect(host.attempts).to.deep.equal([]);
    });

    it('knows of kept facts what was not asked for then', async () => {
      await run([...connection, '--stage', 'image', '--save-facts', 'facts.jsonl']);
      const { exit, report } = await jsonOf(['--from', 'facts.jsonl', '--role', 'small']);

      expect(exit).to.equal(4);
      expect(verdictsOf(report)).to.include({ 'computer/membership': 'unknown' });
    });

    it('keeps a host that did not answer among the facts, with the same verdicts later', async () => {
      process.env['LYNCIMG_PASSWORD'] = 'wr0ng';
      const live = await json('--save-facts', 'facts.jsonl');
      const again = await jsonOf(['--from', 'facts.jsonl', '--role', 'small']);

      expect(again.whole).to.deep.equal(live.whole);
      expect(again.exit).to.equal(3);
    });

    it('names every line of kept facts that is wrong, and takes no host beside them', async () => {
      await writeFile('facts.jsonl', '{}\n\nnonsense\n');
      const { exit, stderr } = await run(['--from', 'facts.jsonl', '--role', 'small']);

      expect(exit).to.equal(2);
      expect(stderr).to.contain('facts.jsonl:1: E_VERIFY_FACTS').and.contain('facts.jsonl:3: E_VERIFY_FACTS');
      expect((await run([...connection, '--from', 'facts.jsonl'])).stderr).to.contain('E_USAGE');
      expect((await run(['--from', 'none.jsonl', '--role', 'small'])).stderr).to.contain('E_VERIFY_FACTS');
    });

    it('does not ask the machine when a file could not be written', async () => {
      const { exit, stderr } = await run([...connection, '--junit', 'no-such-folder/verdicts.xml']);

      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_VERIFY_OUTPUT');
      expect(host.attempts).to.deep.equal([]);
    });
  });

  describe('a machine that cannot be asked', () => {
    it('sends a wrong password once, says so, and exits 3', async () => {
      process.env['LYNCIMG_PASSWORD'] = 'wr0ng';
      const { exit, stdout, stderr } = await run(connection);

      expect(exit).to.equal(3);
      expect(host.attempts).to.deep.equal(['Administrator']);
      expect(stderr).to.contain('E_WSMAN_UNAUTHORIZED').and.contain('tried once').and.not.contain('wr0ng');
      expect(stdout).to.equal('');
    });

    it('sends no password to a host whose certificate another authority signed', async () => {
      const other = await makeCredentials({
        hosts: { addresses: ['127.0.0.1'], names: [] },
        run: 'other',
        now: new Date(),
      });
      await writeFile('ca.crt', other.caCertificate);
      const { exit, stderr } = await run(connection);

      expect(exit).to.equal(3);
      expect(stderr).to.contain('E_WSMAN_CERTIFICATE');
      expect(host.attempts).to.deep.equal([]);
    });

    it('refuses an authorities file that holds none or is not there', async () => {
      await writeFile('ca.crt', 'nothing');
      expect((await run(connection)).stderr).to.contain('E_WSMAN_CA');
      expect((await run(connectionWith('--ca-file', 'none.crt'))).stderr).to.contain('E_CA_FILE');
    });

    it('does not send a password over plain HTTP', async () => {
      const { exit, stderr } = await run([...connection, '--scheme', 'http', '--auth', 'basic']);

      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_WSMAN_PLAIN_HTTP');
      expect(host.attempts).to.deep.equal([]);
    });

    it('exits 3 when nobody listens, and keeps the set of tests in the JUnit file', async () => {
      const port = await freePort();
      const { exit, stderr } = await run([
        ...connectionWith('--host', `127.0.0.1:${port}`),
        '--junit',
        'v.xml',
      ]);
      const xml = await readFile('v.xml', 'utf8');

      expect(exit).to.equal(3);
      expect(stderr).to.contain('E_WSMAN_UNREACHABLE');
      expect(xml).to.contain('name="127.0.0.1: connection"').and.contain('type="E_WSMAN_UNREACHABLE"');
      expect(xml).to.contain('name="127.0.0.1: feature/Web-Server"').and.contain('tests="7"');
    });

    it('writes every report although the only machine could not be asked', async () => {
      process.env['LYNCIMG_PASSWORD'] = 'wr0ng';
      const { exit } = await run([...connection, '--output', 'report.json', '--junit', 'v.xml']);
      const report = JSON.parse(await readFile('report.json', 'utf8')) as VerifyReport;

      expect(exit).to.equal(3);
      expect(report.counts).to.include({ pass: 0, unknown: 6 });
      expect(report.hosts[0]?.reports[0]?.verdicts[0]?.cause).to.contain('tried once');
      expect(await readFile('v.xml', 'utf8')).to.contain('type="E_WSMAN_UNAUTHORIZED"');
    });

    it('prints its one document with --json, too, and the error on stderr', async () => {
      process.env['LYNCIMG_PASSWORD'] = 'wr0ng';
      const { exit, whole, host: asked, stderr } = await json();

      expect(whole.exit).to.equal(3);
      expect(asked).to.include({ answered: false, authentication: null });
      expect(asked.error?.code).to.equal('E_WSMAN_UNAUTHORIZED');
      expect(stderr).to.contain('E_WSMAN_UNAUTHORIZED');
      expect(exit).to.equal(3);
    });

    it('gives up on a host that is silent when its time is over', async () => {
      const silent = createServer();
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const { port } = silent.address() as AddressInfo;
      const { exit, stderr } = await run([
        ...connectionWith('--host', `127.0.0.1:${port}`),
        ...['--host-timeout', '1'],
      ]);
      silent.close();

      expect(exit).to.equal(3);
      expect(stderr).to.contain('E_VERIFY_HOST_TIMEOUT').and.contain('1 s');
    });
  });

  describe('a machine of another operating system', () => {
    beforeEach(() => {
      host.classes['Win32_OperatingSystem'] = [
        { Caption: 'Microsoft Windows Server 2008 R2 Standard', ProductType: 3, Version: '6.1.7601' },
      ];
    });

    it('falls short of one that is asserted, by one verdict; nothing else is asked', async () => {
      const { exit, report } = await json('--os', '2012r2');

      expect(exit).to.equal(1);
      expect(report.counts).to.include({ fail: 1, unknown: 6, pass: 0 });
      expect(report.verdicts[0]).to.include({
        id: 'os/version',
        expected: 'Windows Server 2012 R2 (6.3.9600)',
        actual: 'Microsoft Windows Server 2008 R2 Standard (6.1.7601)',
      });
      expect(host.asked).to.have.length(1);
    });

    it('cannot be judged by a role that has no requirements for it', async () => {
      const { exit, report } = await json();

      expect(exit).to.equal(4);
      expect(report.counts).to.include({ fail: 0, unknown: 6 });
    });

    it('is judged as what is asserted where its answer cannot be read, and the table says so', async () => {
      host.version = 'nonsense';
      host.classes['Win32_OperatingSystem'] = 'INTERNAL_ERROR';

      expect((await json()).report.counts).to.include({ pass: 0, unknown: 6 });
      const { exit, stdout } = await run([...connection, '--os', '2012r2']);
      expect(exit).to.equal(0);
      expect(stdout).to.contain('it is judged as 2012r2 because you say so');
    });
  });

  describe('several machines', () => {
    let free: number;
    beforeEach(async () => {
      free = await freePort();
    });

    it('are all in the report, with a line on stderr as each is done and a sum at the end', async () => {
      const { exit, stdout, stderr } = await run([...connection, '--host', `127.0.0.1:${free}`]);

      expect(exit).to.equal(4);
      expect(stdout).to.match(/Of 2 hosts 1 did not answer, 1 has everything\.\n$/);
      expect(stdout).to.contain('UNKNOWN  6 requirements: No connection to WinRM');
      expect(stderr.trimEnd().split('\n')).to.have.length(2);
      expect(stderr).to.match(/^[12] of 2 {2}127\.0\.0\.1:\d+ {2}has everything$/m);
    });

    it('come from a file, too, each once', async () => {
      await writeFile('hosts.txt', `# the pool\n127.0.0.1:${free}\n\n127.0.0.1:${host.port}  # again\n`);
      const { whole } = await json('--hosts-file', 'hosts.txt');

      expect(whole.hosts.map((one) => one.host)).to.deep.equal([
        `127.0.0.1:${host.port}`,
        `127.0.0.1:${free}`,
      ]);
    });

    it('exit 1 as soon as one falls short, 3 when none answers', async () => {
      const other = await freePort();
      const lost = ['--host', `127.0.0.1:${other}`];
      host.classes['Win32_OptionalFeature'] = [{ Name: 'IIS-WebServerRole', InstallState: 2 }];

      expect((await run([...connection, ...lost])).exit).to.equal(1);
      expect((await run([...connectionWith('--host', `127.0.0.1:${free}`), ...lost])).exit).to.equal(3);
    });

    it('get a wrong password once', async () => {
      process.env['LYNCIMG_PASSWORD'] = 'wr0ng';
      const { exit, whole } = await json('--host', `localhost:${host.port}`);

      expect(exit).to.equal(3);
      expect(host.attempts).to.deep.equal(['Administrator']);
      expect(whole.hosts.map(({ error }) => error?.code)).to.deep.equal([
        'E_WSMAN_UNAUTHORIZED',
        'E_VERIFY_NOT_ASKED',
      ]);
    });
  });

  describe('a plan', () => {
    beforeEach(async () => {
      const catalog = orThrow(await loadCatalog({ packageRoot }));
      const os = catalog.os('2012r2')!;
      const role = catalog.role('front-end')!;
      const { chain, options } = orThrow(selectRequirements({ role, os, options: {} }));
      const media = mediaOf(
        chain.flatMap(({ requirements }) => requirements),
        null,
      ).map(({ path, title }) => ({
        ...{ path, title, origin: 'placeholder' as const, sha256: '0'.repeat(64), sizeBytes: 1 },
      }));
      const environment = {
        ...{ platform: 'twin', tools: { packer: '1.6', ansible: '2.14' } },
        ...{ content: '0'.repeat(64), twinModel: '0'.repeat(64), machine: null, media },
      };
      const plan = makePlan({ chain, os, role: role.name, options, environment });
      await writeFile('plan.json', JSON.stringify(plan));
    });

    it('is judged up to the layer that is named', async () => {
      const base = (await jsonOf([...machine, '--plan', 'plan.json', '--layer', 'windows-base'])).report;
      const common = (await jsonOf([...machine, '--plan', 'plan.json', '--layer', 'lync-common'])).report;

      expect(base.role).to.equal('windows-base');
      expect(new Set(base.verdicts.map(({ role }) => role))).to.deep.equal(new Set(['windows-base']));
      expect(new Set(common.verdicts.map(({ role }) => role))).to.deep.equal(
        new Set(['windows-base', 'lync-common']),
      );
    });

    it('asserts the operating system that it was made for', async () => {
      host.classes['Win32_OperatingSystem'] = [
        { Caption: 'Windows Server 2012', ProductType: 3, Version: '6.2.9200' },
      ];
      const { exit, report } = await jsonOf([
        ...machine,
        ...['--plan', 'plan.json', '--layer', 'windows-base', '--stage', 'image', '--gate'],
      ]);

      expect(exit).to.equal(1);
      expect(report.verdicts[0]).to.include({ id: 'os/version', verdict: 'fail', where: 'plan.json' });
    });

    it('asks a whole role in one enumeration a class', async () => {
      await run([...machine, '--plan', 'plan.json', '--layer', 'front-end']);

      const classes = host.asked.flatMap((wql) => / from (\w+)/.exec(wql)?.[1] ?? []);
      expect(classes).to.have.length(new Set(classes).size).and.include('Win32_OptionalFeature');
    });

    for (const [what, args, code] of [
      ['a layer that it has not got', ['--plan', 'plan.json', '--layer', 'lync-comon'], 'E_VERIFY_LAYER'],
      ['a file that is no plan', ['--plan', 'ca.crt', '--layer', 'x'], 'E_PLAN_FILE'],
      ['a file that is not there', ['--plan', 'none.json', '--layer', 'x'], 'E_PLAN_FILE'],
      ['no layer', ['--plan', 'plan.json'], 'E_USAGE'],
      ['a layer without a plan', ['--layer', 'windows-base'], 'E_USAGE'],
      ['a role beside it', ['--plan', 'plan.json', '--layer', 'front-end', '--role', 'small'], 'E_USAGE'],
    ] as const) {
      it(`is refused with ${what}`, async () => {
        const { exit, stderr } = await run([...machine, ...args]);

        expect(exit).to.equal(2);
        expect(stderr).to.contain(code);
        expect(host.attempts).to.deep.equal([]);
      });
    }
  });

  describe('wrong use', () => {
    for (const [what, args, code] of [
      ['an unknown role, with the nearest name', ['--role', 'smal'], 'E_ROLE_UNKNOWN'],
      ['an unknown operating system', ['--os', '2019'], 'E_OS_UNAVAILABLE'],
      ['an unknown stage', ['--stage', 'both'], 'E_USAGE'],
      ['the gate on what an image cannot have', ['--gate', '--stage', 'machine'], 'E_USAGE'],
      ['a password on the command line', ['--password', 'x'], 'E_USAGE'],
      ['a fingerprint that is none', ['--fingerprint', 'AB:CD'], 'E_USAGE'],
      ['a certificate where another method is named', ['--cert', 'ca.crt'], 'E_USAGE'],
      ['Kerberos with a user', ['--auth', 'kerberos'], 'E_USAGE'],
      ['a certificate with a user', ['--auth', 'certificate'], 'E_USAGE'],
      ['a bastion that is none', ['--jump', 'bastion'], 'E_SSH_ADDRESS'],
      ['a file of hosts that is not there', ['--hosts-file', 'none.txt'], 'E_HOSTS_FILE'],
      ['a time that is none', ['--host-timeout', '0'], 'E_USAGE'],
    ] as const) {
      it(`is ${what}: exit 2, nothing is sent`, async () => {
        const { exit, stderr } = await run([...connection, ...args]);

        expect(exit).to.equal(2);
        expect(stderr).to.contain(code);
        expect(host.attempts).to.deep.equal([]);
      });
    }

    it('is a URL for a host', async () => {
      const { exit, stderr } = await run(connectionWith('--host', 'https://fe01:5986/wsman'));

      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_HOST_ADDRESS');
    });

    it('is a command without a machine', async () => {
      const { exit, stderr } = await run(['--user', 'x', '--role', 'small']);

      expect(exit).to.equal(2);
      expect(stderr).to.contain('--hosts-file');
    });

    it('is a file of hosts with wrong lines: each is named, none is asked', async () => {
      await writeFile('hosts.txt', 'fe01\nfe02:0\n  fe 03 # typo\n');
      const { exit, stderr } = await run([...connection, '--hosts-file', 'hosts.txt']);

      expect(exit).to.equal(2);
      expect(stderr).to.contain('hosts.txt:2:1: E_HOST_ADDRESS').and.contain('hosts.txt:3:3: E_HOST_ADDRESS');
      expect(host.attempts).to.deep.equal([]);
    });

    it('is no password and no terminal', async () => {
      delete process.env['LYNCIMG_PASSWORD'];
      const { isTTY } = process.stdin;
      process.stdin.isTTY = false;
      const { exit, stderr } = await run(connection);
      process.stdin.isTTY = isTTY;

      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_PASSWORD_MISSING');
    });
  });
});

/** One that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
