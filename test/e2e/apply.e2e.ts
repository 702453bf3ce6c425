// Installing on a machine that runs already: the built lyncimg with real Ansible over real WinRM, against a twin that was
// deployed by somebody else and has its own certificate and password.
import { expect } from 'chai';
import { execa } from 'execa';
import { after, before, describe, it } from 'mocha';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApplyResult } from '../../src/cli/index.js';
import { renderApply, writeRendered } from '../../src/render/index.js';
import { connect } from '../../src/wsman/index.js';
import { planToApply } from '../helpers/apply-plan.js';
import { answerAtTerminal } from '../helpers/at-terminal.js';
import { leaksOf, processesOf } from '../helpers/leaks.js';
import { startLyncimg, type LyncimgProcess } from '../helpers/lyncimg-process.js';
import { until } from '../helpers/processes.js';
import { packageRoot } from '../helpers/real-plan.js';
import { startRealTwin, type RealTwin } from '../helpers/real-twin.js';

const source =
  '{ title: A test, publisher: Nobody, page: https://test.example/, date: unknown, confidence: own }';

/** One feature that asks for a restart, and what is for a machine's owner to decide. */
const desk = `apiVersion: lyncimg/v1
kind: Role
name: desk
title: For tests
description: For tests.
supports: [2012r2]
requirements:
  - feature: Telnet-Client
    source: ${source}
  - feature: Desktop-Experience
    source: ${source}
  - computer: { membership: domain }
    source: ${source}
`;

const suffixed = `apiVersion: lyncimg/v1
kind: Role
name: suffixed
title: For tests
description: For tests.
supports: [2012r2]
requirements:
  - computer: { dnsSuffix: lync.example.net }
    source: ${source}
`;

/** A machine, and a workspace to change it from, for a `describe`. */
function place() {
  let folder = '';
  let twin: RealTwin;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-e2e-'));
    await mkdir(join(folder, 'roles'));
    await writeFile(join(folder, 'roles/desk.yaml'), desk);
    await writeFile(join(folder, 'roles/suffixed.yaml'), suffixed);
    await writeFile(join(folder, 'lyncimg.yaml'), 'apiVersion: lyncimg/v1\nkind: Workspace\n');
    twin = await startRealTwin();
  });
  after(async () => {
    await twin.close();
    await rm(folder, { recursive: true, force: true });
  });
  const home = (): string => join(folder, '.lyncimg');
  const options = () => ({ cwd: folder, home: home(), env: { LYNCIMG_PASSWORD: twin.password } });
  const args = (more: string[]): string[] => {
    const { port, httpPort, caFile, user } = twin.ready;
    const http = more.includes('http');
    const way = ['--host', `127.0.0.1:${http ? httpPort : port}`, ...(http ? [] : ['--ca-file', caFile])];
    return ['apply', ...way, '--user', user, ...more];
  };
  return {
    get twin() {
      return twin;
    },
    get home() {
      return home();
    },
    options,
    args,
    apply: (...more: string[]): LyncimgProcess => startLyncimg(args(more), options()),
    runs: () => readdir(join(home(), 'runs')).catch(() => []),
  };
}

/** What a machine's owner goes in by, and what may not change by being installed on. */
async function access({ ready, password, machine }: RealTwin): Promise<object> {
  const ca = await readFile(ready.caFile, 'utf8');
  const client = connect({
    ...{ host: '127.0.0.1', port: ready.port, scheme: 'https', tls: { ca } },
    auth: { method: 'ntlm', user: ready.user, password },
  });
  try {
    const { productVendor } = await client.identify();
    const { access: key, users, tasks, computer, certificates } = machine.state;
    return structuredClone({ productVendor, key, users, tasks, computer, certificates });
  } finally {
    client.close();
  }
}

describe('lyncimg apply, over NTLM', () => {
  const at = place();
  const role = ['--role', 'windows-base', '--option', 'updates=none'];

  it('installs what is missing, from files that the machine fetches, and verify passes', async () => {
    const owners = await access(at.twin);
    const end = await at.apply(...role, '--yes', '--reboot').ended;

    expect(end, end.stderr).to.include({ code: 0 });
    expect(end.stdout).to.contain('Nothing falls short: 0 fail, 0 unknown, 0 warn, 5 pass');
    expect(end.stderr).to.match(/2 files are served to the machine at 127\.0\.0\.1:\d+/);
    expect(at.twin.machine.state.hotfixes.map(({ kb }) => kb)).to.include.members(['KB2919442', 'KB2919355']);
    expect(at.twin.machine.state.power.boots).to.be.above(1);

    const [run = ''] = await at.runs();
    const log = await readFile(join(at.home, 'runs', run, 'ansible.log'), 'utf8');
    expect(log).to.match(/TASK \[Fetch hotfixes\/Windows8\.1-KB2919355-x64\.msu\] \*+\nchanged: \[machine\]/);
    expect(Object.keys(at.twin.machine.state.files).join()).not.to.contain('media');
    expect(Object.keys(at.twin.machine.state.folders).join()).not.to.contain('media');
    expect(await access(at.twin)).to.deep.equal(owners);
    expect(leaksOf([at.twin.password], at.home)).to.deep.equal([]);
    at.twin.assertSound();
  });

  it('changes nothing the second time, and starts no tool', async () => {
    const boots = at.twin.machine.state.power.boots;
    const end = await at.apply(...role, '--yes', '--reboot').ended;

    expect(end, end.stderr).to.include({ code: 0 });
    expect(end.stderr).to.contain('Nothing is to be installed.');
    expect(await at.runs()).to.have.length(1);
    expect(at.twin.machine.state.power.boots).to.equal(boots);
  });
});

