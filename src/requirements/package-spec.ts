// What a package is: an installer (.msi, .exe) of the catalogue, or one that a role describes itself.
import { z } from 'zod';
import { detectionSchema } from './detection-schema.js';
import { sha256, unknownPackage } from './hotfix-spec.js';
import type { SpecProblem } from './kind.js';
import type { Detection, OsModel } from './os-model.js';
import { ownFile, publishedOf, type Published } from './published.js';
import { requiredIds, requiredPattern } from './requires.js';

export const packageSchema = z.union([
  z.string().min(1).meta({ description: 'Id of a package in catalog/packages.' }),
  z
    .strictObject({
      id: z
        .string()
        .regex(/^[a-z0-9][a-z0-9.-]*$/, 'An id has small letters, digits, dots and hyphens.')
        .optional()
        .meta({
          description: 'What the requirement is called; made from the name of the file where it is absent.',
        }),
      title: z.string().min(1).meta({ description: 'What it is, for people.' }),
      type: z.enum(['msi', 'exe']),
      file: z
        .string()
        .regex(
          /^\w[\w.+ ()-]*\.([Mm][Ss][Ii]|[Ee][Xx][Ee])$/,
          'The name of an .msi or .exe without a folder.',
        )
        .meta({ description: 'File name in the folder packages of the media disc.' }),
      sha256: sha256.optional(),
      arguments: z.array(z.string().min(1)).optional().meta({
        description: 'Of an .exe, so that it asks nobody; of an .msi what msiexec needs beyond /qn.',
      }),
      exitCodes: z
        .array(z.int())
        .optional()
        .meta({ description: 'That mean success, besides 0 and 3010 (a restart is needed).' }),
      requires: z
        .array(
          z.string().regex(requiredPattern, 'A requirement is a KB number or an id, e.g. package/agent.'),
        )
        .optional()
        .meta({ description: 'What must be there before it: KB numbers, and ids of other requirements.' }),
      detect: z
        .array(detectionSchema)
        .min(1, 'Say how it shows when it is installed.')
        .meta({ description: 'How it shows; any of them proves it.' }),
    })
    .refine(({ type, file }) => file.toLowerCase().endsWith(`.${type}`), {
      error: 'The file is of another type.',
      path: ['file'],
    }),
]);

export type PackageInput = z.infer<typeof packageSchema>;

export interface PackageSpec extends Published {
  id: string;
  title: string;
  type: 'msi' | 'exe';
  file: string;
  arguments: string[];
  /** Besides 0 and 3010. */
  exitCodes: number[];
  /** Ids of requirements. */
  requires: string[];
  detect: readonly Detection[];
}

type Resolved = { ok: true; spec: PackageSpec } | { ok: false; problems: SpecProblem[] };

export function packageFrom(input: PackageInput, os: OsModel): Resolved {
  if (typeof input === 'string') return fromCatalogue(input, os);
  const { title, type, file, exitCodes = [], requires = [], detect } = input;
  const id = input.id ?? idOf(file);
  const ids = requiredIds(requires, os);
  if (ids.includes(`package/${id}`)) {
    const message = `${id} is named as its own prerequisite.`;
    return { ok: false, problems: [{ path: ['requires'], message, reason: 'invalid' }] };
  }
  return {
    ok: true,
    spec: {
      id,
      title,
      type,
      file,
      arguments: input.arguments ?? [],
      exitCodes,
      requires: ids,
      detect: detect.map(plain),
      ...ownFile(input.sha256),
    },
  };
}

function fromCatalogue(name: string, os: OsModel): Resolved {
  const entry = os.packages.find(name);
  if (entry === undefined) return { ok: false, problems: [unknownPackage(name, os)] };
  const { id, title, type, file, exitCodes, requires, detect } = entry;
  if (type === 'msu') {
    const message = `${id} is an update (.msu): write hotfix: ${id}`;
    return { ok: false, problems: [{ path: [], message, reason: 'invalid' }] };
  }
  return {
    ok: true,
    spec: {
      id,
      title,
      type,
      file,
      arguments: entry.arguments,
      exitCodes,
      requires: requiredIds(requires, os),
      detect,
      ...publishedOf(entry),
    },
  };
}

/** `Contoso Agent 5.2.msi` → `contoso-agent-5.2` */
function idOf(file: string): string {
  return file
    .replace(/\.\w+$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '');
}

/** Without the keys that were left out, which a reader of YAML may give as undefined. */
function plain(detection: PackageDetection): Detection {
  return Object.fromEntries(
    Object.entries(detection).filter(([, value]) => value !== undefined),
  ) as Detection;
}

type PackageDetection = z.infer<typeof detectionSchema>;
