// A disk of one MiB, for tests of a full one. Only root may mount; where mounting is not allowed the test is skipped
// by name.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const mounted = new Set<string>();

/** Mounts it at the folder, gives it to the test and takes it away; skips the test where it cannot be mounted. */
export async function onSmallDisk(
  test: Mocha.Context,
  folder: string,
  use: (disk: { path: string; fill: () => void }) => Promise<void>,
): Promise<void> {
  const path = join(folder, 'small-disk');
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'lyncimg-test', path], { stdio: 'ignore' });
  } catch {
    test.skip();
  }
  mounted.add(path);
  try {
    await use({
      path,
      fill: () => {
        try {
          writeFileSync(join(path, 'filler'), Buffer.alloc(2 * 1024 * 1024));
        } catch {
          // What it took is what made it full.
        }
      },
    });
  } finally {
    takeSmallDisksAway();
  }
}

/** Also of a test that ran out of time; temporaryFolder calls it before it removes the folder. */
export function takeSmallDisksAway(): void {
  for (const path of mounted) execFileSync('umount', ['-l', path], { stdio: 'ignore' });
  mounted.clear();
}
