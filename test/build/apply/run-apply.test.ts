// A run against a machine that is only a port: `ansible-playbook` is a program that asks the test what to do.
import { expect } from 'chai';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { appendFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { runApply, type ApplyEvent, type ApplyOutcome } from '../../../src/build/index.js';
import type { ApplyOptions } from '../../../src/build/apply/run-apply.js';
import { LyncimgError } from '../../../src/errors/index.js';
import { openStore } from '../../../src/images/index.js';
import { planToApply, type AppliedPlan } from '../../helpers/apply-plan.js';
import { controlledTool, type ControlledTool, type ToolRun } from '../../helpers/fake-tool.js';
import { leaksOf } from '../../helpers/leaks.js';
import { isRunning, until } from '../../helpers/processes.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const password = 'p4ss wörd of the machine';
const fetching = 'Fetch hotfixes/Windows8.1-KB2919442-x64.msu';

describe('a run of apply', () => {
  const folder = temporaryFolder();
  let base: AppliedPlan;
  let machine: Server;
  let ansible: ControlledTool;
  let events: ApplyEvent[];
  let interrupt: AbortController;

  before(async () => {
    base = await planToApply('windows-base', { updates: 'none' });
  });
  beforeEach(async () => {
    machine = createServer((socket) => {
      socket.on('error', () => undefined).resume();
    });
    await new Promise<void>((resolve) => machine.listen(0, '127.0.0.1', resolve));
    ansible = await controlledTool(folder.path, 'ansible-playbook');
    events = [];
    interrupt = new AbortController();
  });
  afterEach(async () => {
    await ansible.close();
    await new Promise<void>((resolve) =>
      machine.close(() => {
        resolve();
      }),
    );
  });

  const home = (): string => join(folder.path, 'state');
  function apply(change: Partial<ApplyOptions> = {}): Promise<ApplyOutcome> {
    const { port } = machine.address() as AddressInfo;
    return runApply({
      machine: {
        ...{ host: '127.0.0.1', port, name: `127.0.0.1:${port}`, user: 'Administrator', password },
        authorities: 'PEM of the authority\n',
      },
      what: base.request(),
      sources: new Map(),
      serveAt: null,
      ansible: {
        tool: {
          ...{ name: 'ansible-playbook', path: ansible.path, version: '2.14.18', python: '/usr/bin/python3' },
          ...{ warnings: [], passedOver: [] },
        },
        ...{ needsLegacyProvider: true, warnings: [] },
      },
      store: openStore(home()),
      environment: { PATH: '/usr/bin:/bin', HOME: folder.path, LYNCIMG_PASSWORD: password },
      signal: interrupt.signal,
      emit: (event) => events.push(event),
      ...change,
    });
  }
  /** What the callback plugin would append. */
  const tell = (run: ToolRun, task: string, status: string, message = ''): Promise<void> => {
    const event = { type: 'task-finished', task, status, message };
    return appendFile(
      join(run.env['LYNCIMG_REPORTS']!, 'ansible-events.jsonl'),
      `${JSON.stringify(event)}\n`,
    );
  };
  const isServed = async (run: ToolRun): Promise<boolean> =>
    fetch(`${run.env['LYNCIMG_MEDIA_URL']!}/hotfixes/Windows8.1-KB2919442-x64.msu`).then(
      async (response) => (await response.text()).includes('"lyncimg":"placeholder"') && response.ok,
      () => false,
    );
  const recordOf = async (outcome: ApplyOutcome): Promise<Record<string, unknown>> =>
    JSON.parse(await readFile(join(outcome.folder, 'run.json'), 'utf8')) as Record<string, unknown>;

  it('starts Ansible on the rendered playbook, with the password in its environment and nowhere else', async () => {
    const ending = apply();
    const run = await ansible.started();
    expect(run.args).to.deep.equal(['--inventory', 'inventory.yml', 'playbook.yml']);
    expect(await readdir(run.cwd)).to.include.members(['ansible.cfg', 'inventory.yml', 'playbook.yml']);
    expect(run.env).to.include({ LYNCIMG_GUEST_PASSWORD: password, LYNCIMG_HOST: '127.0.0.1' });
    expect(run.env).not.to.have.property('LYNCIMG_PASSWORD');
    expect(await readFile(run.env['LYNCIMG_CA_FILE']!, 'utf8')).to.equal('PEM of the authority\n');
    expect(await readFile(run.env['OPENSSL_CONF']!, 'utf8')).to.contain('legacy = active');
    const secret = run.env['LYNCIMG_MEDIA_URL']!.slice(-32);
    expect(leaksOf([password, secret], home())).to.deep.equal([]);
    await run.print(`fatal: ${password} at ${run.env['LYNCIMG_MEDIA_URL']!}\n`, 'stderr');
    run.exit(0);
    const outcome = await ending;

    expect(outcome).to.include({ error: null, restartHeldBack: null });
    expect(await readFile(join(outcome.folder, 'ansible.log'), 'utf8')).to.contain('<redacted>');
    expect(leaksOf([password, secret], home())).to.deep.equal([]);
    expect(await recordOf(outcome)).to.deep.include({ state: 'done' });
    expect(await readdir(outcome.folder)).not.to.include.members(['secrets', 'tmp']);
  });

  it('serves the files while Ansible runs, and no longer', async () => {
    const ending = apply();
    const run = await ansible.started();
    expect(await isServed(run)).to.equal(true);
    run.exit(0);
    await ending;
    expect(await isServed(run)).to.equal(false);
    const serving = events.find((event) => event.type === 'serving');
    expect(serving).to.include({ files: 2 });
    expect(serving)
      .to.have.property('at')
      .that.matches(/^127\.0\.0\.1:\d+$/);
  });

  it('serves a file from where it lies', async () => {
    await writeFile(join(folder.path, 'x.msu'), 'the real file');
    const items = base.request().media.map((item) => ({ ...item, origin: 'file' as const }));
    const sources = new Map(items.map(({ path }) => [path, join(folder.path, 'x.msu')]));
    const ending = apply({ what: base.request({ media: items }), sources });
    const run = await ansible.started();
    const answer = await fetch(`${run.env['LYNCIMG_MEDIA_URL']!}/${items[0]!.path}`);
    expect(await answer.text()).to.equal('the real file');
    run.exit(0);
    await ending;
  });

  it('serves nothing where nothing is needed', async () => {
    const ending = apply({ what: base.request({ media: [] }) });
    const run = await ansible.started();
    expect(run.env).not.to.have.property('LYNCIMG_MEDIA_URL');
    run.exit(0);
    await ending;
    expect(events.map(({ type }) => type)).not.to.include('serving');
  });

  it('trusts what Node trusts where no authority is named, and nothing without TLS', async () => {
    const { port } = machine.address() as AddressInfo;
    const own = { host: '127.0.0.1', port, name: 'x', user: 'u', password, authorities: null };
    const first = apply({ machine: own });
    const run = await ansible.started();
    expect(await readFile(run.env['LYNCIMG_CA_FILE']!, 'utf8')).to.contain(rootCertificates[0]);
    run.exit(0);
    await first;
    const transport = { scheme: 'http', method: 'ntlm' } as const;
    const second = apply({ machine: own, what: base.request({ transport }) });
    const plain = await ansible.started();
    expect(plain.env).not.to.have.property('LYNCIMG_CA_FILE');
    plain.exit(0);
    await second;
  });

  it('tells what happens, and which tasks changed the machine; errands are none', async () => {
    const ending = apply();
    const run = await ansible.started();
    await tell(run, fetching, 'changed');
    await tell(run, 'Install hotfix KB2919442', 'changed');
    await tell(run, 'Stop here: Restart where KB2919442 asks for it', 'skipped');
    await tell(run, 'Set NoAutoUpdate to 1', 'ok');
    run.exit(0);
    const outcome = await ending;
    expect(outcome.changed).to.deep.equal(['Install hotfix KB2919442']);
    expect(events.map(({ type }) => type)).to.deep.equal([
      ...['run-started', 'serving', 'ansible-started', 'task-finished', 'task-finished', 'task-finished'],
    ]);
  });

  it('ends before a restart that is not allowed: no failure, but something to say', async () => {
    const ending = apply();
    const run = await ansible.started();
    await tell(run, 'Install hotfix KB2919355', 'changed');
    await tell(run, 'Stop here: Restart where KB2919355 asks for it', 'failed', 'Windows asks for a restart');
    // What clears up after it may fail, too, and is not the reason.
    await tell(run, 'Remove the folder of the files', 'failed', 'in use');
    const left = { filesLeftIn: 'C:\\ProgramData\\lyncimg\\media' };
    run.exit(2);
    const outcome = await ending;
    expect(outcome).to.include({
      error: null,
      restartHeldBack: 'Restart where KB2919355 asks for it',
      ...left,
    });
    expect(await recordOf(outcome)).to.deep.include({ state: 'done' });
  });

  it('says why it failed, and what it had changed by then', async () => {
    const ending = apply();
    const run = await ansible.started();
    await tell(run, 'Install hotfix KB2919442', 'changed');
    await tell(run, 'Install hotfix KB2919355', 'failed', 'hotfix package is not applicable for this server');
    await tell(run, 'Remove the folder of the files', 'changed');
    run.exit(2);
    const outcome = await ending;
    expect(outcome.error).to.include({ code: 'E_APPLY_HOTFIX_NOT_APPLICABLE' });
    expect(outcome.changed).to.deep.equal(['Install hotfix KB2919442']);
    expect(outcome.filesLeftIn).to.equal(null);
    expect(await recordOf(outcome)).to.deep.include({ state: 'failed' });
    expect(await isServed(run)).to.equal(false);
  });

  it('says what Ansible said where no task failed', async () => {
    const ending = apply();
    const run = await ansible.started();
    await run.print("ERROR! couldn't resolve module/action\n", 'stderr');
    run.exit(4);
    expect((await ending).error).to.include({ code: 'E_APPLY_ANSIBLE_FAILED' });
  });

  it('starts nothing where the files cannot be served', async () => {
    const outcome = await apply({ serveAt: { address: '192.0.2.1', port: 0 } });
    expect(outcome.error).to.be.instanceOf(LyncimgError).and.to.include({ code: 'E_APPLY_SERVE' });
    expect(ansible.runs).to.equal(0);
    expect(await recordOf(outcome)).to.deep.include({ state: 'failed' });
  });

  it('ends Ansible and all that it started when it is interrupted, and serves nothing more', async () => {
    const ending = apply();
    const run = await ansible.started();
    const grandchild = await run.startGrandchild();
    const reason = new Error('interrupted');
    interrupt.abort(reason);
    const outcome = await ending;
    expect(outcome.error).to.equal(reason);
    expect(outcome.filesLeftIn).to.equal('C:\\ProgramData\\lyncimg\\media');
    expect(await recordOf(outcome)).to.deep.include({ state: 'interrupted' });
    await until(() => !isRunning(run.pid) && !isRunning(grandchild));
    expect(await isServed(run)).to.equal(false);
  });

  it('can be found again after a kill: its process is on record before anything is waited for', async () => {
    const ending = apply();
    const run = await ansible.started();
    const [id = ''] = await readdir(join(home(), 'runs'));
    await until(async () =>
      (await readFile(join(home(), 'runs', id, 'run.json'), 'utf8')).includes(`"pgid": ${run.pid}`),
    );
    expect(run.env['LYNCIMG_RUN']).to.equal(id);
    expect((await stat(join(home(), 'runs', id))).mode & 0o777).to.equal(0o700);
    run.exit(0);
    await ending;
  });

  it('begins no run where it is interrupted already', async () => {
    const reason = new Error('interrupted');
    interrupt.abort(reason);
    const caught = await apply().catch((error: unknown) => error);
    expect(caught).to.equal(reason);
    expect(ansible.runs).to.equal(0);
  });
});
