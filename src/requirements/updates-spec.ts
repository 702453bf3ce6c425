// Windows Update as a whole: where updates come from, which, and what must be there in the end.
import { z } from 'zod';
import {
  describeHotfix,
  hotfixFrom,
  hotfixSchema,
  kbNumber,
  upperCased,
  type HotfixSpec,
} from './hotfix-spec.js';
import type { SpecProblem } from './kind.js';
import type { OsModel } from './os-model.js';

const titles = z.array(z.string().min(1)).min(1);
const required = z
  .array(kbNumber)
  .optional()
  .meta({ description: 'KB numbers that must be installed in the end.' });
const online = {
  categories: titles.optional().meta({
    description: 'English names of Windows Update; CriticalUpdates, SecurityUpdates, UpdateRollups.',
  }),
  accept: titles
    .optional()
    .meta({ description: 'KB numbers and patterns for titles: of the categories, only these.' }),
  reject: titles.optional().meta({
    description: 'KB numbers and patterns for titles: never these. .NET Framework 4.6 and later never comes.',
  }),
  rounds: z.int().min(2).max(30).optional().meta({
    description: 'How often Windows Update is asked at most; the last time it must find nothing. 10.',
  }),
  required,
};

export const updatesSchema = z.discriminatedUnion(
  'from',
  [
    z.strictObject({ from: z.literal('microsoft'), ...online }),
    z.strictObject({ from: z.literal('wsus'), ...online }),
    z.strictObject({
      from: z.literal('folder'),
      files: z
        .array(hotfixSchema)
        .min(1)
        .meta({ description: 'Updates of the folder hotfixes, in the order in which they are installed.' }),
      required,
    }),
  ],
  { error: 'must be microsoft, wsus or folder.' },
);

export type UpdatesInput = z.infer<typeof updatesSchema>;
type OnlineInput = Exclude<UpdatesInput, { from: 'folder' }>;

export interface OnlineUpdates {
  from: 'microsoft' | 'wsus';
  categories: string[];
  accept: string[];
  reject: string[];
  rounds: number;
  required: string[];
}

export interface FolderUpdates {
  from: 'folder';
  files: HotfixSpec[];
  required: string[];
}

export type UpdatesSpec = OnlineUpdates | FolderUpdates;

/** What win_updates itself takes where nothing is said. */
const usualCategories = ['CriticalUpdates', 'SecurityUpdates', 'UpdateRollups'];

/**
 * Titles of the offers that bring .NET Framework 4.6 or later. No statement was found that Lync Server 2013 is
 * supported on it, so it never comes by the way. Updates of an installed one have other titles and are not meant.
 */
const laterDotNet = '^Microsoft \\.NET Framework 4\\.[6-9]';

export function updatesFrom(
  input: UpdatesInput,
  os: OsModel,
): { ok: true; spec: UpdatesSpec } | { ok: false; problems: SpecProblem[] } {
  if (input.from !== 'folder') return { ok: true, spec: onlineFrom(input) };
  const read = input.files.map((file) => hotfixFrom(file, os));
  const problems = read.flatMap((one, index) => (one.ok ? [] : one.problems.map((each) => at(each, index))));
  if (problems.length > 0) return { ok: false, problems };
  const files = read.flatMap((one) => (one.ok ? [one.spec] : []));
  const repeated = files.findIndex(({ kb }, index) => files.findIndex((one) => one.kb === kb) < index);
  if (repeated >= 0) {
    const message = `${files[repeated]?.kb ?? ''} is named twice.`;
    return { ok: false, problems: [{ path: ['files', repeated], message, reason: 'invalid' }] };
  }
  return { ok: true, spec: { from: 'folder', files, required: upperCased(input.required ?? []) } };
}

function onlineFrom(input: OnlineInput): OnlineUpdates {
  return {
    from: input.from,
    categories: input.categories ?? usualCategories,
    accept: input.accept ?? [],
    reject: [...new Set([laterDotNet, ...(input.reject ?? [])])],
    rounds: input.rounds ?? 10,
    required: upperCased(input.required ?? []),
  };
}

function at(problem: SpecProblem, index: number): SpecProblem {
  return { ...problem, path: ['files', index, ...problem.path] };
}

export function describeUpdates(spec: UpdatesSpec): string {
  switch (spec.from) {
    case 'microsoft':
      return `by Windows Update from Microsoft: ${spec.categories.join(', ')}`;
    case 'wsus':
      return `by Windows Update from the WSUS server: ${spec.categories.join(', ')}`;
    case 'folder':
      return `from files: ${spec.files.map(describeHotfix).join(', ')}`;
  }
}
