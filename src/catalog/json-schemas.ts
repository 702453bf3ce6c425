// The schemas of the files that people write, as JSON Schema for their editors.
import { z } from 'zod';
import {
  featuresFileSchema,
  notesFileSchema,
  osFileSchema,
  packageFileSchema,
  publishedRoleSchema,
  sourcesFileSchema,
  workspaceSchema,
} from './schemas.js';

const published: Readonly<Record<string, { title: string; schema: z.ZodType }>> = {
  'features.schema.json': { title: 'The features of an operating system', schema: featuresFileSchema },
  'os.schema.json': { title: 'An operating system of lyncimg', schema: osFileSchema },
  'notes.schema.json': { title: 'Pitfalls, and sources that differ', schema: notesFileSchema },
  'package.schema.json': { title: 'A package or hotfix of lyncimg', schema: packageFileSchema },
  'role.schema.json': { title: 'A role of lyncimg', schema: publishedRoleSchema },
  'sources.schema.json': { title: 'The documents that requirements come from', schema: sourcesFileSchema },
  'workspace.schema.json': { title: 'A workspace of lyncimg (lyncimg.yaml)', schema: workspaceSchema },
};

/** File name → JSON Schema (draft 2020-12) of what may be written. */
export function jsonSchemas(): Map<string, Record<string, unknown>> {
  return new Map(
    Object.entries(published).map(([name, { title, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
      return [name, { $schema, title, ...rest }];
    }),
  );
}
