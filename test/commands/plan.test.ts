import { captureOutput } from '@oclif/test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PlanCommand from '../../src/commands/plan.js';
import type { PlanReport } from '../../src/plan/index.js';
import { packageRoot } from '../helpers/real-plan.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const before = { folder: process.cwd(), path: process.env['PATH'] };

async function run(...args: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
  const { stdout, stderr, error } = await captureOutput(() => PlanCommand.run(args, packageRoot));
  return { exit: error?.oclif?.exit ?? 0, stdout, stderr };
}

const head = 'apiVersion: lyncimg/v1\nkind: Workspace\n';
const frontEnd = ['--os', '2012R2', '--role', 'front-end', '--platform', 'twin'];

describe('lyncimg plan', () => {
  const folder = temporaryFolder();
  beforeEach(() => {
    process.chdir(folder.path);
    // No tools: a plan can be made without, and asking them takes a second.
    process.env['PATH'] = folder.path;
  });
  afterEach(() => {
    process.chdir(before.folder);
    process.env['PATH'] = before.path;
  });

  it('shows the layers of the role in order, on stdout alone, and writes nothing', async () => {
    const { exit, stdout, stderr } = await run(...frontEnd);

    expect(exit).to.equal(0);
    expect(stderr).to.equal('');
    expect(stdout).to.match(/windows-base.*\n.*lync-common.*\n.*lync-web.*\n.*front-end.*\n.*sealing/);
    expect(stdout).to.contain('REHEARSAL').and.to.contain('after deployment');
    expect(await readdir('.')).to.deep.equal([]);
  });

  it('prints the same as data, by the published schema', async () => {
    const { stdout } = await run(...frontEnd, '--json');
    const report = JSON.parse(stdout) as PlanReport;
    const schema = JSON.parse(
      await readFile(join(packageRoot, 'schemas/plan.schema.json'), 'utf8'),
    ) as object;
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

    expect(validate(report), JSON.stringify(validate.errors)).to.equal(true);
    expect(report.layers.map(({ exists, changed }) => [exists, changed])).to.deep.equal(
      report.layers.map(() => [false, []]),
    );
  });

  it('gives the same digests again', async () => {
    expect((await run(...frontEnd, '--json')).stdout).to.equal((await run(...frontEnd, '--json')).stdout);
  });

  it('goes by lyncimg.yaml where flags say nothing, and by flags where they do', async () => {
    await writeFile(
      'lyncimg.yaml',
      `${head}os: 2012r2\nplatform: twin\nroles: [edge]\noptions: { conferencing: false }\n`,
    );

    expect((await run()).stdout).to.contain('edge on Windows Server 2012 R2');
    expect((await run('--role', 'front-end')).stdout).to.contain('front-end on');
  });

  it('gives an option to those of several roles that have it', async () => {
    await writeFile(
      'lyncimg.yaml',
      `${head}os: 2012r2\nplatform: twin\nroles: [edge, front-end]\noptions: { conferencing: false }\n`,
    );
    const { exit, stdout } = await run();

    expect(exit).to.equal(0);
    expect(stdout).to.contain('edge on').and.to.contain('conferencing=false');
  });

  it('names an option of lyncimg.yaml that no role has', async () => {
    await writeFile(
      'lyncimg.yaml',
      `${head}os: 2012r2\nplatform: twin\nroles: [edge]\noptions: { conferencin: true }\n`,
    );
    const { exit, stderr } = await run();

    expect(exit).to.equal(2);
    expect(stderr).to.contain('E_OPTION_UNKNOWN').and.to.contain('conferencin');
  });

  it('tells of every wrong flag at once, and of roles in one flag', async () => {
    const { exit, stderr } = await run('--platform', 'cloud', '--os', '2025', '--role', 'edge,xyzxyz');

    expect(exit).to.equal(2);
    expect(stderr)
      .to.contain('E_PLATFORM_UNKNOWN')
      .and.to.contain('E_OS_UNAVAILABLE')
      .and.to.contain('E_ROLE_UNKNOWN')
      .and.to.contain('Known: admin-tools, archiving');
  });

  it('plans two roles on one machine: the layers of the first, then one with what the other adds', async () => {
    const flags = ['--platform', 'twin', '--os', '2012r2', '--json'];
    const { exit, stdout } = await run(...flags, '--role', 'standard-edition,persistent-chat');
    const plan = JSON.parse(stdout) as PlanReport;

    expect(exit).to.equal(0);
    expect(plan.role).to.equal('standard-edition-with-persistent-chat');
    expect(plan.layers.map(({ name }) => name).slice(-3)).to.deep.equal([
      'front-end',
      'standard-edition',
      'standard-edition-with-persistent-chat',
    ]);
    const added = plan.layers.at(-1)?.requirements.map(({ id }) => id);
    expect(added).to.include('feature/MSMQ-Server').and.not.include('feature/Web-Server');
  });

  it('refuses roles that may not share a machine, and names the document', async () => {
    const flags = ['--platform', 'twin', '--os', '2012r2'];
    const { exit, stderr } = await run(...flags, '--role', 'director,front-end');

    expect(exit).to.equal(2);
    expect(stderr)
      .to.contain('E_ROLE_COLLOCATION')
      .and.match(/may not share a machine \(.*[Cc]ollocation/);
  });

  it('leaves the payload of .NET 3.5 out of the media where the workspace says where it lies', async () => {
    await writeFile(
      'lyncimg.yaml',
      `${head}os: 2012r2\nplatform: twin\nroles: [edge]\nparameters: { netfx3Source: '\\\\files\\sxs' }\n`,
    );
    const plan = JSON.parse((await run('--json')).stdout) as PlanReport;
    const paths = plan.layers.flatMap(({ media }) => media.map(({ path }) => path));

    expect(plan.netfx3Source).to.equal('\\\\files\\sxs');
    expect(paths.filter((path) => path.startsWith('sources/'))).to.deep.equal([]);
    expect(paths).to.include('hotfixes/Windows8.1-KB2919355-x64.msu');
  });

  it('has no silent default: it says what is missing and offers the rehearsal', async () => {
    const { exit, stdout, stderr } = await run('--os', '2012r2', '--role', 'front-end');

    expect(exit).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.contain('E_PLATFORM_MISSING').and.to.contain('--platform twin');
  });

  for (const [what, args, code, says] of [
    ['no operating system', ['--platform', 'twin'], 'E_OS_MISSING', '2012r2'],
    ['no role', ['--platform', 'twin', '--os', '2012r2'], 'E_ROLE_MISSING', 'front-end'],
    ['an unknown role', [...frontEnd, '--role', 'front-edn'], 'E_ROLE_UNKNOWN', 'front-end'],
    ['an unknown platform', ['--os', '2012r2', '--platform', 'cloud'], 'E_PLATFORM_UNKNOWN', 'twin'],
    ['an unknown system', ['--os', '2025', '--platform', 'twin'], 'E_OS_UNAVAILABLE', '2012r2'],
    ['an unknown option', [...frontEnd, '--option', 'conferencin=true'], 'E_OPTION_UNKNOWN', 'conferencing'],
    ['a wrong value', [...frontEnd, '--option', 'conferencing=maybe'], 'E_OPTION_INVALID', 'true or false'],
    ['several roles as one document', [...frontEnd, '--role', 'edge', '--json'], 'E_USAGE', '--role edge'],
  ] as const) {
    it(`ends with 2 and says what to do for ${what}`, async () => {
      const { exit, stdout, stderr } = await run(...args);

      expect(exit).to.equal(2);
      expect(stdout + stderr)
        .to.contain(code)
        .and.to.contain(says);
    });
  }
});
