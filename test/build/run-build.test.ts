import { expect } from 'chai';
import { describe, it } from 'mocha';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, type LyncimgError } from '../../src/errors/index.js';
import { until } from '../helpers/processes.js';
import { buildRig, flag, passed } from './rig.js';

describe('a build of one layer', () => {
  const rig = buildRig();

  it('bakes, judges, stores, seals, and says so in this order', async () => {
    const building = rig.build();
    await rig.layerIsBuilt();
    await rig.seals();
    const outcome = await building;

    expect(outcome).to.include({ outcome: 'built', rehearsal: true });
    expect(rig.typesOf()).to.deep.equal([
      'build-started',
      'layer-started',
      'phase-started',
      'tool-started',
      'tool-started',
      'gate-judged',
      'phase-started',
      'layer-built',
      'tool-started',
      'image-sealed',
      'build-finished',
    ]);
    expect(await rig.store.hasLayer(rig.plan.layers[0]!.digest)).to.equal(true);
    const image = await rig.store.image(rig.plan.seal.digest);
    expect(image?.manifest).to.deep.include({
      role: 'windows-base',
      rehearsal: true,
      verdicts: { pass: 1, warn: 1, fail: 0, unknown: 0, 'after-deployment': 0 },
    });
    expect(image?.manifest.placeholders).to.deep.equal(rig.plan.layers[0]!.media.map(({ path }) => path));
    expect((outcome as { reference: string }).reference).to.equal(image?.manifest.reference);
  });

  it('starts neither guest nor Packer when everything is stored', async () => {
    const building = rig.build();
    await rig.layerIsBuilt();
    await rig.seals();
    await building;
    const { runs } = rig.lyncimg;

    // Without tools: they are asked for by nobody.
    const outcome = await rig.build({ tools: { ...rig.tools, packer: null, ansible: null } });

    expect(outcome.outcome).to.equal('reused');
    expect(outcome.report?.verdicts).to.deep.equal(passed);
    expect(rig.packer.runs).to.equal(1);
    expect(rig.lyncimg.runs).to.equal(runs);
  });

  it('builds all again with --force', async () => {
    for (const force of [false, true]) {
      const building = rig.build({ force });
      await rig.layerIsBuilt();
      await rig.seals();
      expect((await building).outcome).to.equal('built');
    }
    expect(rig.packer.runs).to.equal(2);
  });

  it('hands the password over by environment alone', async () => {
    const building = rig.build();
    const guest = await rig.guest();
    const packer = await rig.bakes();
    const { env } = packer.run;

    expect(guest.password).to.match(/^[A-Za-z0-9]{32}$/);
    expect(env['LYNCIMG_GUEST_PASSWORD']).to.equal(guest.password);
    for (const run of [guest.run, packer.run]) expect(run.args.join(' ')).to.not.include(guest.password);

    await packer.judge(passed);
    await guest.end();
    packer.run.exit(0);
    await rig.seals();
    await building;
  });

  it('gives Packer the environment that the template asks for, and nothing of the user', async () => {
    const building = rig.build({
      environment: {
        ...{ PATH: '/usr/bin:/bin', HOME: '/home/me', LC_ALL: 'C', HTTPS_PROXY: 'http://proxy:3128' },
        ...{ ANSIBLE_STRATEGY: 'free', PACKER_LOG: '1', AWS_SECRET_ACCESS_KEY: 'mine' },
      },
    });
    const guest = await rig.guest();
    const packer = await rig.bakes();
    const { env } = packer.run;

    expect(env).to.include({
      LYNCIMG_HOST: '127.0.0.1',
      LYNCIMG_PORT: String(guest.port),
      LYNCIMG_USER: 'Administrator',
      LYNCIMG_COMMAND: rig.lyncimg.path,
      LC_ALL: 'C.UTF-8',
      CHECKPOINT_DISABLE: '1',
      PACKER_NO_COLOR: '1',
      HTTPS_PROXY: 'http://proxy:3128',
    });
    expect(env['PATH']).to.equal('/opt/ansible/bin:/usr/bin:/bin');
    expect(env['NO_PROXY']).to.include('127.0.0.1');
    expect(env['no_proxy']).to.include('127.0.0.1');
    expect(env['TMPDIR']!.startsWith(join(rig.store.folder, 'runs'))).to.equal(true);
    expect(env['ANSIBLE_CONFIG']).to.match(/rendered\/ansible\.cfg$/);
    expect(await readFile(env['SSL_CERT_FILE']!, 'utf8')).to.include(
      await readFile(env['LYNCIMG_CA_FILE']!, 'utf8'),
    );
    expect(env).to.not.have.any.keys('ANSIBLE_STRATEGY', 'PACKER_LOG', 'AWS_SECRET_ACCESS_KEY');
    expect(rig.events).to.deep.include.members([
      {
        ...rig.events.find(({ type }) => type === 'warning')!,
        message:
          'Packer and Ansible do not get these variables of your environment: ANSIBLE_STRATEGY, PACKER_LOG',
      },
    ]);

    await packer.judge(passed);
    await guest.end();
    packer.run.exit(0);
    await rig.seals();
    await building;
  });

  it('keeps the key for its owner alone while it lasts, and deletes it at the end', async () => {
    const building = rig.build();
    const guest = await rig.guest();
    const answer = flag(guest.run, '--answer');
    expect((await stat(join(answer, 'server.key'))).mode & 0o777).to.equal(0o600);
    const key = await readFile(join(answer, 'server.key'), 'utf8');

    const packer = await rig.bakes();
    await packer.run.print(`ansible says ${guest.password}\n`);
    await packer.run.print(`${key}\n`);
    await packer.judge(passed);
    await guest.end();
    packer.run.exit(0);
    await rig.seals();
    const { folder } = await building;

    expect(existsSync(answer)).to.equal(false);
    const secrets = [guest.password, key.split('\n')[3]!];
    for (const file of await filesBelow(rig.store.folder)) {
      const text = await readFile(file, 'utf8');
      for (const secret of secrets) expect(text.includes(secret), file).to.equal(false);
    }
    expect(
      (await readdir(folder)).filter((name) => ['tmp', 'secrets', 'sealed.json'].includes(name)),
    ).to.deep.equal([]);
  });

  it('tells phases and tasks as Packer and Ansible come to them', async () => {
    const building = rig.build();
    const guest = await rig.guest();
    const packer = await rig.bakes();
    await packer.run.print('==> windows-base.null.guest: Running local shell script: /tmp/packer-shell1\n');
    await packer.tellTask({ type: 'task-started', task: 'Install', index: 1, total: 2, play: 'p' });
    await packer.tellTask({ type: 'task-finished', task: 'Install', status: 'changed', message: '' });
    await packer.run.print('==> windows-base.null.guest: Running local shell script: /tmp/packer-shell2\n');
    await packer.run.print('==> windows-base.null.guest: Running local shell script: /tmp/packer-shell3\n');
    await packer.judge(passed);
    await guest.end();
    packer.run.exit(0);
    await rig.seals();
    await building;

    const phases = rig.events.flatMap((event) => (event.type === 'phase-started' ? [event.phase] : []));
    expect(phases).to.deep.equal(['start', 'ansible', 'gate', 'unkey', 'publish']);
    expect(rig.typesOf()).to.include.members(['task-started', 'task-finished']);
  });

  it('records every child before it is asked for anything, and the end of the run', async () => {
    const building = rig.build();
    const guest = await rig.guest();
    const packer = await rig.bakes();
    const started = rig.events.find((event) => event.type === 'build-started')!;
    const id = started.run;
    expect(guest.run.env['LYNCIMG_RUN']).to.equal(id);
    expect(packer.run.env['LYNCIMG_RUN']).to.equal(id);

    await packer.judge(passed);
    await guest.end();
    packer.run.exit(0);
    await rig.seals();
    await building;

    const { record } = await rig.store.openRun(id);
    expect(record.state).to.equal('done');
    expect(record.processes.map(({ what }) => what)).to.deep.equal(['twin', 'packer', 'seal']);
  });
});

