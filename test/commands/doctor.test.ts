import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import Doctor from '../../src/commands/doctor.js';
import { doctorReportJsonSchema, type DoctorReport, type Finding } from '../../src/doctor/index.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { runCommandClass, type Outcome } from '../helpers/run-command.js';
import { workingFolder } from '../helpers/working-folder.js';

const path = process.env['PATH'];
const head = 'apiVersion: lyncimg/v1\nkind: Workspace\n';

describe('lyncimg doctor', () => {
  const folder = workingFolder();
  beforeEach(async () => {
    // No tools but those that a test makes: asking real ones takes seconds.
    await mkdir('bin');
    process.env['PATH'] = join(folder.path, 'bin');
  });
  afterEach(() => {
    process.env['PATH'] = path;
    delete process.env['LYNCIMG_PACKER'];
  });

  const run = (...args: string[]): Promise<Outcome> => runCommandClass(Doctor, args);
  const report = async (...args: string[]): Promise<DoctorReport> =>
    JSON.parse((await run(...args, '--json')).stdout) as DoctorReport;
  const of = (findings: readonly Finding[], check: Finding['check']): Finding[] =>
    findings.filter((finding) => finding.check === check);
  const usableTools = async (): Promise<void> => {
    const collection = { folder: '/c', version: '1.14.0', needs: null };
    const answer = JSON.stringify({
      collections: { 'ansible.windows': collection, 'community.windows': collection },
      md4: true,
      ownMd4: false,
    });
    const bin = join(folder.path, 'bin');
    await scriptTool(bin, 'packer', 'echo 1.6.6');
    const python = await scriptTool(bin, 'python3', `[ "$2" = "import winrm" ] || echo '${answer}'`);
    const version = `echo "ansible-playbook [core 2.14.18]"; echo "  python version = 3.11 (x) (${python})"`;
    await scriptTool(bin, 'ansible-playbook', version);
  };

  it('says what is missing, what mends it, and ends with 3', async () => {
    const { exit, stdout } = await run('--os', '2012r2', '--platform', 'twin');

    expect(exit).to.equal(3);
    expect(stdout)
      .to.match(/^Baking 2012r2 on platform twin\n\nPROBLEM {2}packer was not found/)
      .and.contain('apt-get install packer')
      .and.contain('apt-get install ansible python3-winrm')
      .and.match(/A bake cannot succeed like this: 2 problems/);
    expect(await readdir('.')).to.deep.equal(['bin']);
  });

  it('ends with 0 where nothing stands in the way, warnings and unknowns or not', async () => {
    await usableTools();

    const { exit, stdout } = await run('--os', '2012r2', '--platform', 'twin');

    expect(exit).to.equal(0);
    expect(stdout).to.contain('Nothing stands in the way: 0 problems');
  });

  it('prints the same as data, by its schema', async () => {
    const data = await report('--os', '2012r2', '--platform', 'twin');

    const validate = new Ajv2020({ allowUnionTypes: true }).compile(doctorReportJsonSchema() as object);
    expect(validate(data), JSON.stringify(validate.errors)).to.equal(true);
    expect(data).to.include({ platform: 'twin', usable: false });
  });

  it('looks at what concerns every platform and all systems where nobody says more', async () => {
    const data = await report();

    expect(data.platform).to.equal(null);
    expect(data.systems).to.deep.equal(['2008r2', '2012', '2012r2']);
    expect(of(data.findings, 'emulator')[0]).to.include({ level: 'unknown' });
    expect(of(data.findings, 'media')).to.deep.equal([]);
  });

  it('takes platform, system and roles from lyncimg.yaml, and flags over it', async () => {
    await writeFile('lyncimg.yaml', `${head}platform: twin\nos: 2012r2\nroles: [edge]\n`);

    const data = await report();
    expect(data).to.include({ platform: 'twin' });
    expect(data.systems).to.deep.equal(['2012r2']);
    // A rehearsal wants no file of Microsoft's, a real platform does.
    expect(of(data.findings, 'media').map(({ level }) => level)).to.deep.equal(['ok']);
    expect(of(data.findings, 'disk-space')[0]?.what).to.contain('a bake from nothing needs about');

    const other = await report('--platform', 'qemu');
    expect(other).to.include({ platform: 'qemu' });
    expect(of(other.findings, 'media')[0]).to.include({ level: 'problem' });
    expect(of(other.findings, 'windows-medium')[0]).to.include({ level: 'problem' });
    expect(of(other.findings, 'platform-tools').map(({ level }) => level)).to.deep.equal([
      'problem',
      'problem',
    ]);
  });

  it('tells a machine that cannot be among all else', async () => {
    const machine = 'machine: { firmware: uefi }\n';
    await writeFile('lyncimg.yaml', `${head}platform: qemu\nos: 2008r2\n${machine}`);

    const { findings } = await report();

    expect(of(findings, 'platform-machine')[0]).to.include({ level: 'problem' });
    expect(of(findings, 'packer')[0]).to.include({ level: 'problem' });
  });

  it('judges the Packer that LYNCIMG_PACKER names', async () => {
    await usableTools();
    process.env['LYNCIMG_PACKER'] = join(folder.path, 'bin/ansible-playbook');

    const wrong = await report();
    expect(of(wrong.findings, 'packer')[0]?.what).to.contain('LYNCIMG_PACKER');

    process.env['LYNCIMG_PACKER'] = await scriptTool(
      join(folder.path, 'bin'),
      'other',
      'echo Packer v1.16.0',
    );
    const right = await report();
    expect(of(right.findings, 'packer')[0]?.what).to.contain('Packer 1.16.0');
  });

  it('refuses what nobody knows with 2', async () => {
    const unknown = [
      ['--platform', 'moon'],
      ['--os', '2016'],
      ['--os', '2012r2', '--role', 'butler'],
    ];
    for (const args of unknown) expect((await run(...args)).exit, args.join(' ')).to.equal(2);
  });
});
