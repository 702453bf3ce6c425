// catalog/features/*.json.
import { z } from 'zod';
import { text } from './words.js';

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
