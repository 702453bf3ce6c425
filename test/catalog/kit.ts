// What the tests of the catalogue share: a package of its own with a catalogue, and problems as short lines.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { formatWhere, type Checked, type LyncimgError } from '../../src/errors/index.js';

export const packageRoot = resolve(import.meta.dirname, '../..');

/** `E_KEY_UNKNOWN roles/a.yaml:6:1`, in the order in which they are reported. */
export function lines(checked: Checked<unknown>): string[] {
  return checked.ok ? [] : checked.problems.map(line);
}

export function line({ code, where }: LyncimgError): string {
  return where === undefined ? code : `${code} ${formatWhere(where)}`;
}

/** The text of a role with what a test does not care about already in it. */
export function role(name: string, rest: string, title = 'A test'): string {
  return `apiVersion: lyncimg/v1\nkind: Role\nname: ${name}\ntitle: ${title}\ndescription: A test.\n${rest}`;
}

/** A package whose catalogue has the real operating systems and documents, and the roles given. */
export async function packageWith(folder: string, roles: Record<string, string>): Promise<string> {
  for (const part of ['os', 'features', 'packages', 'notes.yaml', 'sources.yaml'])
    await cp(join(packageRoot, 'catalog', part), join(folder, 'catalog', part), { recursive: true });
  await mkdir(join(folder, 'catalog', 'roles'));
  await writeFiles(
    folder,
    Object.fromEntries(Object.entries(roles).map(([name, text]) => [`catalog/roles/${name}.yaml`, text])),
  );
  return folder;
}

export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}
