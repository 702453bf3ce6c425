import Ajv2020 from 'ajv/dist/2020.js';
import { captureOutput } from '@oclif/test';
import { expect } from 'chai';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeCredentials } from '../../src/build/credentials.js';
import { loadCatalog } from '../../src/catalog/index.js';
import Verify from '../../src/commands/verify.js';
import { orThrow } from '../../src/errors/index.js';
import { makePlan, mediaOf, selectRequirements } from '../../src/plan/index.js';
import { startTwin, type RunningTwin } from '../../src/twin/index.js';
import type { FactsDocument, VerifyReport } from '../../src/verify/index.js';
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

describe('lyncimg verify', () => {
  const host = wsmanDouble();
  const folder = temporaryFolder();
  let connection: string[];

  beforeEach(async () => {
    host.reset();
    meetSmallRole(host);
    await writeWorkspace(folder.path);
    process.chdir(folder.path);
    await writeFile('ca.crt', host.ca);
    process.env['LYNCIMG_PASSWORD'] = host.password;
    connection = ['--host', `127.0.0.1:${host.port}`, '--ca-file', 'ca.crt', '--user', host.user];
  });
  afterEach(() => {
    process.chdir(before);
    delete process.env['LYNCIMG_PASSWORD'];
  });

  /** The connection with one flag set to something else. */
  function connectionWith(flag: string, value: string): string[] {
    const at = connection.indexOf(flag);
    return [...connection.slice(0, at + 1), value, ...connection.slice(at + 2)];
  }

  async function json(...args: string[]): Promise<{ exit: number; report: VerifyReport; stderr: string }> {
    const { exit, stdout, stderr } = await run([...connection, '--json', ...args]);
    return { exit, report: JSON.parse(stdout) as VerifyReport, stderr };
  }

  function verdictsOf(report: VerifyReport): Record<string, string> {
    return Object.fromEntries(report.verdicts.map(({ id, verdict }) => [id, verdict]));
  }

  describe('a machine that has everything', () => {
    it('exits 0, with the result and nothing else on stdout', async () => {
      const { exit, stdout, stderr } = await run(connection);

      expect(stdout).to.match(/^127\.0\.0\.1:\d+ {2}small {2}2012r2/);
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
      const { report } = await json();
      const schema = JSON.parse(
        await readFile(join(packageRoot, 'schemas/verify-report.schema.json'), 'utf8'),
      ) as object;
      const validate = new Ajv2020.default({ formats: { 'date-time': true } }).compile(schema);

      expect(validate(report), JSON.stringify(validate.errors)).to.equal(true);
      expect(report.os).to.deep.equal({ expected: '2012r2', found: '6.3.9600' });
      expect(report.rehearsal).to.equal(false);
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

    it('takes the operating system in any case', async () => {
      expect((await json('--os', '2012R2', '--role', 'small')).report.os.expected).to.equal('2012r2');
    });

    it('takes the operating system that the machine says where nobody else says one', async () => {
      await writeWorkspace(folder.path, 'roles: [small]\n');

      expect((await json()).report.os).to.deep.equal({ expected: '2012r2', found: '6.3.9600' });
    });
  });

  describe('a machine that falls short', () => {
    it('exits 1 and shows each failure first, with source and fix', async () => {
      host.classes['Win32_OptionalFeature'] = [{ Name: 'IIS-WebServerRole', InstallState: 2 }];
      const { exit, stdout } = await run(connection);

      expect(exit).to.equal(1);
      expect(stdout.split('\n')[2]).to.match(/^FAIL {5}feature\/Web-Server/);
      expect(stdout)
        .to.contain('expected  installed; found: not installed')
        .and.contain('fix       Install-WindowsFeature Web-Server')
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
      host.classes['Win32_OptionalFeature'] = [];

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

    it('never passes and never crashes, whatever stands in the answers', async () => {
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
        { numRuns: 15 },
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
        },
        ...{ httpsPort: 0, httpPort: 0, as: null, traceFile: null, password: host.password },
        onDefect: (error) => {
          throw error;
        },
      });
      const { port, caFile, user } = twin.ready;
      connection = ['--host', `127.0.0.1:${port}`, '--ca-file', caFile, '--user', user];
    });
    afterEach(async () => {
      twin.switchOff();
      await twin.ended;
    });

    it('is called a rehearsal in plain sight', async () => {
      expect((await run(connection)).stdout).to.match(/^REHEARSAL: /);
      expect((await json()).report.rehearsal).to.equal(true);
    });

    it('sees no shell, and leaves no question of a whole role open', async () => {
      const { exit, report } = await json('--role', 'front-end');

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
      const files = ['--output', 'report.json', '--facts', 'facts.json', '--junit', 'verdicts.xml'];
      const { exit, stdout } = await run([...connection, ...files]);
      const report = JSON.parse(await readFile('report.json', 'utf8')) as VerifyReport;
      const facts = JSON.parse(await readFile('facts.json', 'utf8')) as FactsDocument;
      const xml = await readFile('verdicts.xml', 'utf8');

      expect(exit).to.equal(0);
      expect(report.counts.pass).to.equal(6);
      expect(facts.answers).to.have.length(7);
      expect(xml).to.contain('<testsuites name="lyncimg verify" tests="6" failures="0"');
      expect(xml).to.contain('name="127.0.0.1: feature/Web-Server"').and.contain('classname="lyncimg.small"');
      expect([stdout, JSON.stringify(report), JSON.stringify(facts), xml].join()).to.not.contain('p4ss');
      expect((await readdir('.')).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
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
        hosts: { address: '127.0.0.1', names: [] },
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
      const { exit, stderr } = await run([...connection, '--scheme', 'http']);

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

    it('prints the error as data with --json', async () => {
      process.env['LYNCIMG_PASSWORD'] = 'wr0ng';
      const { exit, stdout } = await run([...connection, '--json']);

      expect((JSON.parse(stdout) as { error: object }).error).to.include({
        code: 'E_WSMAN_UNAUTHORIZED',
        exitCode: 3,
      });
      expect(exit).to.equal(3);
    });

    it('exits 2 for a machine of another operating system, without a single verdict', async () => {
      host.classes['Win32_OperatingSystem'] = [
        { Caption: 'Microsoft Windows Server 2008 R2 Standard', ProductType: 3, Version: '6.1.7601' },
      ];
      const { exit, stdout, stderr } = await run(connection);

      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_VERIFY_OS').and.contain('2008 R2 Standard (6.1.7601)');
      expect(stdout).to.equal('');
    });

    it('exits 2 when neither anybody nor the machine says which operating system it is', async () => {
      await writeWorkspace(folder.path, 'roles: [small]\n');
      host.version = 'OS: 0.0.0 SP: 0.0 Stack: 3.0';
      expect((await run(connection)).stderr)
        .to.contain('E_VERIFY_OS_UNKNOWN')
        .and.contain('--os');

      host.version = 'OS: 10.0.20348 SP: 0.0 Stack: 3.0';
      const { exit, stderr } = await run(connection);
      expect(exit).to.equal(2);
      expect(stderr).to.contain('10.0.20348');
    });
  });

  describe('a plan', () => {
    beforeEach(async () => {
      const catalog = orThrow(await loadCatalog({ packageRoot }));
      const os = catalog.os('2012r2')!;
      const role = catalog.role('front-end')!;
      const { chain, options } = orThrow(selectRequirements({ role, os, options: {} }));
      const media = mediaOf(chain.flatMap(({ requirements }) => requirements)).map(({ path, title }) => ({
        ...{ path, title, origin: 'placeholder' as const, sha256: '0'.repeat(64), sizeBytes: 1 },
      }));
      const environment = {
        ...{ platform: 'twin', tools: { packer: '1.6', ansible: '2.14' } },
        ...{ content: '0'.repeat(64), twinModel: '0'.repeat(64), media },
      };
      const plan = makePlan({ chain, os, role: role.name, options, environment });
      await writeFile('plan.json', JSON.stringify(plan));
    });

    it('is judged up to the layer that is named', async () => {
      const base = (await json('--plan', 'plan.json', '--layer', 'windows-base')).report;
      const common = (await json('--plan', 'plan.json', '--layer', 'lync-common')).report;

      expect(base.role).to.equal('windows-base');
      expect(new Set(base.verdicts.map(({ role }) => role))).to.deep.equal(new Set(['windows-base']));
      expect(new Set(common.verdicts.map(({ role }) => role))).to.deep.equal(
        new Set(['windows-base', 'lync-common']),
      );
    });

    it('asks a whole role in one enumeration a class', async () => {
      await run([...connection, '--plan', 'plan.json', '--layer', 'front-end']);

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
        const { exit, stderr } = await run([...connection, ...args]);

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

    it('is a folder that names no role, or several', async () => {
      await writeWorkspace(folder.path, 'os: 2012r2\nroles: [small, front-end]\n');
      const { exit, stderr } = await run(connection);

      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_ROLE_MISSING').and.contain('small');
    });

    it('is a command without a host or a user', async () => {
      expect((await run(['--user', 'x'])).exit).to.equal(2);
      expect((await run(['--host', 'x'])).exit).to.equal(2);
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
