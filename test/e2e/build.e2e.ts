// The whole way: `lyncimg build` with real Packer, real Ansible and the real twin.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildEvent } from '../../src/build/index.js';
import type { BuildResult } from '../../src/cli/index.js';
import type { LyncimgError } from '../../src/errors/index.js';
import { connect } from '../../src/wsman/index.js';
import { reach, withDeployedTwin } from '../helpers/deployed-twin.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { leaksOf, processesOf } from '../helpers/leaks.js';
import { startBuild, startLyncimg, writeBuildWorkspace } from '../helpers/lyncimg-process.js';
import { until } from '../helpers/processes.js';
import { packageRoot } from '../helpers/real-plan.js';

/** A folder for a `describe`, with its store. */
function place(): { readonly folder: string; readonly home: string } {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-e2e-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return {
    get folder() {
      return folder;
    },
    get home() {
      return join(folder, '.lyncimg');
    },
  };
}

const isTool =
  (layer: string, tool: string) =>
  (event: BuildEvent): boolean =>
    event.type === 'tool-started' && event.layer === layer && event.tool === tool;

describe('lyncimg build --os 2012r2', () => {
  const at = place();

  it('bakes the front end in four layers; the key of one opens no other', async () => {
    await writeFile(
      join(at.folder, 'lyncimg.yaml'),
      'apiVersion: lyncimg/v1\nkind: Workspace\nplatform: twin\nroles: [front-end]\n',
    );
    const options = { cwd: at.folder, home: at.home };
    const build = startBuild(['--os', '2012R2', '--junit', 'verdicts.xml'], options);

    await build.event(isTool('windows-base', 'packer'));
    const old = await keyOf(at.home);
    await build.event(isTool('lync-common', 'packer'));
    const now = await keyOf(at.home);
    expect(await attempt({ ...now, password: old.password })).to.equal('E_WSMAN_UNAUTHORIZED');
    expect(await attempt({ ...now, ca: old.ca })).to.equal('E_WSMAN_CERTIFICATE');
    expect(await attempt(now)).to.equal('answers');

    const end = await build.ended;
    expect(end, end.stderr).to.include({ code: 0 });
    expect(end.stdout).to.match(/^rehearsal\/front-end-2012r2@[0-9a-f]{12}\n$/);
    const built = build.events.flatMap((event) => (event.type === 'layer-built' ? [event.layer] : []));
    expect(built).to.deep.equal(['windows-base', 'lync-common', 'lync-web', 'front-end']);
    expect(await readFile(join(at.folder, 'verdicts.xml'), 'utf8')).to.match(/^<\?xml.*<testsuite/s);
    expect(leaksOf([old.password, now.password], at.home)).to.deep.equal([]);
  });

  it('finds all layers the second time and starts no tool', async () => {
    const build = startBuild(['--os', '2012r2', '--json'], { cwd: at.folder, home: at.home });
    const end = await build.ended;

    expect(end, end.stderr).to.include({ code: 0 });
    expect(build.events.filter(({ type }) => type === 'tool-started')).to.deep.equal([]);
    const result = JSON.parse(end.stdout) as BuildResult;
    const schema = JSON.parse(
      await readFile(join(packageRoot, 'schemas/build.schema.json'), 'utf8'),
    ) as object;
    const validate = new Ajv2020().compile(schema);
    expect(validate(result), JSON.stringify(validate.errors)).to.equal(true);
    expect(result.images[0]).to.include({ outcome: 'reused', rehearsal: true });
  });

  it('is shown by images list, and says REHEARSAL', async () => {
    const end = await startLyncimg(['images', 'list'], { cwd: at.folder, home: at.home }).ended;
    expect(end.stdout)
      .to.include('front-end')
      .and.match(/rehearsal/i);
  });

  it('can be deployed as a copy, which verify judges in both stages without a shell', async () => {
    await writeFile(
      join(at.folder, 'machine.yaml'),
      'name: FE01\ndomain: lync.example.net\nmemoryMb: 32768\nprocessors: 12\n',
    );

    const lonely = await verifyCopy(at, []);
    expect(lonely.code).to.equal(1);
    expect(lonely.stdout).to.include('computer/membership').and.include('REHEARSAL');

    const joined = await verifyCopy(at, ['--as', 'machine.yaml']);
    expect(joined, joined.stdout).to.include({ code: 0, shells: '0' });
  });
});

