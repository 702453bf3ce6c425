// Whether the files of Microsoft's that a bake installs are here.
import { listMedia, type ListedFile } from '../media/index.js';
import type { Finding } from './doctor-schema.js';
import { found } from './finding.js';
import { inShell } from './in-shell.js';
import type { Wanted, WantedMedia } from './wanted.js';

/** Files that no lock knows are read whole, which can take minutes; throws the signal's reason then. */
export async function checkMedia(
  media: WantedMedia | null,
  { place, signal }: Pick<Wanted, 'place' | 'signal'>,
): Promise<Finding[]> {
  if (media === null) return [];
  const { files } = await listMedia(media.os, media.files, { lock: media.lock, signal });
  if (files.length === 0) return [found('media', 'ok', 'No file of its own is needed.')];
  const rehearsal = place?.platform.rehearsal ?? false;
  const bad = files.filter((file) => !serves(file, rehearsal));
  if (bad.length > 0) return bad.map(badFile);
  const present = files.filter(({ state }) => state === 'present').length;
  const others = files.length - present;
  const stoodFor = others > 0 ? `; placeholders stand in for ${others}, as in any rehearsal` : '';
  return [found('media', 'ok', `${present} of ${files.length} media files are here${stoodFor}.`)];
}

/** What the lock names has to be there even in a rehearsal. */
function serves({ state, location }: ListedFile, rehearsal: boolean): boolean {
  if (state === 'present') return true;
  return rehearsal && (state === 'placeholder' || (state === 'missing' && location === null));
}

function badFile({ path, title, problem, location, url, published, state }: ListedFile): Finding {
  const detail = published === null ? null : `Its publisher had it at ${published}.`;
  const add = `lyncimg media add ${location !== null && state === 'wrong-hash' ? 'FILE' : inShell(path.split('/').at(-1) ?? 'FILE')}`;
  return found('media', 'problem', `${title} (${path}): ${problem ?? state}.`, {
    detail,
    fix: url === null ? [add] : ['lyncimg media fetch', add],
  });
}
