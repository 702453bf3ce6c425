// One digest over everything that the twin's behaviour is made of, so that a rehearsal made by an older model is not
// taken for one of today: the files of this folder as they run (sources or built), and the catalogues of features.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf, sha256 } from '../util/index.js';
import { featureFile } from './feature-catalogue.js';
import { modelledOsIds } from './os.js';

/** Lower-case hex SHA-256. The wire library (src/wsman) is not in it: it is no part of the model. */
export async function twinModelDigest(packageRoot: string): Promise<string> {
  return digestOfFiles(fileURLToPath(new URL('.', import.meta.url)), [
    ...modelledOsIds.map((os) => featureFile(packageRoot, os)),
  ]);
}

/** Names are relative and sorted, so that the place of the folder does not matter. */
export async function digestOfFiles(folder: string, more: string[]): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const code = entries
    .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const digests = await Promise.all(
    [...code, ...more].map(async (path) => [
      path.startsWith(folder)
        ? relative(folder, path).split(sep).join('/')
        : path.split(sep).slice(-2).join('/'),
      sha256(await readFile(path)),
    ]),
  );
  return digestOf(digests);
}