describe('a build of a chain', () => {
  const rig = buildRig('lync-common');

  it('starts each layer from the state of the one below', async () => {
    const building = rig.build();
    await rig.layerIsBuilt();
    const guest = await rig.guest();
    expect(JSON.parse(await readFile(flag(guest.run, '--state'), 'utf8'))).to.include({ access: 'unkeyed' });
    const packer = await rig.bakes();
    await packer.judge(passed);
    await guest.end();
    packer.run.exit(0);
    await rig.seals();

    const outcome = await building;
    expect(outcome).to.have.property('outcome', 'built');
    expect((outcome as { layers: { name: string }[] }).layers.map(({ name }) => name)).to.deep.equal([
      'windows-base',
      'lync-common',
    ]);
  });

  it('goes on from the last complete layer after a failure', async () => {
    const first = rig.build();
    await rig.layerIsBuilt();
    const guest = await rig.guest();
    (await rig.bakes()).run.exit(1);
    expect((await first).outcome).to.equal('failed');
    expect(guest.run.pid).to.be.greaterThan(0);

    const second = rig.build();
    await rig.layerIsBuilt();
    await rig.seals();
    expect((await second).outcome).to.equal('built');
    const reused = rig.events.filter(({ type }) => type === 'layer-reused');
    expect(reused).to.have.length(1);
  });

  it('says which input made a layer stale', async () => {
    const first = rig.build({ plan: rig.planOf('windows-base') });
    await rig.layerIsBuilt();
    await rig.seals();
    await first;
    const plan = structuredClone(rig.planOf('windows-base'));
    const layer = plan.layers[0]!;
    layer.digest = 'f'.repeat(64);
    layer.inputs.packer = '1.9';

    const second = rig.build({ plan });
    await rig.layerIsBuilt();
    await second;
    const started = rig.events.filter((event) => event.type === 'layer-started');
    expect(started.map(({ reason }) => reason)).to.deep.equal(['not stored yet', 'changed: packer']);
  });
});

