// How the files of the catalogue and the workspace are written. The JSON Schemas that editors use come from here.
import { z } from 'zod';
import { kinds } from '../requirements/index.js';

const apiVersion = z.literal('lyncimg/v1');
const text = z.string().min(1, 'must be text.');

export const roleName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'A role is named with small letters, digits and hyphens, 64 at most.')
  .meta({ examples: ['branch-office'] });

const optionName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,63}$/, 'An option is named with letters and digits, a small letter first.')
  .meta({ examples: ['archiving'] });

/** Checked against the ids that there are by parseOsId, so that the message can name the nearest. */
const osName = z.union([z.string(), z.number()]).meta({
  description: '2008r2, 2012 or 2012r2, in any case.',
  examples: ['2012r2'],
});

export const sourceSchema = z.strictObject({
  title: text,
  page: text.meta({ description: 'Path or address of the page.' }),
  date: z
    .string()
    .regex(/^(\d{4}(-\d{2}(-\d{2})?)?|unknown)$/, 'A date is 2016-12-08, 2016-12, 2016 or unknown.')
    .meta({ description: 'Of the page as it was read; unknown where it shows none.' }),
  confidence: z.enum(['microsoft', 'community', 'unverified']).meta({
    description: 'Whose document it is. A need that is unverified and not met is a warning.',
  }),
});

const sourcesById = z.record(
  z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'A source id has letters, digits, hyphen and dot.'),
  sourceSchema,
);

export const sourcesFileSchema = z.strictObject({
  apiVersion,
  kind: z.literal('Sources'),
  sources: sourcesById,
});

export const osFileSchema = z.strictObject({
  apiVersion,
  kind: z.literal('OperatingSystem'),
  id: osName,
  title: text,
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'A version is three numbers, e.g. 6.3.9600.')
    .meta({ description: 'Win32_OperatingSystem.Version.' }),
  powershell: z
    .string()
    .regex(/^\d+\.\d+$/, 'A version of PowerShell is two numbers, e.g. 4.0.')
    .meta({ description: 'As shipped.' }),
  features: z.strictObject({
    file: z
      .string()
      .regex(/^features\/[\w-]+\.json$/, 'The list of features lies in features/.')
      .meta({ description: 'Relative to catalog/.' }),
    source: sourceSchema,
  }),
});

const evidence = z.enum(['high', 'medium', 'low', 'unknown']);

export const featuresFileSchema = z
  .array(
    z.strictObject({
      name: text,
      displayName: text,
      parent: text.nullable(),
      depth: z.int().min(1),
      type: z.enum(['Role', 'Role Service', 'Feature']),
      installedByDefault: z.boolean(),
      removedByDefault: z.boolean().meta({ description: 'A fresh install has no payload on disk.' }),
      restart: z
        .boolean()
        .nullable()
        .meta({ description: 'Installing it ends with a restart; null: not known.' }),
      dependsOn: z.array(text),
      dependsOnConfidence: evidence,
      dism: text.nullable().meta({ description: 'Win32_OptionalFeature.Name.' }),
      id: z.int().nullable().meta({ description: 'Win32_ServerFeature.ID.' }),
      confidence: evidence.meta({ description: 'Of name, display name and parent.' }),
      note: text.optional(),
    }),
  )
  .meta({ description: 'Get-WindowsFeature in Server Manager order.' });

const optionSchema = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('boolean'), default: z.boolean(), description: text }),
    z
      .strictObject({
        type: z.literal('enum'),
        values: z.array(text).min(1),
        default: text,
        description: text,
      })
      .refine((option) => option.values.includes(option.default), {
        error: 'must be one of values.',
        path: ['default'],
      }),
    z.strictObject({ type: z.literal('string'), default: z.string(), description: text }),
  ],
  { error: 'must be boolean, enum or string.' },
);

/** The keys of a requirement beside the one of its kind. */
export const itemSchema = z.strictObject({
  source: z.union([text.meta({ description: 'Id of a document.' }), sourceSchema]),
  stage: z.enum(['image', 'machine']).optional().meta({
    description: 'When it can hold: in a golden image, or only on a deployed machine.',
  }),
  when: z
    .strictObject({
      os: z.union([osName, z.array(osName).min(1)]).optional(),
      option: z.record(optionName, z.union([z.boolean(), z.string()])).optional(),
    })
    .optional()
    .meta({ description: 'When the requirement applies; all that is given must hold.' }),
});

const roleShape = {
  apiVersion,
  kind: z.literal('Role'),
  name: roleName,
  title: text.optional().meta({ description: 'A few words; the name where it is absent.' }),
  description: text.optional(),
  extends: roleName.optional().meta({ description: 'The role whose requirements this one adds to.' }),
  supports: z.array(osName).min(1).optional().meta({
    description:
      'Operating systems; where it is absent those of the parent, without one all of the catalogue.',
  }),
  options: z.record(optionName, optionSchema).optional(),
  sources: sourcesById.optional().meta({ description: "The role's own documents, by id." }),
};

/** The items are checked by their kinds, one by one: the message then speaks of that kind alone. */
export const roleFileSchema = z.strictObject({
  ...roleShape,
  requirements: z.array(z.record(z.string(), z.unknown())),
});

/** For editors: the same with every kind's own schema in its place. */
export const publishedRoleSchema = z.strictObject({
  ...roleShape,
  requirements: z.array(
    z.union(
      [...kinds.values()].map((kind) =>
        itemSchema.extend({ [kind.name]: kind.schema.meta({ description: kind.summary }) }),
      ),
    ),
  ),
});

export const workspaceSchema = z.strictObject({
  apiVersion,
  kind: z.literal('Workspace'),
  platform: text.optional().meta({ description: 'Where images are built, e.g. twin.' }),
  os: osName.optional(),
  roles: z
    .array(roleName)
    .optional()
    .meta({ description: 'What build and verify take where no role is named.' }),
  options: z
    .record(optionName, z.union([z.boolean(), z.string()]))
    .optional()
    .meta({ description: 'Values of role options.' }),
  output: text.optional().meta({ description: 'Folder of state and images; .lyncimg where it is absent.' }),
});