/** Starts a deployed copy of the front end, verifies it, and asks the twin how many shells that took. */
async function verifyCopy(
  at: { folder: string; home: string },
  as: string[],
): Promise<{ code: number | null; stdout: string; shells: unknown }> {
  const args = ['--image', 'front-end-2012r2', ...as];
  return withDeployedTwin({ folder: at.folder, home: at.home, args }, async (twin) => {
    const { flags, env } = reach(twin);
    const verify = startLyncimg(['verify', ...flags, '--role', 'front-end'], {
      cwd: at.folder,
      home: at.home,
      env,
    });
    const { code, stdout } = await verify.ended;

    const { host, port, user, password, caFile } = twin;
    const client = connect({
      host,
      port,
      scheme: 'https',
      auth: { method: 'ntlm', user, password },
      tls: { ca: await readFile(caFile, 'utf8') },
    });
    const wql = 'select ShellsCreated from Lyncimg_TwinCounters';
    const [counters] = await client.enumerate({ namespace: 'root/lyncimg', wql });
    client.close();
    return { code, stdout, shells: counters?.['ShellsCreated'] };
  });
}

describe('a build in bad surroundings', () => {
  let noexec: string | undefined;
  // Before place() takes the folder away.
  after(() => {
    if (noexec !== undefined) execFileSync('umount', [noexec]);
  });
  const at = place();

  it('goes well under LC_ALL=C, a proxy, a noexec TMPDIR, another packer, and a folder that all may write', async () => {
    await writeBuildWorkspace(at.folder, ['small']);
    await chmod(at.folder, 0o777);
    noexec = await mountNoexec(join(at.folder, 'tmp'));
    const bin = join(at.folder, 'other bin');
    await mkdir(bin);
    // cracklib's packer reads words from stdin and knows no --version.
    await scriptTool(bin, 'packer', 'echo "0 0"');

    // A blank in its path, and the state beside it in a folder of its own.
    const home = join(at.folder, 'state of mine');
    const build = startBuild([], {
      cwd: at.folder,
      home,
      env: {
        PATH: `${bin}:${process.env['PATH'] ?? ''}`,
        LC_ALL: 'C',
        HTTPS_PROXY: 'http://127.0.0.1:9',
        TMPDIR: join(at.folder, 'tmp'),
        ANSIBLE_STRATEGY: 'nonsense',
      },
    });
    const end = await build.ended;

    expect(end, end.stderr).to.include({ code: 0 });
    const warnings = build.events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(warnings.join('\n')).to.include(join(bin, 'packer')).and.include('ANSIBLE_STRATEGY');
  });

  it('stops before anything is started where Ansible is missing', async () => {
    const bin = join(at.folder, 'bin');
    await mkdir(bin);
    await scriptTool(bin, 'packer', 'exec /usr/bin/packer "$@"');
    const build = startBuild([], { cwd: at.folder, home: at.home, env: { PATH: bin } });
    const end = await build.ended;

    expect(end.code).to.equal(3);
    expect(end.stderr).to.include('E_DOCTOR_PROBLEMS').and.include('ansible-playbook');
    expect(end.stderr).to.include('apt-get install ansible');
    expect(build.events.map(({ type }) => type)).to.not.include('tool-started');
  });
});

