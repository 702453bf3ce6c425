import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { orThrow } from '../../src/errors/index.js';
import { findMedia, placeholderItem, placeholderText } from '../../src/media/index.js';
import { sha256 } from '../../src/util/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { codesOf, entry, lockOf, problemsOf, put, update } from './kit.js';

describe('the media of a plan', () => {
  const folder = temporaryFolder();
  const wanted = [update];
  const right = { ...update, sha256: sha256('the real one').toUpperCase(), sizeBytes: 12 };

  it('are placeholders in a rehearsal of somebody who has no file', async () => {
    const found = await findMedia({ wanted, lock: lockOf(folder.path), absent: 'placeholder' });

    expect(orThrow(found)).to.deep.equal({ items: [placeholderItem(update)], sources: new Map() });
  });

  it('are the files that the lock names, also in a rehearsal', async () => {
    const path = await put(folder.path, 'elsewhere/kb.msu', 'the real one');
    const lock = lockOf(folder.path, {
      [update.path.toLowerCase()]: entry('elsewhere/kb.msu', 'the real one'),
    });

    const { items, sources } = orThrow(await findMedia({ wanted: [right], lock, absent: 'placeholder' }));

    expect(items).to.deep.equal([
      {
        path: update.path,
        title: update.title,
        origin: 'file',
        sha256: sha256('the real one'),
        sizeBytes: 12,
      },
    ]);
    expect([...sources]).to.deep.equal([[update.path, path]]);
  });

  it('are not read to the end where the command is interrupted', async () => {
    await put(folder.path, `media/${update.path}`, 'the real one');
    const interrupted = new Error('Ctrl-C');

    const search = findMedia({
      ...{ wanted, lock: lockOf(folder.path), absent: 'placeholder' },
      signal: AbortSignal.abort(interrupted),
    });

    expect(await search.catch((error: unknown) => error)).to.equal(interrupted);
  });

  it('are the files of the folder media/ where the lock names none, in any case of letters', async () => {
    const path = await put(folder.path, 'media/Hotfixes/windows8.1-kb2919355-x64.msu', 'the real one');

    const { items, sources } = orThrow(
      await findMedia({ wanted: [right], lock: lockOf(folder.path), absent: 'refused' }),
    );

    expect(items[0]).to.include({ origin: 'file', sha256: sha256('the real one') });
    expect(sources.get(update.path)).to.equal(path);
  });

  it('are those of the lock before those of the folder', async () => {
    await put(folder.path, `media/${update.path}`, 'one');
    const other = await put(folder.path, 'other.msu', 'another');
    const lock = lockOf(folder.path, { [update.path]: entry('other.msu', 'another') });

    expect(
      orThrow(await findMedia({ wanted, lock, absent: 'placeholder' })).sources.get(update.path),
    ).to.equal(other);
  });

  it('are missing all at once where it is no rehearsal, each with what to do', async () => {
    const other = {
      path: 'a.msu',
      title: 'Another',
      published: 'https://example/page',
      url: 'https://example/a',
    };
    const found = await findMedia({ wanted: [update, other], lock: lockOf(folder.path), absent: 'refused' });

    expect(codesOf(found)).to.deep.equal(['E_MEDIA_MISSING', 'E_MEDIA_MISSING']);
    expect(problemsOf(found)[0]?.suggestions.join('\n'))
      .to.contain('media add FILE')
      .and.to.contain('https://example/page')
      .and.to.contain('media fetch');
  });

  it('are missing in a rehearsal too where the lock says that there is a file', async () => {
    const lock = lockOf(folder.path, { [update.path]: entry('gone.msu', 'x') });
    const found = await findMedia({ wanted, lock, absent: 'placeholder' });

    expect(codesOf(found)).to.deep.equal(['E_MEDIA_MISSING']);
    expect(problemsOf(found)[0]?.message).to.contain(join(folder.path, 'gone.msu'));
  });

  it('are wrong where a file has another hash than the catalogue knows, in the folder or in the lock', async () => {
    await put(folder.path, `media/${update.path}`, 'some other !');
    expect(
      codesOf(await findMedia({ wanted: [right], lock: lockOf(folder.path), absent: 'placeholder' })),
    ).to.deep.equal(['E_MEDIA_CHECKSUM']);

    const lock = lockOf(folder.path, { [update.path]: entry(`media/${update.path}`, 'some other !') });
    expect(codesOf(await findMedia({ wanted: [right], lock, absent: 'placeholder' }))).to.deep.equal([
      'E_MEDIA_CHECKSUM',
    ]);
  });

  it('are wrong where a file has another size than was written down, without being hashed', async () => {
    await put(folder.path, 'kb.msu', 'cut');
    const lock = lockOf(folder.path, { [update.path]: entry('kb.msu', 'the real one') });

    expect(codesOf(await findMedia({ wanted, lock, absent: 'placeholder' }))).to.deep.equal(['E_MEDIA_SIZE']);
  });

  it('are never a placeholder that lies among the files, where it is no rehearsal', async () => {
    await put(folder.path, `media/${update.path}`, placeholderText(update));
    const lock = lockOf(folder.path);

    expect(orThrow(await findMedia({ wanted, lock, absent: 'placeholder' })).items[0]?.origin).to.equal(
      'placeholder',
    );
    expect(codesOf(await findMedia({ wanted, lock, absent: 'refused' }))).to.deep.equal([
      'E_MEDIA_PLACEHOLDER',
    ]);
  });

  it('say which path cannot be one and which file cannot be read', async () => {
    await mkdir(join(folder.path, 'media/a.msu'), { recursive: true });
    const found = await findMedia({
      wanted: [
        { path: '../outside', title: 'x' },
        { path: 'a.msu', title: 'y' },
      ],
      lock: lockOf(folder.path),
      absent: 'placeholder',
    });

    expect(codesOf(found)).to.deep.equal(['E_MEDIA_PATH', 'E_FILE_UNREADABLE']);
  });
});
