// What a hotfix is: a file of the catalogue, or one that a role describes itself.
import { z } from 'zod';
import type { MediaFile, SpecProblem } from './kind.js';
import type { Detection, OsModel, PackageEntry } from './os-model.js';
import { mediaFile, ownFile, publishedOf, type Published } from './published.js';
import { requiredIds, requiredPattern } from './requires.js';

// No flags on these expressions: JSON Schema, which editors use, cannot say them.
export const kbNumber = z
  .string()
  .regex(/^[Kk][Bb]\d{6,7}$/, 'A KB number is KB and six or seven digits, e.g. KB2919355.');

export const sha256 = z.string().regex(/^[0-9A-Fa-f]{64}$/, 'SHA-256 is 64 hexadecimal digits.');

export const hotfixSchema = z.union([
  z.string().min(1).meta({ description: 'Id or KB number of an update in catalog/packages.' }),
  z.strictObject({
    kb: kbNumber.meta({ description: 'The number under which Windows lists it.' }),
    title: z.string().min(1).optional().meta({ description: 'What it is, for people.' }),
    file: z
      .string()
      .regex(/^[\w.+-]+\.[Mm][Ss][Uu]$/, 'The name of an .msu file without a folder.')
      .meta({ description: 'File name in the folder hotfixes of the media disc.' }),
    sha256: sha256.optional(),
    requires: z
      .array(
        z
          .string()
          .regex(requiredPattern, 'A requirement is a KB number or an id, e.g. feature/NET-Framework-Core.'),
      )
      .optional()
      .meta({ description: 'What must be there before it: KB numbers, and ids of other requirements.' }),
    supersededBy: z
      .array(kbNumber)
      .optional()
      .meta({ description: 'Later hotfixes that hold this one: any of them will do.' }),
  }),
]);

export type HotfixInput = z.infer<typeof hotfixSchema>;

export interface HotfixSpec extends Published {
  /** `KB2919355` */
  kb: string;
  title: string | null;
  file: string;
  /** Ids of requirements. */
  requires: string[];
  /** KB numbers. */
  supersededBy: string[];
  /** How it shows beside its number; any of them proves it. */
  detect: readonly Detection[];
}

type Resolved = { ok: true; spec: HotfixSpec } | { ok: false; problems: SpecProblem[] };

export function hotfixFrom(input: HotfixInput, os: OsModel): Resolved {
  if (typeof input === 'string') return fromCatalogue(input, os);
  const kb = input.kb.toUpperCase();
  const requires = requiredIds(input.requires ?? [], os);
  if (requires.includes(`hotfix/${kb}`)) {
    const message = `${kb} is named as its own prerequisite.`;
    return { ok: false, problems: [{ path: ['requires'], message, reason: 'invalid' }] };
  }
  const { title = null, file, supersededBy = [] } = input;
  return {
    ok: true,
    spec: {
      kb,
      title,
      file,
      requires,
      supersededBy: upperCased(supersededBy),
      detect: [],
      ...ownFile(input.sha256),
    },
  };
}

function fromCatalogue(id: string, os: OsModel): Resolved {
  const entry = os.packages.find(id);
  if (entry === undefined) return { ok: false, problems: [unknownPackage(id, os)] };
  if (entry.type !== 'msu' || entry.kb === null) {
    const message = `${entry.id} is no update (.msu): write package: ${entry.id}`;
    return { ok: false, problems: [{ path: [], message, reason: 'invalid' }] };
  }
  return { ok: true, spec: { kb: entry.kb, ...specOf(entry, os) } };
}

function specOf(entry: PackageEntry, os: OsModel): Omit<HotfixSpec, 'kb'> {
  return {
    title: entry.title,
    file: entry.file,
    requires: requiredIds(entry.requires, os),
    supersededBy: upperCased(entry.supersededBy),
    detect: entry.detect,
    ...publishedOf(entry),
  };
}

/** A name that the catalogue does not have for this system, with the nearest ones that it has. */
export function unknownPackage(id: string, os: OsModel): SpecProblem {
  const near = os.packages.near(id);
  return {
    path: [],
    message: `The catalogue has no ${id} for ${os.title}.`,
    ...(near.length > 0 && { hint: `Known there: ${near.join(', ')}.` }),
    reason: 'invalid',
  };
}

export function describeHotfix({ kb, title }: HotfixSpec): string {
  return title === null ? kb : `${kb} (${title})`;
}

export function hotfixFile(spec: HotfixSpec): MediaFile {
  return mediaFile(`hotfixes/${spec.file}`, describeHotfix(spec), spec);
}

export function upperCased(kbs: readonly string[]): string[] {
  return [...new Set(kbs.map((kb) => kb.toUpperCase()))].sort();
}
