// One writer a digest, across processes. Node has no flock, and a lock file that a dead process left must be taken
// over without two takers both believing that they won. So nobody ever takes over a file: each contender makes a claim
// under a name that is never used again (it tells who it is), and then looks for others. A claim is made before one
// looks, so of two contenders at least the later one sees the other; who sees a living one takes his claim back and
// tries again. The claim of a dead process is removed by whoever meets it: nothing else can have that name.
import { randomInt } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileFailure } from '../errors/index.js';
import { sameProcess } from '../util/index.js';
import { ownerOf, ownName } from './owner-name.js';
import { namesIn } from './publish.js';
import { makeFolder } from './store-folder.js';

export interface LockHolder {
  pid: number;
  /** The holder's run, where it told one. */
  run: string | null;
}

export interface LockOptions {
  /** Ends the waiting: the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called once for each holder that has to be waited for. */
  onWaiting?: (holder: LockHolder) => void;
  /** Told to those who wait. */
  run?: string;
}

export interface Lock {
  /** Lets the next one in; may be called twice. */
  release(): Promise<void>;
}

const pollMs = 200;
/** A claim that is gone by then was of a contender that gave way, not of a holder. */
const secondLookMs = 30;

/** Waits until this process alone holds the digest. */
export async function acquireLock(folder: string, digest: string, options: LockOptions = {}): Promise<Lock> {
  await makeFolder(folder);
  let seen: string | null = null;
  let announced: string | null = null;
  for (;;) {
    options.signal?.throwIfAborted();
    const holder = await livingClaim(folder, digest, null);
    if (holder === null) {
      const lock = await tryClaim(folder, digest, options.run ?? '');
      if (lock !== null) return lock;
      await pause(randomInt(5, 40), options.signal);
      continue;
    }
    if (holder === seen && holder !== announced) {
      announced = holder;
      options.onWaiting?.(await holderOf(folder, digest, holder));
    }
    await pause(holder === seen ? pollMs : secondLookMs, options.signal);
    seen = holder;
  }
}

async function tryClaim(folder: string, digest: string, run: string): Promise<Lock | null> {
  const own = `${digest}.${ownName()}`;
  const path = join(folder, own);
  const release = (): Promise<void> => rm(path, { force: true });
  try {
    await writeFile(path, run, { flag: 'wx', mode: 0o600 });
    if ((await livingClaim(folder, digest, own)) === null) return { release };
  } catch (error) {
    await release();
    throw fileFailure(error, path);
  }
  await release();
  return null;
}

/** The name of a claim on the digest whose process lives, other than `own`; claims of the dead are removed. */
async function livingClaim(folder: string, digest: string, own: string | null): Promise<string | null> {
  let living: string | null = null;
  for (const name of (await namesIn(folder)).sort()) {
    if (!name.startsWith(`${digest}.`) || name === own) continue;
    const owner = ownerOf(name.slice(digest.length + 1));
    if (owner === null) continue;
    if (sameProcess(owner)) living ??= name;
    else await rm(join(folder, name), { force: true });
  }
  return living;
}

async function holderOf(folder: string, digest: string, name: string): Promise<LockHolder> {
  const run = await readFile(join(folder, name), 'utf8').catch(() => '');
  const pid = ownerOf(name.slice(digest.length + 1))?.pid ?? 0;
  return { pid, run: /^[\w-]+$/.test(run) ? run : null };
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  signal?.throwIfAborted();
}
