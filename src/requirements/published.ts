// What is known of a file that its publisher has: for whoever must get it, and of no weight for what it installs.
import type { MediaFile } from './kind.js';
import type { PackageEntry } from './os-model.js';

/** Null: not known. */
export interface Published {
  sha256: string | null;
  sizeBytes: number | null;
  /** Where its publisher had it, for people. */
  published: string | null;
  /** Where it can be downloaded. */
  url: string | null;
  licence: string | null;
}

export function publishedOf({ sha256, sizeBytes, published, url, licence }: PackageEntry): Published {
  return { sha256, sizeBytes, published, url, licence };
}

/** Of a file that a role names itself. */
export function ownFile(sha256: string | undefined): Published {
  return {
    sha256: sha256?.toLowerCase() ?? null,
    sizeBytes: null,
    published: null,
    url: null,
    licence: null,
  };
}

const whereToHaveIt: readonly string[] = ['sizeBytes', 'published', 'url', 'licence'];

/** Without what only says where a file can be had: another address makes no other image. */
export function withoutPublished(spec: Published): Record<string, unknown> {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !whereToHaveIt.includes(key)));
}

export function mediaFile(path: string, title: string, from: Published): MediaFile {
  return {
    path,
    title,
    ...(from.sha256 !== null && { sha256: from.sha256 }),
    ...(from.sizeBytes !== null && { sizeBytes: from.sizeBytes }),
    ...(from.published !== null && { published: from.published }),
    ...(from.url !== null && { url: from.url }),
    ...(from.licence !== null && { licence: from.licence }),
  };
}
