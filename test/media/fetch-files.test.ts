import { expect } from 'chai';
import { after, before, beforeEach, describe, it } from 'mocha';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { orThrow } from '../../src/errors/index.js';
import {
  defaultLine,
  fetchFiles,
  placeholderText,
  readLock,
  type WantedFile,
} from '../../src/media/index.js';
import { writeLock } from '../../src/media/lock-file.js';
import { sha256 } from '../../src/util/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { says, unrulyServer, whole, type UnrulyServer } from './fetch/unruly-server.js';
import { entry, lockOf, put, update } from './kit.js';

const content = Buffer.from('the real one');
const now = new Date('2026-11-23T10:00:00.000Z');

describe('files that are fetched', () => {
  const folder = temporaryFolder();
  let server: UnrulyServer;
  before(async () => {
    server = await unrulyServer();
  });
  after(async () => {
    await server.close();
  });
  beforeEach(() => {
    server.behave(whole(content));
    server.asked.splice(0);
  });
  const known = (path: string): WantedFile => ({
    ...{ path, title: path, url: server.url(`/${path}`), sha256: sha256(content).toUpperCase() },
  });
  const fetchThem = async (wanted: WantedFile[], lock = lockOf(folder.path), allowUnknownHash = false) =>
    fetchFiles({
      ...{ wanted, lock, allowUnknownHash, now: () => now, signal: new AbortController().signal },
      ...{ tell: () => undefined, line: { ...defaultLine({}), pausesMs: [] } },
    });

  it('lie in media/ and are recorded with the address that they came from', async () => {
    const [fetched] = await fetchThem([known('hotfixes/a.msu')]);

    expect(fetched).to.include({ outcome: 'fetched', sha256: sha256(content) });
    expect(await readFile(join(folder.path, 'media/hotfixes/a.msu'))).to.deep.equal(content);
    const { files } = orThrow(await readLock(folder.path));
    const origin = server.url('/hotfixes/a.msu');
    expect(Object.fromEntries(files)).to.deep.equal({
      'hotfixes/a.msu': entry('media/hotfixes/a.msu', 'the real one', { origin }),
    });
  });

  it('are recorded without the query of their address, which may be a secret', async () => {
    await fetchThem([{ ...known('a.msu'), url: server.url('/a.msu?sig=secret') }]);

    expect(server.asked[0]?.url).to.equal('/a.msu?sig=secret');
    expect(orThrow(await readLock(folder.path)).files.get('a.msu')?.origin).to.equal(server.url('/a.msu'));
  });

  it('are recorded beside what somebody recorded during the download', async () => {
    const recorded = writeLock(lockOf(folder.path, { 'mine.msu': entry('mine', 'mine') }));
    server.behave((response, asked) => {
      void recorded.then(() => {
        whole(content)(response, asked);
      });
    });
    await fetchThem([known('a.msu')]);

    expect([...orThrow(await readLock(folder.path)).files.keys()]).to.deep.equal(['a.msu', 'mine.msu']);
  });

  it('are those that are not there, and those alone', async () => {
    await put(folder.path, 'media/here.msu', 'the real one');
    await put(folder.path, 'media/stand-in.msu', placeholderText(update));
    const lock = lockOf(folder.path, { 'gone.msu': entry('gone', 'the real one') });

    const files = await fetchThem(['here.msu', 'stand-in.msu', 'gone.msu', 'none.msu'].map(known), lock);

    expect(files.map(({ outcome }) => outcome)).to.deep.equal(['present', 'fetched', 'fetched', 'fetched']);
    expect(orThrow(await readLock(folder.path)).files.get('gone.msu')?.location).to.equal('media/gone.msu');
  });

  it('never take the place of a file that somebody put there', async () => {
    await put(folder.path, 'media/a.msu', 'mine');

    const [file] = await fetchThem([known('a.msu')]);

    expect(file?.problem?.code).to.equal('E_MEDIA_CHECKSUM');
    expect(await readFile(join(folder.path, 'media/a.msu'), 'utf8')).to.equal('mine');
    expect(server.asked).to.deep.equal([]);
  });

  it('are fetched though others fail, and recorded though the last one does', async () => {
    server.behave(says(404), whole(content), says(404));

    const files = await fetchThem(['a.msu', 'b.msu', 'c.msu'].map(known));

    expect(files.map(({ outcome, problem }) => [outcome, problem?.code])).to.deep.equal([
      ['failed', 'E_FETCH_STATUS'],
      ['fetched', undefined],
      ['failed', 'E_FETCH_STATUS'],
    ]);
    expect([...orThrow(await readLock(folder.path)).files.keys()]).to.deep.equal(['b.msu']);
  });

  it('are none where nobody knows an address', async () => {
    const [file] = await fetchThem([{ ...update, published: 'https://example/page' }]);

    expect(file).to.include({ outcome: 'no-address', published: 'https://example/page' });
  });

  it('are none where nobody knows a hash, unless that is asked for, and then over https alone', async () => {
    const unknown = { path: 'a.msu', title: 'a', url: server.url('/a.msu') };

    expect((await fetchThem([unknown]))[0]?.problem?.code).to.equal('E_FETCH_NO_HASH');
    expect((await fetchThem([unknown], undefined, true))[0]?.problem?.code).to.equal('E_FETCH_ADDRESS');
    expect(server.asked).to.deep.equal([]);
  });

  it('tell of the proxy that is not used where one is named and nothing answers', async () => {
    const line = { ...defaultLine({ https_proxy: 'http://proxy:3128' }), pausesMs: [] };
    const [file] = await fetchFiles({
      ...{ wanted: [{ ...known('a.msu'), url: 'http://127.0.0.1:1/a' }], lock: lockOf(folder.path), line },
      ...{ allowUnknownHash: false, now: () => now, signal: new AbortController().signal },
      tell: () => undefined,
    });

    expect(file?.problem?.code).to.equal('E_FETCH_BROKEN');
    expect(file?.problem?.suggestions.join()).to.contain('uses no proxy');
  });
});
