import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatWhere, orThrow } from '../../src/errors/index.js';
import { readLock, recordEntries } from '../../src/media/index.js';
import { locationOf, writeLock } from '../../src/media/lock-file.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { codesOf, entry, lockOf, problemsOf, update } from './kit.js';

const head = 'apiVersion: lyncimg/v1\nkind: MediaLock\nfiles:\n';

describe('media.lock.yaml', () => {
  const folder = temporaryFolder();
  const path = (): string => join(folder.path, 'media.lock.yaml');
  const placesOf = async (text: string): Promise<string[]> => {
    await writeFile(path(), text);
    return problemsOf(await readLock(folder.path)).map(
      ({ where, message }) => `${where === undefined ? '' : formatWhere(where)} ${message}`,
    );
  };

  it('is empty where there is none', async () => {
    expect(orThrow(await readLock(folder.path)).files.size).to.equal(0);
  });

  it('reads back what was written, however the paths and addresses look', async () => {
    const lock = lockOf(folder.path, {
      [update.path]: entry("/home/me/it's: #1 – ü.msu", 'x', { origin: 'https://example/a?b=1&c=%20' }),
      'yes/no - [1].exe': entry('media/on', 'y'),
    });
    await writeLock(lock);

    const read = orThrow(await readLock(folder.path));
    expect(Object.fromEntries(read.files)).to.deep.equal(Object.fromEntries(lock.files));
  });

  it('is the same text whatever the order of adding, sorted, and leaves nothing beside it', async () => {
    const a = entry('a', 'a');
    const b = entry('b', 'b');
    await writeLock(lockOf(folder.path, { 'b.msu': b, 'a.msu': a }));
    const one = await readFile(path(), 'utf8');
    await writeLock(lockOf(folder.path, { 'a.msu': a, 'b.msu': b }));

    expect(await readFile(path(), 'utf8')).to.equal(one);
    expect(one.indexOf('a.msu')).to.be.lessThan(one.indexOf('b.msu'));
    expect(one).to.match(/^# Which files/);
    expect(await readdir(folder.path)).to.deep.equal(['media.lock.yaml']);
  });

  it('keeps what another run recorded meanwhile', async () => {
    const early = orThrow(await readLock(folder.path));
    await writeLock(lockOf(folder.path, { 'other.msu': entry('other', 'other') }));
    const lock = { ...early, files: new Map([['a.msu', entry('a', 'a')]]) };

    const written = await recordEntries(lock, ['a.msu']);

    expect([...written.files.keys()]).to.have.members(['other.msu', 'a.msu']);
    expect([...orThrow(await readLock(folder.path)).files.keys()]).to.deep.equal(['a.msu', 'other.msu']);
  });

  it('is not written where it could not be read again', async () => {
    await writeLock(lockOf(folder.path, { 'a.msu': entry('a', 'a') }));
    const before = await readFile(path(), 'utf8');
    const many = Array.from({ length: 1000 }, (_, index) => [`${index}.msu`, entry('a', 'a')] as const);

    for (const files of [{ 'b.msu': entry('line\nbreak', 'b') }, Object.fromEntries(many)])
      expect(await writeLock(lockOf(folder.path, files)).catch((error: unknown) => error)).to.be.instanceOf(
        Error,
      );
    expect(await readFile(path(), 'utf8')).to.equal(before);
  });

  it('writes places inside of the workspace relative to it, others in full', () => {
    const lock = lockOf('/w/space');

    expect(locationOf(lock, '/w/space/media/a.msu')).to.equal('media/a.msu');
    expect(locationOf(lock, '/w/space2/a.msu')).to.equal('/w/space2/a.msu');
    expect(locationOf(lock, '/w/space/..a/b.msu')).to.equal('..a/b.msu');
  });

  it('tells of everything wrong at once, each with its line and column', async () => {
    const found = await placesOf(
      `${head}  a.msu:\n    location: a\n    sizeBytes: many\n    sha256: abc\n    origin: added\n    addedAt: 2026-11-23T10:00:00Z\n    note: x\n  ../b: 1\n`,
    );

    expect(found).to.have.length(4);
    expect(found[0]).to.match(/^media\.lock\.yaml:6:5 .*whole number/);
    expect(found.join('\n'))
      .to.contain('media.lock.yaml:7:5 files: a.msu: sha256: is no SHA-256')
      .and.to.contain('media.lock.yaml:10:5 files: a.msu: the key note is not known')
      .and.to.contain('media.lock.yaml:11:3 files: ../b: ');
  });

  for (const [what, text, place] of [
    ['wrong YAML', `${head}  a.msu: [`, 'media.lock.yaml:4:'],
    ['a key twice', `${head}  a.msu: 1\n  a.msu: 2\n`, 'media.lock.yaml:5:3'],
    ['aliases', `${head}  a.msu: &x {location: a}\n  b.msu: *x\n`, 'media.lock.yaml:1:1'],
    ['nothing', '', 'media.lock.yaml:1:1'],
    ['a list', '- a\n', 'media.lock.yaml:1:1'],
    ['another kind', 'apiVersion: lyncimg/v1\nkind: Role\nfiles: {}\n', 'media.lock.yaml:2:1'],
    ['deep nesting', '['.repeat(20_000), 'media.lock.yaml:1:1'],
    ['wide nesting', '- '.repeat(20_000), 'media.lock.yaml:1:1'],
  ] as const) {
    it(`is broken where it holds ${what}`, async () => {
      const [first] = await placesOf(text);

      expect(first).to.contain(place);
      expect(codesOf(await readLock(folder.path))[0]).to.equal('E_MEDIA_LOCK');
    });
  }

  it('is broken where two paths differ in case alone', async () => {
    const one = `{location: a, sizeBytes: 1, sha256: ${'a'.repeat(64)}, origin: added, addedAt: 2026-11-23T10:00:00Z}`;
    const found = await placesOf(`${head}  a.msu: ${one}\n  A.MSU: ${one}\n`);

    expect(found).to.deep.equal([
      'media.lock.yaml:5:3 A.MSU: stands twice: Windows does not tell case apart.',
    ]);
  });

  it('is not read where it is far too large', async () => {
    await writeFile(path(), '#'.repeat(200_000));

    expect(codesOf(await readLock(folder.path))).to.deep.equal(['E_FILE_TOO_LARGE']);
  });
});
