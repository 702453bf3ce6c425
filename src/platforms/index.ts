/**
 * platforms: one file a platform, with what it adds to a template and what it can do.
 *
 * Shared code never asks which platform it has: each declares what that code needs (`unkeyBy`, `rehearsal`, the media
 * drive). Blocks of HCL are data here; escaping and layout are render's.
 *
 * This room starts nothing, reads nothing and knows no role.
 */
import { fail } from '../errors/index.js';
import type { Platform } from './platform.js';
import { twin } from './twin.js';

export { attributes, expression, type HclItem, type HclValue } from './hcl.js';
export { templateVariables, type Platform } from './platform.js';

const platforms: readonly Platform[] = [twin];

export const platformNames: readonly string[] = platforms.map(({ name }) => name);

/** Throws E_PLATFORM_UNKNOWN with the known names. */
export function platformOf(name: string): Platform {
  const platform = platforms.find((candidate) => candidate.name === name);
  if (platform === undefined) {
    throw fail('E_PLATFORM_UNKNOWN', { platform: name, known: [...platformNames] });
  }
  return platform;
}
