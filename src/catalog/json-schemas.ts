// The schemas of the files that people write, as JSON Schema for their editors.
import { z } from 'zod';
import { featuresFileSchema } from './schemas/features.js';
import { notesFileSchema } from './schemas/notes.js';
import { osFileSchema } from './schemas/os.js';
import { packageFileSchema } from './schemas/package.js';
import { publishedRoleSchema } from './schemas/role.js';
import { sourcesFileSchema } from './schemas/sources.js';
import { workspaceSchema } from './schemas/workspace.js';
import type { PlatformSchemas } from './workspace.js';

type Published = Readonly<Record<string, { title: string; schema: z.ZodType }>>;

const published: Published = {
  'features.schema.json': { title: 'The features of an operating system', schema: featuresFileSchema },
  'os.schema.json': { title: 'An operating system of lyncimg', schema: osFileSchema },
  'notes.schema.json': { title: 'Pitfalls, and sources that differ', schema: notesFileSchema },
  'package.schema.json': { title: 'A package or hotfix of lyncimg', schema: packageFileSchema },
  'role.schema.json': { title: 'A role of lyncimg', schema: publishedRoleSchema },
  'sources.schema.json': { title: 'The documents that requirements come from', schema: sourcesFileSchema },
};

function workspace(platforms: PlatformSchemas): Published {
  const settings = z
    .strictObject(Object.fromEntries(Object.entries(platforms).map(([name, one]) => [name, one.optional()])))
    .optional()
    .meta({ description: 'Settings of each platform; lyncimg platforms show PLATFORM lists them.' });
  const schema = workspaceSchema.extend({ platforms: settings });
  return { 'workspace.schema.json': { title: 'A workspace of lyncimg (lyncimg.yaml)', schema } };
}

/** File name → JSON Schema (draft 2020-12) of what may be written. */
export function jsonSchemas(platforms: PlatformSchemas): Map<string, Record<string, unknown>> {
  return new Map(
    Object.entries({ ...published, ...workspace(platforms) }).map(([name, { title, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
      return [name, { $schema, title, ...rest }];
    }),
  );
}
