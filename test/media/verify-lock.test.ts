import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { placeholderText, verifyLock } from '../../src/media/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { entry, lockOf, put, update } from './kit.js';

describe('a lock that is verified', () => {
  const folder = temporaryFolder();

  it('tells of every file, in order, what is wrong with it', async () => {
    await put(folder.path, 'good', 'good');
    await put(folder.path, 'changed', 'evil');
    await put(folder.path, 'short', 'g');
    await put(folder.path, 'stand-in', placeholderText(update));
    await mkdir(join(folder.path, 'folder'));
    const places = ['good', 'changed', 'short', 'stand-in', 'folder', 'gone'];
    const lock = lockOf(
      folder.path,
      Object.fromEntries(places.map((place, index) => [`${5 - index}.msu`, entry(place, 'good')])),
    );

    const files = await verifyLock(lock);

    expect(files.map(({ path, location, state }) => [path, location, state])).to.deep.equal([
      ['0.msu', 'gone', 'missing'],
      ['1.msu', 'folder', 'unreadable'],
      ['2.msu', 'stand-in', 'placeholder'],
      ['3.msu', 'short', 'wrong-size'],
      ['4.msu', 'changed', 'wrong-hash'],
      ['5.msu', 'good', 'ok'],
    ]);
  });
});