describe('two builds of the same layer at once', () => {
  const rig = buildRig();

  it('have one writer; the other waits and takes what was made', async () => {
    const one = rig.build();
    const guest = await rig.guest();
    const waiting = rig.build();
    await until(() => rig.typesOf().includes('layer-waiting'));
    const packer = await rig.bakes();
    await packer.judge(passed);
    await guest.end();
    packer.run.exit(0);
    await rig.seals();

    expect((await one).outcome).to.equal('built');
    await waiting;
    expect(rig.packer.runs).to.equal(1);
    expect(rig.typesOf().filter((type) => type === 'layer-reused')).to.have.length(1);
  });

  it('have one that seals the image, and the other says that it waits', async () => {
    const { digest } = rig.plan.seal;
    const lock = await rig.store.lock(digest);
    const building = rig.build();
    await rig.layerIsBuilt();
    await until(() => rig.typesOf().includes('layer-waiting'));
    expect(rig.events.find((event) => event.type === 'layer-waiting')).to.include({
      ...{ layer: 'image', digest, holder: `process ${process.pid}` },
    });
    await lock.release();
    await rig.seals();
    expect((await building).outcome).to.equal('built');
  });
});

describe('missing tools', () => {
  const rig = buildRig();

  it('are told all at once, before anything is started', async () => {
    const problems = [missing('packer'), missing('ansible-playbook')];
    const outcome = await rig.build({ tools: { ...rig.tools, packer: null, ansible: null, problems } });

    const error = (outcome as { error: LyncimgError }).error;
    expect(error.code).to.equal('E_BUILD_TOOLS');
    expect(error.exitCode).to.equal(3);
    expect(error.message).to.include('packer').and.include('ansible-playbook');
    expect(error.suggestions).to.have.length(2);
    expect(rig.lyncimg.runs).to.equal(0);
  });

  it('alone keep their own error', async () => {
    const outcome = await rig.build({
      tools: { ...rig.tools, packer: null, problems: [missing('packer')] },
    });
    expect((outcome as { error: LyncimgError }).error.code).to.equal('E_TOOL_MISSING');
  });
});

function missing(tool: string): LyncimgError {
  return fail('E_TOOL_MISSING', { tool, install: `install ${tool}` });
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
