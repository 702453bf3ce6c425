// media list: what is needed, and what of it is there.
import type { ListedFile, MediaList } from './list-schema.js';
import { locate, type Located } from './locate.js';
import type { MediaLock, WantedFile } from './types.js';

/** A file, and who needs it. */
export type NeededFile = WantedFile & { roles: string[] };

/** @param needed each path once */
export async function listMedia(
  os: string,
  needed: readonly NeededFile[],
  { lock, signal }: { lock: MediaLock; signal: AbortSignal },
): Promise<MediaList> {
  const files: ListedFile[] = [];
  for (const file of needed) files.push(listed(file, await locate(file, lock, signal)));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const complete = files.every(({ state }) => state === 'present');
  return { apiVersion: 'lyncimg/v1', kind: 'MediaList', os, complete, files };
}

function listed(file: NeededFile, found: Located): ListedFile {
  return {
    path: file.path,
    title: file.title,
    ...standing(found),
    location: found.state === 'absent' ? null : found.path,
    sizeBytes: found.state === 'file' ? found.sizeBytes : (file.sizeBytes ?? null),
    sha256: file.sha256?.toLowerCase() ?? null,
    published: file.published ?? null,
    url: file.url ?? null,
    licence: file.licence ?? null,
    roles: file.roles,
  };
}

function standing(found: Located): Pick<ListedFile, 'state' | 'problem'> {
  switch (found.state) {
    case 'file':
      return { state: 'present', problem: null };
    case 'absent':
      return { state: 'missing', problem: 'neither the lock nor the folder media/ has it' };
    case 'gone':
      return { state: 'missing', problem: `the lock says ${found.path}, where it is not` };
    case 'placeholder':
      return { state: 'placeholder', problem: 'a placeholder that lyncimg made for a rehearsal' };
    case 'wrong':
      return { state: 'wrong-hash', problem: found.problem.message };
  }
}
