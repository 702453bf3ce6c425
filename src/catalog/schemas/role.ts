// catalog/roles/*.yaml, and the roles of a workspace.
import { z } from 'zod';
import { kinds } from '../../requirements/index.js';
import {
  commonNotes,
  apiVersion,
  optionName,
  osName,
  roleName,
  sourceId,
  sourcesById,
  sourceSchema,
  text,
} from './words.js';

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
  also: z.array(sourceId).optional().meta({ description: 'Ids of other documents that ask for the same.' }),
  breaks: text.optional().meta({ description: 'What does not work without it.' }),
  ...commonNotes,
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
  abstract: z.boolean().optional().meta({
    description: 'Only ground for other roles: no machine is one.',
  }),
  collocates: z
    .strictObject({
      with: z.array(roleName).meta({ description: 'Roles that one machine may hold beside this one.' }),
      source: z.union([sourceId, sourceSchema]),
    })
    .optional()
    .meta({ description: 'Absent: nothing is said of it, and it is refused.' }),
  elsewhere: text.optional().meta({
    description: "What such a machine needs and is not this tool's business, e.g. SQL Server's own.",
  }),
  ...commonNotes,
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
