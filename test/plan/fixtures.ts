// A small world for tests of plan and render: one operating system, roles made by hand, and two kinds of requirement.
import { z } from 'zod';
import type { OptionModel, RoleItem, RoleModel } from '../../src/catalog/index.js';
import type { Position } from '../../src/errors/index.js';
import type { KindLookup, PlanEnvironment } from '../../src/plan/index.js';
import type { Kind, Source } from '../../src/requirements/index.js';
import { osModelOf } from '../helpers/os-model.js';

export const os = osModelOf();

export const source: Source = {
  id: 'DOC',
  title: 'What the role needs',
  publisher: 'Microsoft',
  page: 'docs/needs.md',
  date: '2016-12-08',
  confidence: 'microsoft',
};

interface ThingSpec {
  name: string;
  text: string;
  after: string[];
  file: string | null;
}

const schema = z.strictObject({
  name: z.string(),
  text: z.string().optional(),
  after: z.array(z.string()).optional(),
  file: z.string().optional(),
  onlyOn: z.string().optional(),
});

/** A kind that writes a text somewhere: one task each, ordered by `after`, with media where it names a file. */
function thingKind(name: string, phase: number): Kind<z.infer<typeof schema>, ThingSpec> {
  return {
    name,
    summary: 'A thing.',
    example: `- ${name}: { name: one }`,
    stage: 'image',
    phase,
    schema,
    resolve: (input, on) =>
      input.onlyOn === undefined || input.onlyOn === on.id
        ? {
            ok: true,
            spec: {
              name: input.name,
              text: input.text ?? '',
              after: input.after ?? [],
              file: input.file ?? null,
            },
          }
        : {
            ok: false,
            problems: [{ path: [], message: `${on.title} has no ${input.name}.`, reason: 'invalid' }],
          },
    id: (spec) => `${name}/${spec.name}`,
    title: (spec) => `The ${name} ${spec.name}`,
    after: (spec) => spec.after,
    media: (spec) => (spec.file === null ? [] : [{ path: spec.file, title: `File of ${spec.name}` }]),
    tasks: (requirements, context) =>
      requirements.map(({ spec, title, source: from }) => ({
        name: title,
        comments: [`Source: ${from.title}`],
        module: 'ansible.builtin.debug',
        args: {
          msg: spec.text,
          ...(spec.file !== null && { source: `${context.media}\\${spec.file}` }),
        },
      })),
    facts: (spec) => [
      { kind: 'cim', namespace: 'root/cimv2', className: spec.name.toUpperCase(), properties: ['Name'] },
    ],
    judge: () => ({ verdict: 'pass', expected: '', actual: '' }),
  };
}

/** `early` is installed before `late` unless `after` says otherwise. */
const kinds = new Map<string, Kind<unknown, unknown>>(
  [thingKind('early', 10), thingKind('late', 20)].map((kind) => [kind.name, kind as Kind<unknown, unknown>]),
);

export const lookup: KindLookup = (name) => kinds.get(name);

const annotations = { notes: [], pitfalls: [], conflicts: [] };

export function itemOf(
  kind: string,
  input: z.infer<typeof schema>,
  rest: Partial<Omit<RoleItem, 'kind' | 'input'>> = {},
): RoleItem {
  const where = positionOf(`- ${kind}: ${input.name}`);
  return { kind, input, source, also: [], breaks: null, annotations, where, ...rest };
}

export function roleOf(name: string, items: RoleItem[], rest: Partial<RoleModel> = {}): RoleModel {
  const options: Record<string, OptionModel> = {};
  return {
    name,
    title: name,
    description: '',
    extends: null,
    supports: ['2012r2'],
    abstract: false,
    collocates: null,
    elsewhere: null,
    annotations,
    options,
    items,
    where: positionOf(`name: ${name}`),
    ...rest,
  };
}

export function positionOf(text: string): Position {
  return { source: { file: 'roles/test.yaml', text }, start: 0, end: text.length };
}

export const environment: PlanEnvironment = {
  platform: 'twin',
  tools: { packer: '1.6', ansible: '2.14' },
  content: 'c'.repeat(64),
  twinModel: 'd'.repeat(64),
  machine: null,
  media: [],
};
