// The published schemas of the documents: file name → JSON Schema (draft 2020-12).
import { z } from 'zod';
import { requirementSheetSchema, roleListSchema, roleMatrixSchema, roleSheetSchema } from './schemas.js';

const published: Readonly<Record<string, { title: string; schema: z.ZodType }>> = {
  'requirement-sheet.schema.json': {
    title: 'What lyncimg roles explain --json prints',
    schema: requirementSheetSchema,
  },
  'role-list.schema.json': { title: 'What lyncimg roles list --json prints', schema: roleListSchema },
  'role-matrix.schema.json': { title: 'What lyncimg roles matrix --json prints', schema: roleMatrixSchema },
  'role-sheet.schema.json': { title: 'What lyncimg roles show --json prints', schema: roleSheetSchema },
};

export function explainSchemas(): Map<string, Record<string, unknown>> {
  return new Map(
    Object.entries(published).map(([name, { title, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'output' });
      return [name, { $schema, title, ...rest }];
    }),
  );
}
