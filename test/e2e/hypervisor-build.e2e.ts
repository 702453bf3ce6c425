// `lyncimg build` where Packer makes the machine: real Packer with its QEMU builder, real qemu-img, real Ansible, real discs.
// What boots is the twin (test/helpers/modelled-qemu.js): it gets its key from the answer disc alone, and its past from
// the virtual disk alone.
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildEvent } from '../../src/build/index.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { leaksOf, processesOf } from '../helpers/leaks.js';
import { startBuild, type LyncimgProcess } from '../helpers/lyncimg-process.js';
import { until } from '../helpers/processes.js';
import { packageRoot } from '../helpers/real-plan.js';
import { windowsIso } from '../helpers/windows-iso.js';

/** What the modelled hypervisor was given, one a start. */
interface Start {
  args: string[];
  windowsDisc?: string;
  answerDisc: string;
  disk: string;
  answerMode: string;
  answerFiles: string[];
  backing: string | null;
}

const source = '{ title: Test, publisher: We, page: none, date: unknown, confidence: own }';
const role = (name: string, parent: string, feature: string): string =>
  `apiVersion: lyncimg/v1
kind: Role
name: ${name}
title: A role of the tests
description: It needs no file of Microsoft's.
${parent}supports: [2012r2]
requirements:
  - feature: ${feature}
    source: ${source}
`;

