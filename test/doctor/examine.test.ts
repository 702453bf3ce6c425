import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { checkNames } from '../../src/doctor/doctor-schema.js';
import {
  doctorReportJsonSchema,
  examine,
  preflight,
  problemsOf,
  type Finding,
} from '../../src/doctor/index.js';
import type { Examination } from '../../src/doctor/index.js';
import { lookForTools } from '../../src/doctor/inspect-tools.js';
import { fail } from '../../src/errors/index.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { lockOf } from '../media/kit.js';
import { inShort, machineOf, os2008r2, os2012r2, placeOf, wantedOf } from './kit.js';

const before = process.env['TMPDIR'];
const qemu = {
  command: 'qemu-system-x86_64',
  what: 'runs the machine',
  install: 'apt-get install qemu-system-x86',
};
const collection = { folder: '/c', version: '1.14.0', needs: null };
const answer = JSON.stringify({
  collections: { 'ansible.windows': collection, 'community.windows': collection },
  md4: true,
  ownMd4: false,
});

describe('looking at everything', () => {
  const folder = temporaryFolder();
  afterEach(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });

  /** Tools that are well; each run is a line of `asked`. */
  const makeTools = async (): Promise<NodeJS.ProcessEnv> => {
    const bin = join(folder.path, 'bin');
    await mkdir(bin);
    const note = (name: string): string => `echo "${name} $1" >> "${folder.path}/asked"`;
    await scriptTool(bin, 'packer', `${note('packer')}; echo 1.6.6`);
    const python = await scriptTool(
      bin,
      'python3',
      `${note('python')}; [ "$2" = "import winrm" ] || echo '${answer}'`,
    );
    await scriptTool(
      bin,
      'ansible-playbook',
      `${note('ansible')}; echo "ansible-playbook [core 2.14.18]"; echo "  python version = 3.11 (x) (${python})"`,
    );
    await scriptTool(
      bin,
      'qemu-system-x86_64',
      `${note('qemu')}; [ "$1" = --version ] && echo "QEMU emulator version 7.2.22" && exit 0; exit 85`,
    );
    return { PATH: `${bin}:/usr/bin:/bin` };
  };
  const examinationOf = (env: NodeJS.ProcessEnv, changes: Partial<Examination> = {}): Examination => ({
    ...wantedOf({ env, stateFolder: join(folder.path, '.lyncimg') }),
    media: null,
    refusals: [],
    ...changes,
  });
  const asked = async (): Promise<string[]> =>
    (await readFile(join(folder.path, 'asked'), 'utf8')).trim().split('\n').sort();

  it('tells every check in a fixed order, and that this machine is usable', async () => {
    const report = await examine(
      examinationOf(await makeTools(), {
        place: placeOf({ address: 'forwarded', tools: [qemu] }),
        machine: machineOf(),
        media: { os: '2012r2', files: [], lock: lockOf(folder.path) },
        size: { layers: 1, images: 1, mediaBytes: 0, mediaWithoutSize: 0 },
      }),
    );

    expect(report).to.include({ kind: 'DoctorReport', platform: 'made-up', usable: true });
    expect(report.systems).to.deep.equal(['2012r2']);
    const told = report.findings.map(({ check }) => check);
    expect(told).to.deep.equal(checkNames.filter((name) => told.includes(name)));
    expect(told).to.include.members([
      'packer',
      'ansible',
      'emulator',
      'kvm',
      'state-folder',
      'disk-space',
      'media',
    ]);
  });

  it('keeps to the published schema', async () => {
    const report = await examine(examinationOf(await makeTools(), { systems: [os2008r2, os2012r2] }));

    const validate = new Ajv2020({ allowUnionTypes: true }).compile(doctorReportJsonSchema() as object);
    expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).to.equal(true);
    expect(report).to.include({ platform: null });
    expect(report.systems).to.deep.equal(['2008r2', '2012r2']);
  });

  it('leaves nothing behind, and makes no state folder', async () => {
    const env = await makeTools();

    await examine(examinationOf(env));

    expect((await readdir(folder.path)).sort()).to.deep.equal(['asked', 'bin']);
  });

  it('is not usable where there is a problem, whatever else is well', async () => {
    const env = await makeTools();
    const refusal = fail('E_PLATFORM_LIMIT', { platform: 'x', what: 'this', reason: 'so', instead: 'That.' });

    const report = await examine(examinationOf(env, { refusals: [refusal] }));

    expect(report.usable).to.equal(false);
    expect(inShort(report.findings)).to.include('platform-machine problem').and.to.include('packer ok');
  });

  it('tells a LYNCIMG_PACKER that names none as a problem among others', async () => {
    const env = { ...(await makeTools()), LYNCIMG_PACKER: '/nowhere/packer' };

    const { findings } = await examine(examinationOf(env));

    const [packer] = findings;
    expect(packer).to.include({ check: 'packer', level: 'problem', code: 'E_TOOL_CHOICE' });
    expect(packer?.what).to.contain('LYNCIMG_PACKER is "/nowhere/packer"');
    expect(inShort(findings)).to.include('ansible ok');
  });

  it('asks no program anything without a temporary folder, and says so', async () => {
    const env = await makeTools();
    process.env['TMPDIR'] = join(folder.path, 'gone');

    const { usable, findings } = await examine(examinationOf(env));

    expect(usable).to.equal(false);
    expect(inShort(findings)).to.include('temporary-folder problem').and.not.to.include('packer ok');
  });

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController();
    stop.abort(fail('E_INTERRUPTED', { state: 'x' }));

    const ended = await examine(examinationOf(await makeTools(), { signal: stop.signal })).catch(
      (error: unknown) => error,
    );

    expect(ended).to.have.property('code', 'E_INTERRUPTED');
  });

  it('of a build asks nothing again that planning has asked', async () => {
    const env = await makeTools();
    const tools = await lookForTools(env);
    const before = await asked();

    const place = placeOf({ address: 'forwarded', tools: [qemu] });
    const findings = await preflight({
      ...wantedOf({ env, place, machine: machineOf() }),
      stateFolder: folder.path,
      tools,
    });

    const now = await asked();
    const count = (lines: string[], name: string): number =>
      lines.filter((line) => line.startsWith(name)).length;
    expect(count(now, 'packer')).to.equal(count(before, 'packer'));
    expect(count(now, 'ansible')).to.equal(count(before, 'ansible'));
    expect(inShort(findings)).to.include.members([
      'packer ok',
      'ansible ok',
      'emulator ok',
      'kvm ok',
      'ports ok',
    ]);
    // The build says itself what is dropped of the environment, and planning has found the media.
    expect(findings.filter(({ check }) => check === 'environment' || check === 'media')).to.deep.equal([]);
  });
});

describe('the problems before a build', () => {
  const finding = (level: Finding['level'], what: string, fix: string[]): Finding => ({
    check: 'kvm',
    level,
    code: null,
    what,
    detail: 'Why.',
    fix,
  });

  it('are one error, with what mends each once', () => {
    const error = problemsOf([
      finding('warning', 'Not this.', ['nothing']),
      finding('problem', 'KVM cannot be used.', ['modprobe kvm_intel']),
      finding('problem', 'No room.', ['modprobe kvm_intel', 'make room']),
    ]);

    expect(error).to.have.property('code', 'E_DOCTOR_PROBLEMS');
    expect(error?.exitCode).to.equal(3);
    expect(error?.message).to.equal('KVM cannot be used. Why.\nNo room. Why.');
    expect(error?.suggestions.slice(0, 2)).to.deep.equal(['modprobe kvm_intel', 'make room']);
    expect(error?.suggestions.at(-1)).to.contain('lyncimg doctor');
  });

  it('are none where nothing but warnings and unknowns is left', () => {
    expect(
      problemsOf([finding('warning', 'a', []), finding('unknown', 'b', []), finding('ok', 'c', [])]),
    ).to.equal(null);
  });
});
