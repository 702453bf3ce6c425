import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LyncimgError } from '../../src/errors/index.js';
import { writeRendered } from '../../src/render/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const files = new Map([
  ['README.md', 'read me\n'],
  ['01-base/playbook.yml', '---\n'],
]);

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof LyncimgError ? error.code : String(error);
  }
}

describe('writeRendered', () => {
  const folder = temporaryFolder();

  it('makes the folder, and those above it', async () => {
    const target = join(folder.path, 'a/b');
    await writeRendered(files, target);

    expect(await readFile(join(target, '01-base/playbook.yml'), 'utf8')).to.equal('---\n');
    expect(await readdir(dirname(target))).to.deep.equal(['b']);
  });

  it('takes an empty folder', async () => {
    const target = join(folder.path, 'out');
    await mkdir(target);
    await writeRendered(files, target);

    expect(await readdir(target)).to.include('README.md');
  });

  it('replaces what it wrote itself, and leaves nothing of it', async () => {
    const target = join(folder.path, 'out');
    await writeRendered(files, target);
    await writeRendered(new Map([['README.md', 'new\n']]), target);

    expect((await readdir(target)).sort()).to.deep.equal(['.lyncimg-generated.json', 'README.md']);
    expect(await readFile(join(target, 'README.md'), 'utf8')).to.equal('new\n');
    expect(await readdir(folder.path)).to.deep.equal(['out']);
  });

  it('refuses a folder with a file of somebody else, and touches nothing', async () => {
    const target = join(folder.path, 'out');
    await mkdir(target);
    await writeFile(join(target, 'notes.txt'), 'mine');

    expect(await codeOf(writeRendered(files, target))).to.equal('E_OUTPUT_NOT_OURS');
    expect(await readdir(target)).to.deep.equal(['notes.txt']);
    expect(await readdir(folder.path)).to.deep.equal(['out']);
  });

  it('refuses one of its own folders where a file was changed or added since', async () => {
    const changed = join(folder.path, 'changed');
    const added = join(folder.path, 'added');
    await writeRendered(files, changed);
    await writeRendered(files, added);
    await writeFile(join(changed, '01-base/playbook.yml'), '--- # mine\n');
    await writeFile(join(added, '01-base/extra.yml'), '');

    expect(await codeOf(writeRendered(files, changed))).to.equal('E_OUTPUT_NOT_OURS');
    expect(await codeOf(writeRendered(files, added))).to.equal('E_OUTPUT_NOT_OURS');
  });

  it('does not believe a mark that says anything else', async () => {
    const target = join(folder.path, 'out');
    await mkdir(target);
    await writeFile(join(target, 'README.md'), 'mine');
    for (const mark of ['', '[]', '{"files":null}', '{"files":{"README.md":1}}']) {
      await writeFile(join(target, '.lyncimg-generated.json'), mark);
      expect(await codeOf(writeRendered(files, target)), mark).to.equal('E_OUTPUT_NOT_OURS');
    }
  });

  it('refuses what is a file and not a folder', async () => {
    await writeFile(join(folder.path, 'out'), '');

    expect(await codeOf(writeRendered(files, join(folder.path, 'out')))).to.equal('E_OUTPUT_NOT_OURS');
  });

  it('replaces the folder behind a link and keeps the link', async () => {
    await mkdir(join(folder.path, 'real'));
    await symlink('real', join(folder.path, 'link'));
    await writeRendered(files, join(folder.path, 'link'));

    expect((await readdir(folder.path)).sort()).to.deep.equal(['link', 'real']);
    expect(await readdir(join(folder.path, 'real'))).to.include('README.md');
  });

  it('leaves the folder as it was where writing fails', async () => {
    const target = join(folder.path, 'out');
    await writeRendered(files, target);
    // The same name as a file and as a folder: the second cannot be written.
    const impossible = new Map([
      ['a', 'file'],
      ['a/b', 'below a file'],
    ]);

    expect(await codeOf(writeRendered(impossible, target))).not.to.equal('none');
    expect(await readFile(join(target, 'README.md'), 'utf8')).to.equal('read me\n');
    expect(await readdir(folder.path)).to.deep.equal(['out']);
  });
});
