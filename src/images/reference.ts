// References: how an image is called, and which image a person means.
import { fail } from '../errors/index.js';
import { nearest } from '../util/index.js';
import type { ImageManifest } from './types.js';

const digestLength = 12;
/** Fewer characters of a digest are more likely a slip than a choice. */
const shortestPrefix = 4;

type Named = Pick<ImageManifest, 'role' | 'os' | 'digest' | 'rehearsal'>;

/** `rehearsal/<role>-<os>@<12 hex>` for what a twin made, `image/…` for a real one. */
export function imageReference(image: Named): string {
  return `${kindOf(image)}/${nameOf(image)}@${image.digest.slice(0, digestLength)}`;
}

/**
 * The image that a full reference, a digest or the unique beginning of one, or `<role>-<os>` (its newest) means.
 * Throws E_IMAGE_UNKNOWN or E_IMAGE_AMBIGUOUS. Where `<role>-<os>` has an image and a rehearsal, it is ambiguous: a
 * rehearsal must never be taken for an image by accident, nor the other way round.
 */
export function chooseImage(
  reference: string,
  images: readonly ImageManifest[],
  folder: string,
): ImageManifest {
  const matching = images.filter((image) => isMeant(reference, image)).sort(newestFirst);
  const [first] = matching;
  if (first === undefined) {
    const known = new Set(images.flatMap((image) => [image.reference, nameOf(image)]));
    throw fail('E_IMAGE_UNKNOWN', {
      reference,
      near: nearest(reference, known),
      any: images.length > 0,
      folder,
    });
  }
  const byName = digestPart(reference) === null;
  const rivals = byName
    ? matching.filter((image) => image.rehearsal !== first.rehearsal).slice(0, 1)
    : matching.slice(1);
  if (rivals.length > 0) {
    const candidates = [first, ...rivals].map((image) => image.reference);
    throw fail('E_IMAGE_AMBIGUOUS', { reference, candidates });
  }
  return first;
}

/** Newest first; of two of the same instant always the same one. */
export function newestFirst(a: ImageManifest, b: ImageManifest): number {
  return Date.parse(b.builtAt) - Date.parse(a.builtAt) || (a.digest < b.digest ? -1 : 1);
}

function isMeant(reference: string, image: ImageManifest): boolean {
  const text = reference.toLowerCase();
  const digest = digestPart(text);
  if (digest !== null && !image.digest.startsWith(digest)) return false;
  if (digest === text) return true;
  const name = text.split('@', 1)[0] ?? '';
  return name === nameOf(image) || name === `${kindOf(image)}/${nameOf(image)}`;
}

/** The digest or its beginning, bare or after `@`; null where only a name is given. */
function digestPart(reference: string): string | null {
  const match = /(?:^|@)([0-9a-f]+)$/i.exec(reference);
  return match?.[1] !== undefined && match[1].length >= shortestPrefix ? match[1].toLowerCase() : null;
}

function nameOf({ role, os }: Named): string {
  return `${role}-${os}`.toLowerCase();
}

function kindOf({ rehearsal }: Named): string {
  return rehearsal ? 'rehearsal' : 'image';
}
