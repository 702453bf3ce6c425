// The store: one folder with layers, images, runs and locks.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, type LyncimgError } from '../errors/index.js';
import { nearest } from '../util/index.js';
import { acquireLock, type Lock, type LockOptions } from './lock.js';
import { parseImageManifest, parseLayerManifest } from './manifest-schema.js';
import { manifestName, namesIn, publish, removeUnfinished } from './publish.js';
import { isDigest, readEntry, readShelf, type Shelf } from './read.js';
import { isRunId, recoverRuns, type LeftProcess } from './recover-runs.js';
import { chooseImage, imageReference, newestFirst } from './reference.js';
import { beginRun, readRun, type Run, type RunRecord } from './run.js';
import { prepareStoreFolder } from './store-folder.js';
import type { ImageManifest, LayerManifest, Stored } from './types.js';

export interface PublishOptions<Manifest> {
  manifest: Manifest;
  /** Name in the store -> path of the file to copy. */
  files: Record<string, string>;
  /** The same of files that the caller has no more use for: it removes its own names of them. */
  given?: Record<string, string>;
  /** True (`--force`) takes the place of what is there. */
  replace?: boolean;
}

/** What was published, by this call or by somebody before it. */
export type Published<Manifest> = Stored<Manifest> & { published: boolean };

export type NewLayer = Omit<LayerManifest, 'files'>;
export type NewImage = Omit<ImageManifest, 'files' | 'reference'>;

export interface Store {
  /** Absolute. Nothing is made in it before something is written. */
  readonly folder: string;
  /** Whether it was published; its files are checked only by `layer`. */
  hasLayer(digest: string): Promise<boolean>;
  /** With all its files checked; null where there is none. Throws E_STORE_CORRUPT, E_STORE_VERSION. */
  layer(digest: string): Promise<Stored<LayerManifest> | null>;
  image(digest: string): Promise<Stored<ImageManifest> | null>;
  /** All that can be read, newest first. */
  layers(): Promise<LayerManifest[]>;
  images(): Promise<ImageManifest[]>;
  /** An error for each layer and image that cannot be read. */
  damaged(): Promise<LyncimgError[]>;
  publishLayer(options: PublishOptions<NewLayer>): Promise<Published<LayerManifest>>;
  publishImage(options: PublishOptions<NewImage>): Promise<Published<ImageManifest>>;
  /** Throws E_IMAGE_UNKNOWN, E_IMAGE_AMBIGUOUS, E_STORE_CORRUPT. */
  resolveImage(reference: string): Promise<Stored<ImageManifest>>;
  /** Waits until this process alone may make that digest. Release it in a `finally`. */
  lock(digest: string, options?: LockOptions): Promise<Lock>;
  beginRun(): Promise<Run>;
  /** Throws E_RUN_UNKNOWN. */
  openRun(id: string): Promise<Run>;
  /** Ends, with `endProcess`, what runs left whose process is gone; returns them. */
  recoverRuns(endProcess: (left: LeftProcess) => Promise<unknown>): Promise<RunRecord[]>;
}

/** Opens the store in a folder (the workspace's `.lyncimg`, absolute); it need not be there yet. */
export function openStore(folder: string): Store {
  const layers: Shelf<LayerManifest> = {
    parent: join(folder, 'layers'),
    parse: parseLayerManifest,
    rebuild: ({ os, name }) => `lyncimg build --os ${os} --role ${name} --force`,
  };
  const images: Shelf<ImageManifest> = {
    parent: join(folder, 'images'),
    parse: parseImageManifest,
    rebuild: ({ os, role }) => `lyncimg build --os ${os} --role ${role} --force`,
  };
  const runs = join(folder, 'runs');

  return {
    folder,
    hasLayer: async (digest) => isThere(join(layers.parent, digestOrThrow(digest), manifestName)),
    layer: async (digest) => readEntry(layers, digestOrThrow(digest)),
    image: async (digest) => readEntry(images, digestOrThrow(digest)),
    layers: async () =>
      (await readShelf(layers)).manifests.sort((a, b) => Date.parse(b.builtAt) - Date.parse(a.builtAt)),
    images: async () => (await readShelf(images)).manifests.sort(newestFirst),
    damaged: async () => [...(await readShelf(layers)).damaged, ...(await readShelf(images)).damaged],
    publishLayer: async (options) => {
      await prepareStoreFolder(folder);
      return publishOn(layers, options.manifest.digest, options);
    },
    publishImage: async ({ manifest, ...options }) => {
      await prepareStoreFolder(folder);
      const named = { ...manifest, reference: imageReference(manifest) };
      return publishOn(images, manifest.digest, { ...options, manifest: named });
    },
    resolveImage: async (reference) => {
      const { digest } = chooseImage(reference, (await readShelf(images)).manifests, folder);
      const stored = await readEntry(images, digest);
      if (stored === null) throw fail('E_IMAGE_UNKNOWN', { reference, near: [], any: true, folder });
      return stored;
    },
    lock: async (digest, options) => {
      await prepareStoreFolder(folder);
      return acquireLock(join(folder, 'locks'), digestOrThrow(digest), options);
    },
    beginRun: async () => {
      await prepareStoreFolder(folder);
      return beginRun(runs, new Date());
    },
    openRun: async (id) => {
      const run = isRunId(id) ? await readRun(join(runs, id)) : 'damaged';
      if (typeof run !== 'string') return run;
      throw fail('E_RUN_UNKNOWN', { id, near: nearest(id, (await namesIn(runs)).filter(isRunId)), folder });
    },
    recoverRuns: async (endProcess) => {
      await removeUnfinished(layers.parent);
      await removeUnfinished(images.parent);
      return recoverRuns(runs, endProcess);
    },
  };
}

async function publishOn<Manifest extends { files: Record<string, string> }>(
  shelf: Shelf<Manifest>,
  digest: string,
  { manifest, files, given = {}, replace = false }: PublishOptions<Omit<Manifest, 'files'>>,
): Promise<Published<Manifest>> {
  const published = await publish({
    parent: shelf.parent,
    digest: digestOrThrow(digest),
    files,
    given,
    replace,
    manifest: (digests) => `${JSON.stringify({ ...manifest, files: digests }, null, 2)}\n`,
  });
  const stored = await readEntry(shelf, digest);
  if (stored === null) throw new Error(`${digest} was published and is not there`);
  return { ...stored, published };
}

/** A digest becomes a folder's name. One that is none is a defect of the caller, since plans make them. */
function digestOrThrow(digest: string): string {
  if (!isDigest(digest)) throw new Error(`no digest: ${digest}`);
  return digest;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
