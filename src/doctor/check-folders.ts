// The folder of the state and the folder for temporary files: whether they can be written, and programs run in them.
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, LyncimgError } from '../errors/index.js';
import { askTool, childEnvironment } from '../tools/index.js';
import type { Finding } from './doctor-schema.js';
import { found, foundError } from './finding.js';
import { inShell } from './in-shell.js';

/**
 * The temporary folder first: who cannot write there can ask no program anything, since each question gets an empty
 * folder.
 */
export async function checkTemporaryFolder(folder: string, env: NodeJS.ProcessEnv): Promise<Finding> {
  const fix = ['export TMPDIR=/var/tmp, or another folder that you may write to'];
  const standing = await tryFolder(folder, env);
  switch (standing.state) {
    case 'usable':
      return found('temporary-folder', 'ok', `Temporary files go to ${folder}.`);
    case 'noexec':
      return found('temporary-folder', 'warning', `No program can be run from ${folder} (mounted noexec?).`, {
        detail:
          'Packer runs its scripts from TMPDIR. A build gives it a folder of its own in the state folder, unless the path of that is long; a rendered folder that is run by hand takes this one.',
        fix,
      });
    case 'refused':
      return found('temporary-folder', 'problem', `${folder} cannot be written: ${standing.why}.`, {
        detail: 'No tool was asked anything: each question needs an empty folder.',
        fix,
      });
  }
}

/** @param folder need not be there: then the nearest folder above it has to take it */
export async function checkStateFolder(folder: string, env: NodeJS.ProcessEnv): Promise<Finding> {
  const { path, mode, uid } = await nearestFolder(folder);
  const fix = [
    'export LYNCIMG_HOME=DIR, a folder of your own on a disk with room, or output: DIR in lyncimg.yaml',
  ];
  if (path === folder) {
    const unsafe = unsafeBecause({ folder, mode, uid });
    if (unsafe !== null) return foundError('state-folder', fail('E_STORE_UNSAFE', { folder, ...unsafe }));
  }
  const standing = await tryFolder(path, env);
  const name = path === folder ? folder : `${folder} (not there yet; ${path} would take it)`;
  switch (standing.state) {
    case 'usable':
      return found('state-folder', 'ok', `Layers, images and runs go to ${name}.`);
    case 'noexec':
      return found('state-folder', 'problem', `No program can be run from ${name} (mounted noexec?).`, {
        detail: "A build's temporary folder lies in it, and Packer runs its scripts from there.",
        fix,
      });
    case 'refused':
      return found('state-folder', 'problem', `${name} cannot be written: ${standing.why}.`, { fix });
  }
}

type Standing = { state: 'usable' } | { state: 'noexec' } | { state: 'refused'; why: string };

/** By doing it: a mount's options, a full disk and an access list all show, and it is taken away again. */
async function tryFolder(folder: string, env: NodeJS.ProcessEnv): Promise<Standing> {
  let own: string | undefined;
  try {
    own = await mkdtemp(join(folder, 'lyncimg-doctor-'));
    const script = join(own, 'script.sh');
    await writeFile(script, '#!/bin/sh\nexit 0\n', { mode: 0o700 });
    const child = childEnvironment({ from: env }).env;
    const { exitCode } = await askTool({ file: script, args: [], env: child, timeoutMs: 5000 });
    return exitCode === 0 ? { state: 'usable' } : { state: 'noexec' };
  } catch (error) {
    if (error instanceof LyncimgError)
      return error.code === 'E_TOOL_START' ? { state: 'noexec' } : { state: 'refused', why: error.message };
    const { code, message } = error as NodeJS.ErrnoException;
    return { state: 'refused', why: code ?? message };
  } finally {
    if (own !== undefined) await rm(own, { recursive: true, force: true });
  }
}

export interface NearestFolder {
  /** Absolute. */
  path: string;
  mode: number;
  uid: number;
}

/** The folder itself, or the nearest one above it that is there. */
export async function nearestFolder(folder: string): Promise<NearestFolder> {
  for (let path = folder; ; path = dirname(path)) {
    const status = await stat(path).catch(() => null);
    if (status?.isDirectory() === true || path === dirname(path))
      return { path, mode: status?.mode ?? 0, uid: status?.uid ?? 0 };
  }
}

/** As the store will see it when it opens the folder. */
function unsafeBecause({
  folder,
  mode,
  uid,
}: {
  folder: string;
  mode: number;
  uid: number;
}): { why: string; fix: string } | null {
  if ((mode & 0o002) !== 0) {
    const why = `can be written by everybody (mode ${(mode & 0o7777).toString(8)})`;
    return { why, fix: `chmod o-w ${inShell(folder)}` };
  }
  const user = process.geteuid?.() ?? uid;
  if (user === 0 || uid === 0 || uid === user) return null;
  return { why: `belongs to another user (id ${uid})`, fix: 'export LYNCIMG_HOME=DIR, a folder of your own' };
}
