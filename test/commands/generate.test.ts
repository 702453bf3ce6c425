import { captureOutput } from '@oclif/test';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Generate from '../../src/commands/generate.js';
import { packageRoot } from '../helpers/real-plan.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const before = { folder: process.cwd(), path: process.env['PATH'] };

async function run(...args: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
  const { stdout, stderr, error } = await captureOutput(() => Generate.run(args, packageRoot));
  return { exit: error?.oclif?.exit ?? 0, stdout, stderr };
}

const frontEnd = ['--os', '2012r2', '--role', 'front-end', '--platform', 'twin'];

describe('lyncimg generate', () => {
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

  it('writes the folder, names it on stdout, and says that it is a rehearsal', async () => {
    const { exit, stdout, stderr } = await run(...frontEnd, '--output', 'out');

    expect(exit).to.equal(0);
    expect(stdout.trim()).to.equal(join(process.cwd(), 'out'));
    expect(stderr).to.contain('REHEARSAL');
    expect(await readdir('out')).to.include.members([
      '01-windows-base',
      '04-front-end',
      'plan.json',
      'README.md',
    ]);
  });

  it('writes the placeholders that its README speaks of', async () => {
    await run(...frontEnd, '--output', 'out');

    const text = await readFile('out/media/hotfixes/Windows8.1-KB2919355-x64.msu', 'utf8');
    expect(JSON.parse(text)).to.include({ lyncimg: 'placeholder' });
  });

  it('lists the files with --json', async () => {
    const { stdout } = await run(...frontEnd, '--output', 'out', '--json');

    expect(JSON.parse(stdout)).to.deep.include({ role: 'front-end', os: '2012r2', rehearsal: true });
  });

  it('needs no settings, no media and no medium to show what a hypervisor would get', async () => {
    const { exit, stdout, stderr } = await run(
      '--os',
      '2012r2',
      '--role',
      'edge',
      '--platform',
      'vsphere',
      '--output',
      'out',
      '--json',
    );

    expect(exit, stderr).to.equal(0);
    const { rehearsal, examples } = JSON.parse(stdout) as { rehearsal: boolean; examples: string[] };
    expect(rehearsal).to.equal(false);
    expect(examples).to.include('windowsIso');
    expect(stderr).to.contain('example value: platforms.vsphere.windowsIso');
    expect(await readFile('out/01-windows-base/lyncimg.pkr.hcl', 'utf8')).to.contain(
      '# Example: set platforms.vsphere.windowsIso in lyncimg.yaml.',
    );
  });

  it('shows what the answer disc of each layer would hold, with references in place of secrets', async () => {
    await run('--os', '2008r2', '--role', 'edge', '--platform', 'qemu', '--output', 'out');

    const answer = await readFile('out/01-windows-base/answer/autounattend.xml', 'utf8');
    expect(answer).to.contain('$LYNCIMG_GUEST_PASSWORD');
    expect(await readdir('out/01-windows-base/answer/lyncimg')).to.deep.equal([
      'boot.cmd',
      'first-boot.cmd',
      'key.cmd',
    ]);
    expect(await readdir('out/02-lync-common/answer/lyncimg')).to.deep.equal(['key.cmd']);
    const key = await readFile('out/01-windows-base/answer/lyncimg/key.cmd', 'utf8');
    expect(key).to.contain('TLS 1.2').and.to.contain('KB2506143');
  });

  it('says of a lyncimg.yaml what the platform does not take, at its place', async () => {
    await writeFile(
      'lyncimg.yaml',
      'apiVersion: lyncimg/v1\nkind: Workspace\nplatforms:\n  qemu: { acelerator: tcg }\n',
    );
    const { exit, stderr } = await run(
      '--os',
      '2012r2',
      '--role',
      'edge',
      '--platform',
      'qemu',
      '--output',
      'out',
    );

    expect(exit).to.equal(2);
    expect(stderr).to.contain('lyncimg.yaml:4:11').and.to.contain('accelerator');
  });

  it('writes its own folder anew', async () => {
    await run(...frontEnd, '--output', 'out');

    expect((await run(...frontEnd, '--output', 'out')).exit).to.equal(0);
  });

  it("leaves a folder alone that holds somebody's file", async () => {
    await mkdir('out');
    await writeFile('out/notes.txt', 'mine');
    const { exit, stderr } = await run(...frontEnd, '--output', 'out');

    expect(exit).to.equal(2);
    expect(stderr).to.contain('E_OUTPUT_NOT_OURS').and.to.contain('notes.txt');
    expect(await readdir('out')).to.deep.equal(['notes.txt']);
  });

  it('says where it cannot write, as no defect of its own', async () => {
    await writeFile('file', '');
    const { exit, stderr } = await run(...frontEnd, '--output', 'file/below');

    expect(exit).to.equal(3);
    expect(stderr).to.contain('E_FILE_ACCESS').and.to.contain('file/below');
  });

  it('writes one role, and says so', async () => {
    const { exit, stderr } = await run(...frontEnd, '--role', 'edge', '--output', 'out');

    expect(exit).to.equal(2);
    expect(stderr).to.contain('--role edge');
    expect(await readdir('.')).to.deep.equal([]);
  });
});
