import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { openStore, type Store } from '../../src/images/index.js';
import { sha256 } from '../../src/util/index.js';
import { onSmallDisk } from '../helpers/small-disk.js';
import { aLayer, anImage } from '../helpers/store-entries.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('the store', () => {
  const folder = temporaryFolder();
  const { digest } = aLayer();
  let store: Store;
  let state: string;

  beforeEach(async () => {
    store = openStore(join(folder.path, '.lyncimg'));
    state = join(folder.path, 'state.json');
    await writeFile(state, '{"format":1}\n');
  });

  const errorOf = async (promise: Promise<unknown>): Promise<LyncimgError> => {
    const error = await promise.catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(LyncimgError);
    return error as LyncimgError;
  };
  const changeManifest = async (
    shelf: string,
    of: string,
    change: (text: string) => string,
  ): Promise<void> => {
    const path = join(store.folder, shelf, of, 'manifest.json');
    await writeFile(path, change(await readFile(path, 'utf8')));
  };

  it('is empty, and not made, before something is put there', async () => {
    expect(await store.hasLayer(digest)).to.equal(false);
    expect(await store.layer(digest)).to.equal(null);
    expect(await store.layers()).to.deep.equal([]);
    expect(await store.images()).to.deep.equal([]);
    expect(await store.damaged()).to.deep.equal([]);
    expect(await readdir(folder.path)).to.deep.equal(['state.json']);
  });

  it('gives back the layer that was published, with the digest of each file', async () => {
    const { published } = await store.publishLayer({ manifest: aLayer(), files: { 'state.json': state } });
    const stored = await store.layer(digest);

    expect(published).to.equal(true);
    expect(stored?.manifest).to.deep.equal({
      ...aLayer(),
      files: { 'state.json': sha256('{"format":1}\n') },
    });
    expect(await readFile(stored!.files['state.json']!, 'utf8')).to.equal('{"format":1}\n');
    expect(await store.hasLayer(digest)).to.equal(true);
    expect((await store.layers()).map((layer) => layer.name)).to.deep.equal(['windows-base']);
  });

  it('takes a file that is given away without copying it', async () => {
    const before = await stat(state);
    await store.publishLayer({ manifest: aLayer(), files: {}, given: { 'state.json': state } });
    const stored = await store.layer(digest);
    await rm(state);

    expect((await stat(stored!.files['state.json']!)).ino).to.equal(before.ino);
    expect(await readFile(stored!.files['state.json']!, 'utf8')).to.equal('{"format":1}\n');
  });

  it('keeps files in folders of their own, and takes no name that leads out of the store', async () => {
    await store.publishLayer({ manifest: aLayer(), files: { 'disk/Virtual Hard Disks/c.vhdx': state } });
    const stored = await store.layer(digest);
    expect(stored?.files['disk/Virtual Hard Disks/c.vhdx']).to.equal(
      join(store.folder, 'layers', digest, 'disk/Virtual Hard Disks/c.vhdx'),
    );

    await changeManifest('layers', digest, (text) => text.replace('disk/Virtual', 'disk/../../Virtual'));
    expect((await errorOf(store.layer(digest))).code).to.equal('E_STORE_CORRUPT');
  });

  it('is for this user alone', async () => {
    await store.publishLayer({ manifest: aLayer(), files: {} });

    expect((await stat(store.folder)).mode & 0o777).to.equal(0o700);
  });

  it('keeps the first of two that publish the same digest', async () => {
    const first = await store.publishLayer({ manifest: aLayer(), files: { 'state.json': state } });
    const second = await store.publishLayer({ manifest: aLayer({ durationMs: 9 }), files: {} });

    expect(second.published).to.equal(false);
    expect(second.manifest).to.deep.equal(first.manifest);
    expect(await readdir(join(store.folder, 'layers'))).to.deep.equal([digest]);
  });

  it('replaces it when told to', async () => {
    await store.publishLayer({ manifest: aLayer(), files: { 'state.json': state } });
    const second = await store.publishLayer({
      manifest: aLayer({ durationMs: 9 }),
      files: {},
      replace: true,
    });

    expect(second.published).to.equal(true);
    expect((await store.layer(digest))?.manifest.durationMs).to.equal(9);
    expect(await readdir(join(store.folder, 'layers'))).to.deep.equal([digest]);
  });

  it('agrees on one when processes publish the same at once', async function () {
    this.timeout(30_000);
    const script = join(folder.path, 'publish.mts');
    const source = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
    await writeFile(
      script,
      `import { openStore } from ${source('../../src/images/index.ts')};
       import { aLayer } from ${source('../helpers/store-entries.ts')};
       const results = [];
       for (let n = 0; n < 20; n++) {
         const digest = n.toString(16).padStart(64, '0');
         const store = openStore(${JSON.stringify(store.folder)});
         const { published } = await store.publishLayer({ manifest: aLayer({ digest }), files: { 'state.json': ${JSON.stringify(state)} } });
         results.push(published);
       }
       console.log(JSON.stringify(results));`,
    );

    const runs = await Promise.all(
      [1, 2].map(() =>
        promisify(execFile)(process.execPath, ['--import', 'tsx', script], { timeout: 25_000 }),
      ),
    );

    const [one, two] = runs.map(({ stdout }) => JSON.parse(stdout) as boolean[]);
    expect(one?.map((published, n) => Number(published) + Number(two?.[n]))).to.deep.equal(Array(20).fill(1));
    expect(await readdir(join(store.folder, 'layers'))).to.have.length(20);
    expect(await store.damaged()).to.deep.equal([]);
  });

  it('never counts what was published by half, and clears it up when its publisher is gone', async () => {
    const half = join(store.folder, 'layers', '.new-999999.1.00000000-dead.abcdef');
    await mkdir(half, { recursive: true });
    await chmod(store.folder, 0o700);
    await writeFile(join(half, 'manifest.json'), JSON.stringify({ ...aLayer(), files: {} }));

    expect(await store.layers()).to.deep.equal([]);
    expect(await store.damaged()).to.deep.equal([]);
    await store.recoverRuns(() => Promise.resolve());
    expect(await readdir(join(store.folder, 'layers'))).to.deep.equal([]);
  });

  it('leaves nothing behind when a file cannot be copied', async () => {
    const missing = join(folder.path, 'nothing');
    await store.publishLayer({ manifest: aLayer(), files: { 'state.json': missing } }).catch(() => undefined);

    expect(await readdir(join(store.folder, 'layers'))).to.deep.equal([]);
  });

  it('on a full disk is that error, and holds no half layer', async function () {
    await writeFile(state, 'x'.repeat(2 * 1024 * 1024));
    await onSmallDisk(this, folder.path, async ({ path }) => {
      const small = openStore(join(path, '.lyncimg'));

      const error = await errorOf(small.publishLayer({ manifest: aLayer(), files: { 'state.json': state } }));

      expect(error.code).to.equal('E_DISK_FULL');
      expect(await readdir(join(path, '.lyncimg', 'layers'))).to.deep.equal([]);
    });
  });

  describe('believes nothing that it reads', () => {
    beforeEach(async () => {
      await store.publishLayer({ manifest: aLayer(), files: { 'state.json': state } });
    });

    const damages: [string, (path: string) => Promise<void>, RegExp][] = [
      ['was changed', (path) => writeFile(path, '{}'), /has changed/],
      ['is missing', (path) => rm(path), /is missing/],
      [
        'is a link',
        async (path) => (await rename(path, `${path}.x`), symlink(`${path}.x`, path)),
        /no plain file/,
      ],
    ];
    for (const [what, damage, why] of damages) {
      it(`when a file ${what}`, async () => {
        const path = join(store.folder, 'layers', digest, 'state.json');
        await damage(path);

        const error = await errorOf(store.layer(digest));

        expect(error.code).to.equal('E_STORE_CORRUPT');
        expect(error.exitCode).to.equal(3);
        expect(error.message).to.contain(path).and.match(why);
        expect(error.suggestions.join()).to.contain('lyncimg build --os 2012r2 --role windows-base --force');
      });
    }

    const manifests: [string, (text: string) => string, string][] = [
      ['is no JSON', () => '{', 'E_STORE_CORRUPT'],
      ['is cut off', (text) => text.slice(0, 100), 'E_STORE_CORRUPT'],
      ['is empty', () => '', 'E_STORE_CORRUPT'],
      ['is of another digest', (text) => text.replace(digest, sha256('other')), 'E_STORE_CORRUPT'],
      ['leads out of its folder', (text) => text.replace('"state.json"', '"../../x"'), 'E_STORE_CORRUPT'],
      ['would move the cursor', (text) => text.replace('"twin"', String.raw`"\u001b[2J"`), 'E_STORE_CORRUPT'],
      ['is of a later lyncimg', (text) => text.replace('lyncimg/v1', 'lyncimg/v2'), 'E_STORE_VERSION'],
    ];
    for (const [what, change, code] of manifests) {
      it(`when the manifest ${what}`, async () => {
        await changeManifest('layers', digest, change);

        expect((await errorOf(store.layer(digest))).code).to.equal(code);
        expect(await store.layers()).to.deep.equal([]);
        expect((await store.damaged()).map((error) => error.code)).to.deep.equal([code]);
      });
    }

    it('when the manifest is missing', async () => {
      await rm(join(store.folder, 'layers', digest, 'manifest.json'));

      expect(await store.hasLayer(digest)).to.equal(false);
      expect((await errorOf(store.layer(digest))).message).to.contain('manifest.json is missing');
    });

    it('but passes over what a later lyncimg added', async () => {
      await changeManifest('layers', digest, (text) => text.replace('{', '{ "signature": {"by": "x"},'));

      expect((await store.layer(digest))?.manifest).not.to.have.property('signature');
    });
  });

  it('makes the reference of an image itself, and refuses one that calls itself otherwise', async () => {
    const image = await store.publishImage({ manifest: anImage(), files: { 'state.json': state } });
    expect(image.manifest.reference).to.equal(`rehearsal/front-end-2012r2@${anImage().digest.slice(0, 12)}`);

    // The same bytes, passed off as a real image.
    await changeManifest('images', anImage().digest, (text) => text.replace('"rehearsal/', '"image/'));

    expect((await errorOf(store.resolveImage(anImage().digest))).code).to.equal('E_IMAGE_UNKNOWN');
    expect((await store.damaged()).map((error) => error.code)).to.deep.equal(['E_STORE_CORRUPT']);
  });

  it('checks the files of the image that a reference means', async () => {
    const { files } = await store.publishImage({ manifest: anImage(), files: { 'state.json': state } });
    expect((await store.resolveImage('front-end-2012r2')).files).to.deep.equal(files);

    await writeFile(files['state.json']!, 'changed');

    expect((await errorOf(store.resolveImage('front-end-2012r2'))).code).to.equal('E_STORE_CORRUPT');
  });

  describe('in a folder that is not safe', () => {
    it('of everybody is refused, with the way out', async () => {
      await mkdir(store.folder);
      await chmod(store.folder, 0o777);

      for (const write of [
        () => store.beginRun(),
        () => store.lock(digest),
        () => store.publishLayer({ manifest: aLayer(), files: {} }),
        () => store.publishImage({ manifest: anImage(), files: {} }),
      ]) {
        const error = await errorOf(write());
        expect(error.code).to.equal('E_STORE_UNSAFE');
        expect(error.suggestions.join()).to.contain(`chmod o-w ${store.folder}`);
      }
      expect(await readdir(store.folder)).to.deep.equal([]);
    });

    it('serves inside a working folder of everybody, since it is closed itself', async () => {
      await chmod(folder.path, 0o777);

      await store.publishLayer({ manifest: aLayer(), files: {} });

      expect((await stat(store.folder)).mode & 0o777).to.equal(0o700);
    });

    it('where a file is in its way is an error that names it', async () => {
      await writeFile(store.folder, '');

      const error = await errorOf(store.beginRun());

      expect(error.code).to.equal('E_FILE_ACCESS');
      expect(error.message).to.contain(store.folder);
    });
  });

  it('takes nothing for a digest that is none', async () => {
    const error = await store.layer('../../etc').catch((caught: unknown) => caught);

    expect(error).to.be.an('error').with.property('message').that.contains('no digest');
  });
});
