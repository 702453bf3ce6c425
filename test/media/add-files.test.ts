import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { orThrow } from '../../src/errors/index.js';
import { addFiles, placeholderText, type MediaLock, type WantedFile } from '../../src/media/index.js';
import { sha256 } from '../../src/util/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { codesOf, entry, lockOf, put, update } from './kit.js';

const known: WantedFile[] = [
  { ...update, sha256: sha256('the real one') },
  { path: 'packages/setup.exe', title: 'Setup' },
];

describe('files that are added', () => {
  const folder = temporaryFolder();
  const now = new Date('2026-11-23T10:00:00.000Z');
  const add = (files: string[], more: { as?: string; lock?: MediaLock } = {}): ReturnType<typeof addFiles> =>
    addFiles({
      ...{ files, known, folder: folder.path, now, signal: new AbortController().signal },
      as: more.as ?? null,
      lock: more.lock ?? lockOf(folder.path),
    });

  it('are recorded where they lie, with size, hash and moment', async () => {
    await put(folder.path, 'downloads/x.bin', 'the real one');
    await put(folder.path, 'SETUP.EXE', 'any');

    const { lock, added } = orThrow(await add(['downloads/x.bin', 'SETUP.EXE']));

    expect(Object.fromEntries(lock.files)).to.deep.equal({
      [update.path]: entry('downloads/x.bin', 'the real one'),
      'packages/setup.exe': entry('SETUP.EXE', 'any'),
    });
    expect(
      added.map(({ recognisedBy, hashKnown, outcome }) => [recognisedBy, hashKnown, outcome]),
    ).to.deep.equal([
      ['hash', true, 'added'],
      ['name', false, 'added'],
    ]);
  });

  it('outside of the workspace are recorded by their whole path', async () => {
    const file = await put(folder.path, 'elsewhere/setup.exe', 'any');
    const lock = lockOf(join(folder.path, 'workspace'));

    const { lock: changed } = orThrow(await add([file], { lock }));

    expect(changed.files.get('packages/setup.exe')?.location).to.equal(file);
  });

  it('are told as unchanged where the lock has them, and as replaced where it had others', async () => {
    await put(folder.path, 'setup.exe', 'any');
    const before = entry('setup.exe', 'any', {
      addedAt: '2020-01-01T00:00:00.000Z',
      origin: 'https://example/a',
    });
    const same = orThrow(
      await add(['setup.exe'], { lock: lockOf(folder.path, { 'packages/setup.exe': before }) }),
    );
    expect(same.added[0]?.outcome).to.equal('unchanged');
    expect(same.lock.files.get('packages/setup.exe')).to.deep.equal(before);

    const older = lockOf(folder.path, { 'Packages/Setup.exe': entry('old.exe', 'old') });
    const replaced = orThrow(await add(['setup.exe'], { lock: older }));
    expect(replaced.added[0]?.outcome).to.equal('replaced');
    expect([...replaced.lock.files.keys()]).to.deep.equal(['packages/setup.exe']);
  });

  it('are all refused where some are wrong, each with what is', async () => {
    await put(folder.path, 'setup.exe', 'any');
    await put(folder.path, 'windows8.1-kb2919355-x64.msu', 'tampered');
    await put(folder.path, 'notes.txt', 'x');
    await put(folder.path, 'p/setup.exe', placeholderText(update));
    await mkdir(join(folder.path, 'folder'));
    await symlink('nowhere', join(folder.path, 'link'));

    const refused = await add([
      ...['setup.exe', 'windows8.1-kb2919355-x64.msu', 'notes.txt', 'p/setup.exe', 'folder', 'gone', 'link'],
    ]);

    expect(codesOf(refused)).to.deep.equal([
      'E_MEDIA_CHECKSUM',
      'E_MEDIA_UNKNOWN',
      'E_MEDIA_PLACEHOLDER',
      'E_FILE_UNREADABLE',
      'E_FILE_UNREADABLE',
      'E_FILE_UNREADABLE',
    ]);
  });

  it('are refused where two of them would be one', async () => {
    await put(folder.path, 'a/setup.exe', 'one');
    await put(folder.path, 'b/setup.exe', 'two');
    await put(folder.path, 'c/setup.exe', 'one');

    expect(codesOf(await add(['a/setup.exe', 'b/setup.exe']))).to.deep.equal(['E_MEDIA_TWICE']);
    expect((await add(['a/setup.exe', 'c/setup.exe'])).ok).to.equal(true);
  });

  it('are what the user says', async () => {
    await put(folder.path, 'x.bin', 'any');

    const { lock } = orThrow(await add(['x.bin'], { as: 'packages/setup.exe' }));

    expect([...lock.files.keys()]).to.deep.equal(['packages/setup.exe']);
  });
});
