// What may stand under `platforms.<name>` of lyncimg.yaml, read off the platform's own schema, so that no list goes stale.
import { z } from 'zod';
import type { Platform } from './platform.js';
import type { PlatformSetting } from './sheet-schemas.js';

type Plain = string | number | boolean;

/** What is used of a property of a JSON Schema. */
const property = z.object({
  description: z.string().default(''),
  type: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  examples: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
});

/** Those that a build needs first, else in the order of the schema. */
export function settingList(
  { settings, examples }: Pick<Platform, 'settings' | 'examples'>,
  given: Readonly<Record<string, unknown>>,
): PlatformSetting[] {
  const { properties = {} } = z.toJSONSchema(settings, { io: 'input' });
  const list = Object.entries(properties).map(([key, schema]): PlatformSetting => {
    const { description, type, enum: values, default: own, examples: shown } = property.parse(schema);
    return {
      key,
      description,
      type: type ?? 'string',
      values: values ?? null,
      default: own ?? null,
      example: shown?.[0] ?? examples[key] ?? null,
      required: key in examples,
      set: (given[key] as Plain | undefined) ?? null,
    };
  });
  return [...list.filter(({ required }) => required), ...list.filter(({ required }) => !required)];
}
