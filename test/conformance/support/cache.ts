// Where other people's programs are kept between runs: a folder for each set of pinned versions.
import { createHash } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../helpers/modelled-machine.js';

const root = join(packageRoot, 'node_modules/.cache/lyncimg-conformance');

/** `fill` runs where the folder is not there whole; what it throws leaves nothing behind. */
export async function cached(
  { name, contents }: { name: string; contents: string },
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const digest = createHash('sha256').update(contents).digest('hex').slice(0, 16);
  const folder = join(root, `${name}-${digest}`);
  const whole = join(folder, '.whole');
  if ((await stat(whole).catch(() => null)) !== null) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    await fill(folder);
    await writeFile(whole, '');
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
