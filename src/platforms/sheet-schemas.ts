// What `lyncimg platforms list` and `show` print as JSON, as schemas: published for whoever reads it, and the types here.
import { z } from 'zod';

const apiVersion = z.literal('lyncimg/v1');

const builders = z
  .strictObject({
    first: z.string().nullable(),
    next: z.string().nullable().describe('Null where there is no next layer.'),
  })
  .describe("Packer's builders; null where Packer has no part in it.");

const noBake = z
  .strictObject({ reason: z.string(), instead: z.string() })
  .nullable()
  .describe('Why nothing can be baked there; null where it can.');

const summary = z.strictObject({
  name: z.string(),
  summary: z.string(),
  rehearsal: z.boolean().describe('The guest is a model: nothing of it is for production.'),
  layering: z.enum(['chain', 'one-run', 'none']),
  noBake,
  builders,
  proof: z.string().describe('How it was proved.'),
});

export const platformListSchema = z.strictObject({
  apiVersion,
  kind: z.literal('PlatformList'),
  platforms: z.array(summary),
});

const value = z.union([z.string(), z.number(), z.boolean()]);

const setting = z.strictObject({
  key: z.string(),
  description: z.string(),
  type: z.string(),
  values: z.array(value).nullable().describe('All that it can be; null where there are no such.'),
  default: value.nullable(),
  example: value.nullable(),
  required: z.boolean().describe('A build needs it, and it has no default.'),
  set: value.nullable().describe('What lyncimg.yaml says; null where it says nothing.'),
});

const foundProgram = z.strictObject({
  path: z.string(),
  version: z.string().nullable().describe('Null where it did not say one.'),
});

const packerLayer = z.strictObject({
  layer: z.enum(['first', 'next']),
  atLeast: z.string().describe('The oldest Packer that can express it.'),
  why: z.string().nullable().describe('Null where every Packer that lyncimg works with will do.'),
  possible: z.boolean().nullable().describe('Whether the Packer found can; null where none was found.'),
});

const problem = z.strictObject({ code: z.string(), message: z.string(), suggestions: z.array(z.string()) });

export const platformSheetSchema = z.strictObject({
  apiVersion,
  kind: z.literal('PlatformSheet'),
  ...summary.shape,
  settings: z.array(setting),
  secrets: z
    .array(
      z.strictObject({
        env: z.string(),
        what: z.string(),
        set: z.boolean().describe('Whether the environment has it; never what it is.'),
      }),
    )
    .describe('They come by the environment and stand in no file.'),
  packer: z.strictObject({
    found: foundProgram.nullable(),
    layers: z.array(packerLayer),
    plugins: z
      .array(z.strictObject({ name: z.string(), source: z.string(), version: z.string() }))
      .describe('What a Packer from 1.7 on needs beside itself.'),
  }),
  tools: z.array(
    z.strictObject({
      command: z.string(),
      what: z.string(),
      install: z.string(),
      found: foundProgram.nullable(),
    }),
  ),
  guest: z.strictObject({
    discs: z.enum(['folders', 'images', 'uploaded', 'download']),
    address: z.enum(['forwarded', 'in-box', 'guest-tools', 'cloud', 'given']),
    certificate: z.enum(['build', 'packer', 'owner']),
    tools: z.string().nullable().describe('The disc of guest tools; null where none is needed.'),
    mediaDrive: z.string(),
  }),
  keeps: z.strictObject({
    as: z.enum(['files', 'name', 'nothing']),
    layer: z.string(),
    image: z.string(),
  }),
  systems: z
    .array(
      z.strictObject({
        os: z.string(),
        title: z.string(),
        firmware: z.array(z.enum(['bios', 'uefi'])).describe('The default first.'),
        problems: z
          .array(problem)
          .describe('What stands in the way of the machine that lyncimg.yaml asks for, or of a plain one.'),
      }),
    )
    .describe('By operating system.'),
});

export type PlatformList = z.infer<typeof platformListSchema>;
export type PlatformSummary = z.infer<typeof summary>;
export type PlatformSheet = z.infer<typeof platformSheetSchema>;
export type PlatformSetting = z.infer<typeof setting>;

const published: Readonly<Record<string, { title: string; schema: z.ZodType }>> = {
  'platform-list.schema.json': {
    title: 'What lyncimg platforms list --json prints',
    schema: platformListSchema,
  },
  'platform-sheet.schema.json': {
    title: 'What lyncimg platforms show --json prints',
    schema: platformSheetSchema,
  },
};

/** File name → JSON Schema (draft 2020-12). */
export function platformSheetSchemas(): Map<string, Record<string, unknown>> {
  return new Map(
    Object.entries(published).map(([name, { title, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'output' });
      return [name, { $schema, title, ...rest }];
    }),
  );
}
