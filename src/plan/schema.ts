// What a plan looks like as JSON: read back from a hostile plan.json, and published as a JSON Schema.
import { z } from 'zod';
import { osIds } from '../requirements/index.js';

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in lower-case hex');
/** Names become folders and words of a command line. */
const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,199}$/, 'not a name: lower-case letters, digits and hyphens');
const kindName = z.string().regex(/^[a-z][A-Za-z]{0,63}$/, 'not the name of a kind');
const line = z.string().max(2000);

const source = z.strictObject({
  id: line.optional(),
  title: line,
  publisher: line,
  page: line,
  date: line,
  confidence: z.enum(['microsoft', 'community', 'unverified', 'own']),
});

const requirement = z.strictObject({
  id: line,
  kind: kindName,
  spec: z.json(),
  title: line,
  stage: z.enum(['image', 'machine']),
  source,
  confirmedBy: source
    .optional()
    .describe('Another document that asks for the same, where the source is unverified.'),
  role: name,
  where: line,
});

const mediaItem = z.strictObject({
  path: z
    .string()
    .max(400)
    .regex(/^(?!\/)(?!(.*\/)?\.\.?(\/|$))[^\\]+$/, 'not a relative path with forward slashes'),
  title: line,
  origin: z.enum(['file', 'placeholder', 'absent']),
  sha256: digest,
  sizeBytes: z.int().nonnegative(),
});

const inputs = z.strictObject({
  format: line,
  os: line,
  platform: line,
  parent: line,
  requirements: digest,
  media: digest,
  packer: line,
  ansible: line,
  content: line,
  twinModel: line,
  machine: line,
});

const layer = z.strictObject({
  name,
  digest,
  parent: digest.nullable(),
  inputs,
  requirements: z.array(requirement),
  media: z.array(mediaItem),
});

const plan = z.strictObject({
  apiVersion: z.literal('lyncimg/v1'),
  kind: z.literal('Plan'),
  os: z.strictObject({ id: z.enum(osIds), title: line, version: line }),
  role: name,
  platform: name,
  options: z.record(z.string(), z.union([z.string(), z.boolean()])),
  netfx3Source: line
    .nullable()
    .describe('Where the guest finds the payload of .NET Framework 3.5; null: on the media disc.'),
  seal: z.strictObject({ digest }),
});

const standing = {
  exists: z.boolean().describe('The store has this layer: a build does not make it again.'),
  changed: z
    .array(z.enum(Object.keys(inputs.shape) as [keyof typeof inputs.shape]))
    .describe('Inputs that differ from the nearest stored layer of that name; empty when none is stored.'),
};

/** `lyncimg plan --json`: the plan, and what of it exists already. */
export const planReportSchema = plan.extend({ layers: z.array(layer.extend(standing)).min(1) });

/** A plan file: the bare plan, or what `plan --json` printed, whose additions are dropped. */
export const planSchema = plan.extend({
  layers: z
    .array(
      layer
        .extend({ exists: standing.exists.optional(), changed: standing.changed.optional() })
        .transform(({ exists: _exists, changed: _changed, ...bare }) => bare),
    )
    .min(1)
    .max(50),
});

/** The published schema (schemas/plan.schema.json). */
export function planReportJsonSchema(): unknown {
  return {
    title: 'What lyncimg plan --json prints',
    ...z.toJSONSchema(planReportSchema, { io: 'output' }),
  };
}
