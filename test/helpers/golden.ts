// Whole artefacts that people read are compared with a checked-in file; UPDATE_GOLDEN=1 rewrites it for review.
import { expect } from 'chai';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `name` is a path below test/golden/. */
export async function expectGolden(name: string, actual: string): Promise<void> {
  const path = fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
  if (process.env['UPDATE_GOLDEN'] === '1') {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, actual);
  }
  expect(actual).to.equal(await readFile(path, 'utf8'));
}
