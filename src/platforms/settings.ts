// A platform's settings as lyncimg.yaml gives them, and examples for what it does not: a template can be read and
// validated before anything is decided, and says at each example which setting it stands for.
import type { z } from 'zod';
import { fail } from '../errors/index.js';
import { attributes, type HclItem, type HclValue } from './hcl.js';

export interface PlatformSettings {
  /** What is set, or a default, or an example. Throws where the platform declares no such key: a defect. */
  value(key: string): HclValue;
  /** The same as text. */
  text(key: string): string;
  /** Undefined where an optional key is not set. */
  optional(key: string): HclValue | undefined;
  /** Keys whose value is an example: a build refuses those. */
  readonly missing: readonly string[];
  /** An attribute with the setting's value; a comment above it says where it is an example. */
  attribute(attribute: string, key: string): HclItem[];
}

interface Declared {
  name: string;
  settings: z.ZodObject;
  examples: Readonly<Record<string, string | number>>;
}

/** @param given of `platforms.<name>` in lyncimg.yaml, validated by the platform's schema */
export function settingsOf(platform: Declared, given: Readonly<Record<string, unknown>>): PlatformSettings {
  // Defaults of the schema count as set.
  const set = platform.settings.parse(given) as Record<string, HclValue | undefined>;
  const missing = Object.keys(platform.examples).filter((key) => set[key] === undefined);
  const optional = (key: string): HclValue | undefined => set[key] ?? platform.examples[key];
  const value = (key: string): HclValue => {
    const found = optional(key);
    if (found === undefined) throw new Error(`the platform ${platform.name} has no setting ${key}`);
    return found;
  };
  return {
    value,
    text: (key) => {
      const found = value(key);
      if (typeof found === 'object') throw new Error(`the setting ${platform.name}.${key} is no text`);
      return String(found);
    },
    optional,
    missing,
    attribute: (attribute, key) => [
      ...(missing.includes(key)
        ? [{ comment: `Example: set platforms.${platform.name}.${key} in lyncimg.yaml.` }]
        : []),
      ...attributes({ [attribute]: value(key) }),
    ],
  };
}

/** Throws E_PLATFORM_SETTINGS: a build must not run on examples. */
export function requireSettings(platform: Declared, settings: PlatformSettings): void {
  if (settings.missing.length === 0) return;
  throw fail('E_PLATFORM_SETTINGS', { platform: platform.name, missing: [...settings.missing] });
}
