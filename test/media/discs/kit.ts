// Discs of the tests: the real tools and false ones, and another tool (7z) that reads what they made.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { findTool } from '../../../src/tools/index.js';
import { scriptTool } from '../../helpers/fake-tool.js';

const run = promisify(execFile);

/** What a child of a build gets, less what only a build has. */
export const realEnv: Record<string, string> = { PATH: process.env['PATH'] ?? '' };

/** Path of the real program. */
export async function realTool(name: string): Promise<string> {
  return (await findTool(name, process.env)).path;
}

/** An environment in which these programs, by their names, are all that there is. */
export async function onlyTools(folder: string, ...names: string[]): Promise<Record<string, string>> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const name of names) await symlink(await realTool(name), join(bin, name));
  return { PATH: bin };
}

/** An environment whose xorriso says that it is one, and then does what the script says, in the working folder. */
export async function falseXorriso(folder: string, script: string): Promise<Record<string, string>> {
  const bin = join(folder, 'false-bin');
  await mkdir(bin);
  await scriptTool(bin, 'xorriso', `[ "$1" = --version ] && { echo 'xorriso 1.5.4'; exit 0; }\n${script}`);
  return { PATH: `${bin}:${realEnv['PATH'] ?? ''}` };
}

/** Files of a disc by their paths, as 7z extracts them. */
export async function readDisc(file: string, as: 'iso' | 'udf' = 'iso'): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'lyncimg-disc-'));
  try {
    const env = { ...realEnv, LC_ALL: 'C.UTF-8' };
    await run('7z', ['x', '-y', `-t${as}`, `-o${folder}`, file], { env });
    const files = new Map<string, string>();
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) files.set(relative(folder, path), await readFile(path, 'utf8'));
    }
    return files;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Paths of the Joliet tree, as isoinfo lists them. */
export async function listJoliet(file: string): Promise<string[]> {
  const { stdout } = await run('isoinfo', ['-J', '-f', '-i', file]);
  return stdout.trim().split('\n');
}

/** The label as Windows shows it: that of the Joliet volume descriptor, in sector 17. */
export async function jolietLabel(file: string): Promise<string> {
  const opened = await open(file, 'r');
  try {
    const { buffer } = await opened.read(Buffer.alloc(2048), 0, 2048, 17 * 2048);
    if (buffer[0] !== 2) throw new Error('there is no Joliet tree');
    return new TextDecoder('utf-16be').decode(buffer.subarray(40, 72)).replace(/[\0 ]+$/, '');
  } finally {
    await opened.close();
  }
}