describe('lyncimg apply on a machine that asks for a restart', () => {
  const at = place();

  it('changes nothing where somebody at the terminal says no', async () => {
    const { code, shown } = await answerAtTerminal(at.args(['--role', 'desk']), {
      ...{ answer: 'n', ...at.options() },
    });
    expect(code, shown).to.equal(0);
    expect(shown).to.contain('Install these 2 on 127.0.0.1:').and.to.contain('Nothing was changed.');
    expect(await at.runs()).to.deep.equal([]);
    expect(at.twin.machine.feature('Telnet-Client')?.state).to.equal('Available');
  });

  it('restarts nothing without --reboot, over http with sealed messages, and says that a restart is pending', async () => {
    const boots = at.twin.machine.state.power.boots;
    const end = await at.apply('--role', 'desk', '--yes', '--json', '--scheme', 'http').ended;

    expect(end.code, end.stderr).to.equal(1);
    const result = JSON.parse(end.stdout) as ApplyResult;
    expect(result).to.include({ outcome: 'restart-needed', restartPending: true });
    expect(end.stderr).to.contain('A restart is pending, and --reboot was not given');
    expect(at.twin.machine.state.power.boots).to.equal(boots);
  });

  it('goes on over Basic when it may restart it, and joins no domain', async () => {
    const owners = await access(at.twin);
    const end = await at.apply('--role', 'desk', '--yes', '--reboot', '--json', '--auth', 'basic').ended;

    expect(end.code, end.stderr).to.equal(1);
    const result = JSON.parse(end.stdout) as ApplyResult;
    expect(result).to.include({ outcome: 'applied', restartPending: false });
    expect(result.leftAlone).to.deep.equal([
      { id: 'computer/membership', title: 'Computer: domain (any)', why: 'owner' },
    ]);
    const { verdicts } = result.report.hosts[0]!.reports[0]!;
    expect(verdicts.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id)).to.deep.equal([
      'computer/membership',
    ]);
    expect(at.twin.machine.feature('Desktop-Experience')?.state).to.equal('Installed');
    expect(await access(at.twin)).to.deep.equal(owners);
    at.twin.assertSound();
  });

  it('gives it a primary DNS suffix, which Windows goes by after a restart', async () => {
    const end = await at.apply('--role', 'suffixed', '--yes', '--reboot').ended;

    expect(end, end.stderr).to.include({ code: 0 });
    expect(at.twin.machine.facts().dnsSuffix).to.equal('lync.example.net');
  });
});

describe('lyncimg apply that is interrupted', () => {
  const at = place();

  it('ends Ansible and leaves no secret: exit 130', async () => {
    const apply = at.apply('--role', 'desk', '--yes');
    await until(() => processesOf(at.home).some(({ cmdline }) => cmdline.includes('ansible-playbook')));
    apply.kill('SIGINT');
    const end = await apply.ended;

    expect(end, end.stderr).to.include({ code: 130 });
    expect(end.stderr).to.contain('E_INTERRUPTED');
    expect(processesOf(at.home)).to.deep.equal([]);
    expect(leaksOf([at.twin.password], at.home)).to.deep.equal([]);
    const [run = ''] = await at.runs();
    expect(await readFile(join(at.home, 'runs', run, 'run.json'), 'utf8')).to.contain('"interrupted"');
  });
});

describe('the playbook of apply', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-e2e-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is taken by Ansible and by ansible-lint', async () => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, LC_ALL: 'C.UTF-8' };
    const run = async (program: string, args: string[], more: Record<string, string> = {}): Promise<void> => {
      const { exitCode, all } = await execa(program, args, {
        ...{ cwd: folder, env: { ...env, ...more }, extendEnv: false, reject: false, all: true },
      });
      expect(exitCode, `${program} ${args.join(' ')}\n${all}`).to.equal(0);
    };
    for (const [name, on, reboot] of [
      ['edge', '2012r2', true],
      ['front-end', '2008r2', false],
    ] as const) {
      const planned = await planToApply(name, {}, { on });
      const { files } = renderApply(planned.request({ reboot, restartFirst: true }));
      await writeRendered(files, join(folder, name));
      const settings = { ANSIBLE_CONFIG: join(folder, name, 'ansible.cfg') };
      const texts = ['playbook.yml', 'inventory.yml'].map((file) => join(name, file));
      await run('ansible-playbook', ['-i', texts[1]!, '--syntax-check', texts[0]!], settings);
      const lint = join(packageRoot, 'playbooks/.ansible-lint');
      await run('ansible-lint', ['--offline', '--nocolor', '-c', lint, '--project-dir', folder, ...texts]);
    }
  });
});