describe('lyncimg build on a hypervisor', () => {
  let folder: string;
  let home: string;
  let binary: string;
  /** While it is there, the guest has the password in it, and none of any disc. */
  let otherPassword: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-e2e-'));
    home = join(folder, '.lyncimg');
    await mkdir(join(folder, 'roles'));
    otherPassword = join(folder, 'other-password');
    const settings = join(folder, 'modelled-qemu.json');
    const lyncimg = [process.execPath, join(packageRoot, 'bin/run.js')];
    await writeFile(settings, JSON.stringify({ lyncimg, otherPassword, log: join(folder, 'starts.jsonl') }));
    const model = join(packageRoot, 'test/helpers/modelled-qemu.js');
    // Whoever boots something else than Packer's machine (the look at this host, before the build) gets the real one.
    binary = await scriptTool(
      folder,
      'modelled-qemu',
      `case " $* " in *" -netdev "*) exec '${process.execPath}' '${model}' '${settings}' "$@" ;; esac\nexec qemu-system-x86_64 "$@"`,
    );
    await writeFile(join(folder, 'roles/ground.yaml'), role('ground', '', 'Telnet-Client'));
    await writeFile(join(folder, 'roles/upper.yaml'), role('upper', 'extends: ground\n', 'TFTP-Client'));
    await rename(await windowsIso(folder, '2012r2'), join(folder, 'windows.iso'));
    await writeWorkspace('standard');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const writeWorkspace = (edition: string): Promise<void> =>
    writeFile(
      join(folder, 'lyncimg.yaml'),
      `apiVersion: lyncimg/v1
kind: Workspace
platform: qemu
os: 2012r2
roles: [upper]
windows: { 2012r2: { iso: windows.iso, edition: ${edition} } }
machine: { diskGb: 40 }
platforms: { qemu: { accelerator: tcg, binary: ${binary} } }
`,
    );
  const build = (...args: string[]): LyncimgProcess => startBuild(args, { cwd: folder, home });
  const starts = async (): Promise<Start[]> =>
    (await readFile(join(folder, 'starts.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Start);
  const isPacker = (event: BuildEvent): boolean => event.type === 'tool-started' && event.tool === 'packer';

  it('refuses a medium that does not fit before anything is made', async () => {
    await writeWorkspace('enterprise');
    const end = await build().ended;
    await writeWorkspace('standard');

    expect(end.code, end.stderr).to.equal(2);
    expect(end.stderr).to.contain('E_WINDOWS_EDITION_UNKNOWN');
    expect(await readdir(folder)).not.to.contain('starts.jsonl');
  });

  it('makes each layer on the disk of the one below, and seals nothing', async () => {
    const run = build();
    const seen = new Set<string>();
    await run.event(isPacker);
    await until(async () => (await readSecrets(home, seen)) > 0);
    const end = await run.ended;

    expect(end.stderr).to.contain('E_BUILD_UNSEALED');
    expect(end).to.include({ code: 3, stdout: '' });
    const built = run.events.flatMap((event) => (event.type === 'layer-built' ? [event.layer] : []));
    expect(built).to.deep.equal(['ground', 'upper']);
    const contacts = run.events.flatMap((event) => (event.type === 'guest-contact' ? [event.state] : []));
    expect(contacts.filter((state) => state === 'reached')).to.have.length(2);

    const [first, second] = await starts();
    expect(first?.windowsDisc).to.equal(join(folder, 'windows.iso'));
    expect(first?.answerMode).to.equal('600');
    expect(first?.answerFiles).to.include('Path = autounattend.xml');
    expect(second?.windowsDisc).to.equal(undefined);
    expect(second?.answerFiles).not.to.include('Path = autounattend.xml');
    expect(first?.backing).to.equal(null);
    expect(second?.backing).to.match(/\/layers\/[0-9a-f]{64}\/disk\/disk\.qcow2$/);
    const layers = await readdir(join(home, 'layers'));
    expect(layers).to.have.length(2);

    expect(leaksOf([...seen], home)).to.deep.equal([]);
    expect(processesOf(home)).to.deep.equal([]);
  });

  it('takes the layers from the store the second time, and starts nothing', async () => {
    const run = build();
    const end = await run.ended;

    expect(end.stderr).to.contain('E_BUILD_UNSEALED');
    expect(run.events.filter(({ type }) => type === 'layer-reused')).to.have.length(2);
    expect(run.events.filter(({ type }) => type === 'tool-started')).to.deep.equal([]);
    expect(await starts()).to.have.length(2);
  });

  it('ends at once where the guest refuses the password, and leaves no disk behind', async () => {
    await writeFile(otherPassword, 'Another-Password-1');
    const run = build('--force');
    const end = await run.ended;
    await rm(otherPassword);

    expect(end.code, end.stderr).to.equal(3);
    expect(end.stderr).to.contain('E_BUILD_GUEST_REFUSED_PASSWORD');
    // What first boot said on the serial port is what there is to read.
    const logs = run.events.flatMap((event) => (event.type === 'layer-failed' ? [event.log ?? ''] : []));
    expect(await readFile(logs.join(), 'utf8')).to.equal('first boot: listener\r\n');
    const [last] = (await readdir(join(home, 'runs'))).sort().slice(-1);
    const left = await readdir(join(home, 'runs', last ?? ''), { recursive: true });
    expect(left.filter((name) => /answer|secrets\/|output|qcow2/.test(name))).to.deep.equal([]);
    expect(processesOf(home)).to.deep.equal([]);
  });

  it('leaves no answer disc after a kill -9, once the next command has run', async () => {
    const run = build('--force');
    await run.event(isPacker);
    await until(async () => (await answerDiscs(home)).length === 1);
    run.kill('SIGKILL');
    await run.ended;
    expect(await answerDiscs(home)).to.have.length(1);

    execFileSync(process.execPath, [join(packageRoot, 'bin/run.js'), 'images', 'list'], {
      cwd: folder,
      env: { ...process.env, LYNCIMG_HOME: home },
    });
    expect(await answerDiscs(home)).to.deep.equal([]);
    expect(processesOf(home)).to.deep.equal([]);
  });
});

async function answerDiscs(home: string): Promise<string[]> {
  const names = await readdir(join(home, 'runs'), { recursive: true });
  return names.filter((name) => name.endsWith('answer.iso'));
}

/** Passwords as they are on the answer discs now. */
async function readSecrets(home: string, into: Set<string>): Promise<number> {
  for (const name of await answerDiscs(home)) {
    const disc = join(home, 'runs', name);
    for (const file of ['password', 'certificate-password']) {
      try {
        const text = execFileSync('7z', ['e', '-so', disc, `lyncimg/${file}`], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        const word = text.trim().replace(/^"|"$/g, '');
        if (word !== '') into.add(word);
      } catch {
        continue; // it is being made, or has just been deleted
      }
    }
  }
  return into.size;
}
