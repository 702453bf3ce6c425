// The programs of a name, in the order in which a shell would find them.
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Absolute paths of the executables of that name, each program once. Relative and empty entries of PATH are passed
 * over: what lies in the working folder is not a tool.
 */
export async function executablesOnPath(name: string, path: string): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const candidate = join(folder, name);
    const real = await executable(candidate);
    if (real === null || seen.has(real)) continue;
    seen.add(real);
    found.push(candidate);
  }
  return found;
}

async function executable(path: string): Promise<string | null> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile() ? await realpath(path) : null;
  } catch {
    return null;
  }
}