describe('a build that fails', () => {
  const at = place();
  before(() => writeBuildWorkspace(at.folder, ['hasty']));

  it('as Windows would: a hotfix before the one that it needs; the guest is kept for a look when asked', async () => {
    const build = startBuild(['--keep-on-failure'], { cwd: at.folder, home: at.home });
    const end = await build.ended;

    expect(end.code).to.equal(3);
    expect(end.stdout).to.equal('');
    expect(end.stderr).to.include('E_BUILD_HOTFIX_NOT_APPLICABLE').and.include('packer.log');
    expect(end.stderr.split('\n').length).to.be.lessThan(12);
    const kept = build.events.flatMap((event) => (event.type === 'kept' ? [event.message] : [])).join();
    expect(kept).to.include('password');
    const twins = processesOf(at.home);
    expect(twins).to.have.length(1);
    const guest = await keyOf(at.home);
    expect(await attempt(guest)).to.equal('answers');

    const { run } = build.events.find((event) => event.type === 'build-started')!;
    const ending = await startLyncimg(['runs', 'end', run], { cwd: at.folder, home: at.home }).ended;
    expect(ending, ending.stderr).to.include({ code: 0 });
    expect(processesOf(at.home)).to.deep.equal([]);
    expect(leaksOf([guest.password], at.home)).to.deep.equal([]);
  });

  // The first layer, and the one that starts from the first one's state.
  for (const layer of ['small', 'small-plus']) {
    it(`because the twin of ${layer} dies in the middle of a task ends soon, and says so`, async () => {
      await writeBuildWorkspace(at.folder, ['small-plus']);
      const build = startBuild([], { cwd: at.folder, home: at.home });
      await build.event((event) => event.type === 'task-started' && event.layer === layer);
      const twin = processesOf(at.home).find(({ cmdline }) => cmdline.includes(' twin start '))!;
      const killed = Date.now();
      process.kill(twin.pid, 'SIGKILL');
      const end = await build.ended;

      expect(end.code).to.equal(3);
      expect(end.stderr)
        .to.include('E_BUILD_GUEST_DIED')
        .and.include('SIGKILL')
        .and.include(`layer ${layer}`);
      expect(Date.now() - killed).to.be.lessThan(10_000);
      expect(processesOf(at.home)).to.deep.equal([]);
    });
  }
});

describe('two builds of the same layer at once', () => {
  const at = place();

  it('have one writer: the other waits and takes what was made', async () => {
    await writeBuildWorkspace(at.folder, ['small']);
    const both = [1, 2].map(() => startBuild([], { cwd: at.folder, home: at.home }));
    const ends = await Promise.all(both.map(({ ended }) => ended));

    expect(ends.map(({ code }) => code)).to.deep.equal([0, 0]);
    expect(ends[0]!.stdout).to.equal(ends[1]!.stdout);
    const events = both.flatMap((build) => build.events);
    // Whoever waited for the layer may then wait for its sealing, too.
    const waited = events.flatMap((event) => (event.type === 'layer-waiting' ? [event.layer] : []));
    expect(waited.filter((layer) => layer === 'small')).to.have.length(1);
    expect(events.filter(({ type }) => type === 'image-sealed')).to.have.length(1);
    expect(events.filter(({ type }) => type === 'layer-built')).to.have.length(1);
    expect(events.filter(({ type }) => type === 'layer-reused')).to.have.length(1);
  });
});

interface Key {
  port: number;
  password: string;
  ca: string;
}

/** The key of the guest that is being baked now, from the environment of Packer (or of the kept twin). */
async function keyOf(home: string): Promise<Key> {
  let key: Key | undefined;
  await until(async () => {
    for (const { environment, cmdline } of processesOf(home)) {
      const password = environment['LYNCIMG_TWIN_PASSWORD'];
      const answer = / --answer (\S+)/.exec(cmdline)?.[1];
      if (password === undefined || answer === undefined) continue;
      const log = await readFile(join(answer, '../../..', answer.split('/').at(-2)!, 'twin.log'), 'utf8');
      const port = /"port":(\d+)/.exec(log)?.[1];
      if (port === undefined) continue;
      key = { port: Number(port), password, ca: await readFile(join(answer, 'ca.crt'), 'utf8') };
    }
    return key !== undefined;
  });
  return key!;
}

async function attempt({ port, password, ca }: Key): Promise<string> {
  const client = connect({
    ...{ host: '127.0.0.1', port, scheme: 'https', tls: { ca } },
    auth: { method: 'ntlm', user: 'Administrator', password },
  });
  try {
    await client.identify();
    return 'answers';
  } catch (error) {
    return (error as LyncimgError).code;
  } finally {
    client.close();
  }
}

/** Undefined where mounting is not allowed: the rest of the test is worth its while all the same. */
async function mountNoexec(path: string): Promise<string | undefined> {
  await mkdir(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,noexec', 'lyncimg-test', path], {
      stdio: 'ignore',
    });
    return path;
  } catch {
    return undefined;
  }
}
