// Whether there is room for the bake where its state lies.
import { statfs } from 'node:fs/promises';
import { nearestFolder } from './check-folders.js';
import { estimateDisk, inWords } from './disk-estimate.js';
import type { Finding } from './doctor-schema.js';
import { found } from './finding.js';
import type { Wanted } from './wanted.js';

const fix = [
  'Make room there: lyncimg images list shows what lies in the store.',
  'Or put the state on another disk: export LYNCIMG_HOME=DIR',
];

/** @param freeBytes what this user may still write below that folder */
export async function checkDiskSpace(
  wanted: Pick<Wanted, 'place' | 'machine' | 'size' | 'stateFolder'>,
  freeBytes: (folder: string) => Promise<number | null> = freeBytesOf,
): Promise<Finding> {
  const { place, machine, size, stateFolder } = wanted;
  const free = await freeBytes(stateFolder);
  if (free === null)
    return found('disk-space', 'unknown', `How much room ${stateFolder} has could not be found out.`);
  const room = `${inWords(free)} are free for ${stateFolder}`;
  const inFiles = place?.platform.keeps.as === 'files' && !place.platform.rehearsal;
  if (place === null || size === null || (inFiles && machine === null)) {
    const detail = 'How much a bake needs depends on platform, operating system and roles.';
    return found('disk-space', 'ok', `${room}.`, { detail });
  }
  const { bytes, leastBytes, parts } = estimateDisk({ place, machine, size });
  const what = `${room}; a bake from nothing needs about ${inWords(bytes)}.`;
  const worst =
    inFiles && machine !== null
      ? ` A virtual disk grows with what is written to it, at worst to its ${machine.spec.diskGb} GiB.`
      : '';
  const detail = `An estimate: ${parts.join('; ')}.${worst}`;
  if (free >= bytes) return found('disk-space', 'ok', what, { detail });
  return found('disk-space', free < leastBytes ? 'problem' : 'warning', what, { detail, fix });
}

async function freeBytesOf(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs((await nearestFolder(folder)).path);
    return bavail * bsize;
  } catch {
    return null;
  }
}
