import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { applyResultJsonSchema, type ApplyResult } from '../../src/cli/index.js';
import Apply from '../../src/commands/apply.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { runCommandClass, type Outcome } from '../helpers/run-command.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { meetSmallRole, writeWorkspace } from '../helpers/verify-workspace.js';
import { wsmanDouble } from '../helpers/wsman-double.js';

const before = { folder: process.cwd(), path: process.env['PATH'] };
const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')!;
const servicing =
  'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending';

describe('lyncimg apply', () => {
  const host = wsmanDouble();
  const folder = temporaryFolder();
  let connection: string[];

  beforeEach(async () => {
    host.reset();
    meetSmallRole(host);
    await writeWorkspace(folder.path, 'roles: [small]\n');
    process.chdir(folder.path);
    await writeFile('ca.crt', host.ca);
    process.env['LYNCIMG_PASSWORD'] = host.password;
    process.env['PATH'] = await fakeTools('exit 0');
    connection = ['--host', `127.0.0.1:${host.port}`, '--ca-file', 'ca.crt', '--user', host.user];
    withStdin({ isTTY: false });
  });
  afterEach(() => {
    process.chdir(before.folder);
    process.env['PATH'] = before.path;
    delete process.env['LYNCIMG_PASSWORD'];
    Object.defineProperty(process, 'stdin', stdin);
  });

  const apply = (...args: string[]): Promise<Outcome> =>
    runCommandClass(Apply, [...connection, '--role', 'small', ...args]);
  const json = async (...args: string[]): Promise<Outcome & { result: ApplyResult }> => {
    const outcome = await apply(...args, '--json');
    return { ...outcome, result: JSON.parse(outcome.stdout) as ApplyResult };
  };

  /** A terminal at which somebody types, or none. */
  function withStdin({ isTTY, typed = '' }: { isTTY: boolean; typed?: string }): void {
    const value = Object.assign(new PassThrough(), { isTTY });
    value.end(typed);
    Object.defineProperty(process, 'stdin', { configurable: true, value });
  }

  /** A PATH of an Ansible that does this when it is to play, and leaves a file that says so. */
  async function fakeTools(playing: string): Promise<string> {
    const bin = join(folder.path, 'bin');
    await mkdir(bin, { recursive: true });
    const python = await scriptTool(bin, 'python3', 'echo \'{"collections":{},"md4":true,"ownMd4":false}\'');
    await scriptTool(
      bin,
      'ansible-playbook',
      `if [ "$1" = --version ]; then
  echo "ansible-playbook [core 2.14.18]"
  echo "  python version = 3.11.2 (main) [GCC 12.2.0] (${python})"
  exit 0
fi
: > "${folder.path}/played"
${playing}`,
    );
    return bin;
  }

  /** Lacks the feature until Ansible has played. */
  function lackTheFeature(): void {
    host.classes['Win32_OptionalFeature'] = () => [
      { Name: 'IIS-WebServerRole', InstallState: hasPlayed() ? 1 : 2 },
      { Name: 'NetFx3', InstallState: 3 },
    ];
  }
  const hasPlayed = (): boolean => existsSync(join(folder.path, 'played'));
  const tells = (task: string, status: string, message = ''): string =>
    `echo '${JSON.stringify({ type: 'task-finished', task, status, message })}' >> "$LYNCIMG_REPORTS/ansible-events.jsonl"`;
  const runs = async (): Promise<string[]> => readdir('.lyncimg/runs').catch(() => []);

  describe('on a machine that has everything', () => {
    it('installs nothing, asks nobody, and ends as verify does', async () => {
      const { exit, stdout, stderr } = await apply();
      expect(stderr).to.contain('Nothing is to be installed.');
      expect(stdout).to.contain('Nothing falls short: 0 fail, 0 unknown, 0 warn, 6 pass');
      expect(exit).to.equal(0);
      expect(hasPlayed()).to.equal(false);
      expect(await runs()).to.deep.equal([]);
      expect(host.shells).to.equal(0);
    });

    it('needs no file of Microsoft for what is right already, and no Ansible', async () => {
      process.env['PATH'] = '/nowhere';
      expect((await apply()).exit).to.equal(0);
    });

    it('says that a restart is pending, and leaves it at that', async () => {
      host.registry[servicing] = { ReturnValue: 0, sNames: [] };
      const { exit, result, stderr } = await json();
      expect(stderr).to.contain('A restart is pending already.');
      expect(result).to.include({ outcome: 'nothing-to-do', restartPending: true, run: null });
      expect(exit).to.equal(0);
    });
  });

  describe('on a machine that lacks something', () => {
    beforeEach(lackTheFeature);

    it('without a terminal and without --yes changes nothing: exit 2, after the list', async () => {
      const { exit, stdout, stderr } = await apply();
      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_APPLY_UNCONFIRMED').and.to.contain('--yes');
      expect(stderr).to.match(/To be installed:\nFAIL {5}feature\/Web-Server/);
      expect(stdout).to.equal('');
      expect(hasPlayed()).to.equal(false);
      expect(await runs()).to.deep.equal([]);
    });

    for (const typed of ['n\n', '\n', ''])
      it(`changes nothing where the answer is ${JSON.stringify(typed)}: exit 0`, async () => {
        withStdin({ isTTY: true, typed });
        const { exit, stdout, stderr } = await apply();
        expect(stderr).to.contain(`Install this on 127.0.0.1:${host.port}? [y/N] `);
        expect(stderr).to.match(/Nothing was changed\.\n$/);
        expect(stdout).to.equal('');
        expect(exit).to.equal(0);
        expect(hasPlayed()).to.equal(false);
        expect(await runs()).to.deep.equal([]);
      });

    it('installs where the answer is yes, and verifies in the end', async () => {
      process.env['PATH'] = await fakeTools(tells('Install Windows features', 'changed'));
      withStdin({ isTTY: true, typed: 'y\n' });
      const { exit, stdout, stderr } = await apply();
      expect(stderr).to.contain('Changed on the machine:\n  Install Windows features\n');
      expect(stdout).to.contain('Nothing falls short: 0 fail, 0 unknown, 0 warn, 6 pass');
      expect(exit).to.equal(0);
    });

    it('prints one document with --json, as its schema says', async () => {
      const { exit, result } = await json('--yes');
      const validate = new Ajv2020({ formats: { 'date-time': true } }).compile(
        applyResultJsonSchema() as object,
      );
      expect(validate(result), JSON.stringify(validate.errors)).to.equal(true);
      expect(result).to.include({ outcome: 'applied', restartPending: false });
      expect(result.changed.map(({ id }) => id)).to.deep.equal(['feature/Web-Server']);
      expect(result.run?.folder).to.contain('.lyncimg/runs/');
      expect(exit).to.equal(0);
    });

    it('leaves alone what is for its owner to decide: exit as verify', async () => {
      host.classes['Win32_ComputerSystem'] = [{ Domain: 'WORKGROUP', PartOfDomain: false, Workgroup: null }];
      const { exit, result, stderr } = await json('--yes');
      expect(stderr).to.match(/Left alone:\nFAIL {5}computer\/membership/);
      expect(result.leftAlone.map(({ id, why }) => [id, why])).to.deep.equal([
        ['computer/membership', 'owner'],
      ]);
      expect(result.report.counts).to.include({ fail: 1, pass: 5 });
      expect(exit).to.equal(1);
      const [run = ''] = await runs();
      const playbook = await readFile(join('.lyncimg/runs', run, 'rendered/playbook.yml'), 'utf8');
      expect(playbook).not.to.match(/domain/i);
    });

    it('ends before a restart that is not allowed, and says that it is pending', async () => {
      const task = 'Stop here: Restart where the features ask for it';
      process.env['PATH'] = await fakeTools(
        [tells('Install Windows features', 'changed'), tells(task, 'failed'), 'exit 2'].join('\n'),
      );
      const { exit, result, stderr } = await json('--yes');
      expect(stderr).to.contain('A restart is pending, and --reboot was not given');
      expect(result).to.include({ outcome: 'restart-needed', restartPending: true });
      expect(exit).to.equal(0);
    });

    it('says why it failed and what was changed by then: exit 3', async () => {
      process.env['PATH'] = await fakeTools(
        [tells('Do this', 'changed'), tells('Do that', 'failed', 'no way'), 'exit 2'].join('\n'),
      );
      const { exit, stdout, stderr } = await apply('--yes');
      expect(exit).to.equal(3);
      expect(stderr).to.contain('Changed on the machine:\n  Do this\n').and.to.contain('E_APPLY_TASK_FAILED');
      expect(stderr).to.contain('ansible.log');
      expect(stdout).to.equal('');
      await rm('played');
      const document = JSON.parse((await apply('--yes', '--json')).stdout) as Record<string, unknown>;
      expect(document).to.have.property('error');
      expect(document['changed']).to.deep.equal(['Do this']);
    });

    it('says which tool is missing before anybody is asked', async () => {
      process.env['PATH'] = '/nowhere';
      const { exit, stderr } = await apply('--yes');
      expect(exit).to.equal(3);
      expect(stderr).to.contain('E_TOOL_MISSING').and.to.contain('ansible');
      expect(await runs()).to.deep.equal([]);
    });
  });

  it('gives a real machine no placeholder: a file that is missing is said before anything is changed', async () => {
    host.classes['Win32_QuickFixEngineering'] = [{ HotFixID: 'KB1' }];
    const { exit, stderr } = await apply('--yes');
    expect(exit).to.equal(2);
    expect(stderr).to.contain('E_MEDIA_MISSING').and.to.contain('Windows8.1-KB2919355-x64.msu');
    expect(hasPlayed()).to.equal(false);
  });

  it('gives them to what says that it is a twin', async () => {
    host.vendor = 'lyncimg twin';
    host.classes['Win32_QuickFixEngineering'] = [{ HotFixID: 'KB1' }];
    const { exit, stderr } = await apply('--yes');
    expect(stderr).to.contain('REHEARSAL').and.to.contain('1 file is served to the machine at 127.0.0.1:');
    expect(hasPlayed()).to.equal(true);
    expect(exit).to.equal(1);
  });

  it('tries a wrong password once: exit 3', async () => {
    process.env['LYNCIMG_PASSWORD'] = 'wrong';
    const { exit, stderr } = await apply('--yes');
    expect(exit).to.equal(3);
    expect(stderr).to.contain('E_WSMAN_UNAUTHORIZED');
    expect(host.attempts).to.deep.equal([host.user]);
  });

  it('installs nothing on another Windows than it is for: exit 1 with its verdict', async () => {
    host.classes['Win32_OperatingSystem'] = [
      { Caption: 'Microsoft Windows Server 2012 Standard', ProductType: 3, Version: '6.2.9200' },
    ];
    const { exit, stdout } = await apply('--yes', '--os', '2012r2');
    expect(stdout).to.contain('os/version');
    expect(exit).to.equal(1);
    expect(hasPlayed()).to.equal(false);
  });

  for (const [what, args, word] of [
    ['two machines', ['--host', 'fe02'], 'one machine at a time'],
    ['two roles', ['--role', 'edge'], 'one machine of one role'],
    ['a pinned certificate', ['--fingerprint', 'ab'.repeat(20)], 'fingerprint'],
    ['Basic without TLS', ['--scheme', 'http', '--auth', 'basic'], 'https only'],
    ['a name to serve at', ['--serve-address', 'buildhost'], 'IP address'],
  ] as const) {
    it(`refuses ${what} before it asks the machine: exit 2`, async () => {
      const { exit, stderr } = await apply('--yes', ...args);
      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_USAGE').and.to.contain(word);
      expect(host.attempts).to.deep.equal([]);
    });
  }

  it('refuses a role that is none before it asks the machine', async () => {
    const { exit, stderr } = await runCommandClass(Apply, [...connection, '--role', 'smal']);
    expect(exit).to.equal(2);
    expect(stderr).to.contain('E_ROLE_UNKNOWN');
    expect(host.attempts).to.deep.equal([]);
  });
});
