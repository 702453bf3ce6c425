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
