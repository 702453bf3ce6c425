// A folder of its own for each test of a `describe`, gone afterwards.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'mocha';
import { takeSmallDisksAway } from './small-disk.js';

/** Call it inside `describe`; `path` is that of the running test. */
export function temporaryFolder(): { readonly path: string } {
  let path = '';
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'lyncimg-test-'));
  });
  afterEach(async () => {
    takeSmallDisksAway();
    await rm(path, { recursive: true, force: true });
  });
  return {
    get path() {
      return path;
    },
  };
}
