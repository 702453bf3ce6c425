// What a layer leaves where Packer makes the machine: files of its output folder, or a name at the hypervisor. A note
// beside them says which, and the next layer starts from it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { fail } from '../errors/index.js';
import type { LayerManifest, Stored } from '../images/index.js';
import type { Platform } from '../platforms/index.js';

/** Name of the note in a layer of the store. */
export const machineNote = 'machine.json';
/** Folder of a layer in the store that holds what Packer left. */
const diskFolder = 'disk';

const noteSchema = z.strictObject({
  /** Of the machine that was made. */
  name: z.string().regex(/^[\w.-]{1,80}$/),
  keeps: z.enum(['files', 'name']),
});

/** Writes the note and gives what the store is to keep: name in the store -> path. */
export async function keepMachine(given: {
  layer: string;
  platform: Platform;
  name: string;
  /** Packer's output folder. */
  output: string;
  /** Where the note is written. */
  note: string;
}): Promise<Record<string, string>> {
  const { layer, platform, name, output, note } = given;
  const keeps = platform.keeps.as === 'files' ? 'files' : 'name';
  await writeFile(note, `${JSON.stringify({ name, keeps })}\n`);
  if (keeps === 'name') return { [machineNote]: note };
  const files = await filesBelow(output);
  if (files.length === 0) throw fail('E_BUILD_NO_DISK', { layer, output });
  return {
    [machineNote]: note,
    ...Object.fromEntries(files.map((file) => [`${diskFolder}/${file}`, join(output, file)])),
  };
}

/** What the next layer starts from (LYNCIMG_PARENT). Throws E_STORE_CORRUPT where the note is none. */
export async function parentOf(stored: Stored<LayerManifest>, platform: Platform): Promise<string> {
  const { name, keeps } = await readNote(stored);
  return keeps === 'name' ? name : join(stored.folder, diskFolder, platform.keeps.parent ?? '.');
}

async function readNote(stored: Stored<LayerManifest>): Promise<z.output<typeof noteSchema>> {
  const path = stored.files[machineNote] ?? join(stored.folder, machineNote);
  try {
    return noteSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw fail('E_STORE_CORRUPT', { path, why: 'is no note of a machine', rebuild: 'lyncimg build --force' });
  }
}

/** Relative paths with forward slashes. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
