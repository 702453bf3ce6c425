/**
 * platforms: one file a platform, with what it adds to a template and what it can do.
 *
 * Shared code never asks which platform it has: each declares what that code needs (`unkeyBy`, `rehearsal`, `discs`,
 * `address`, its limits, the media drive). Blocks of HCL are data here; escaping and layout are render's.
 *
 * This room starts nothing, reads nothing and knows no role.
 */
import type { z } from 'zod';
import { fail } from '../errors/index.js';
import { azure } from './azure.js';
import { existing } from './existing.js';
import { hyperv } from './hyperv.js';
import type { Platform } from './platform.js';
import { proxmox } from './proxmox.js';
import { qemu } from './qemu.js';
import { twin } from './twin.js';
import { virtualbox } from './virtualbox.js';
import { vmware } from './vmware.js';
import { vsphere } from './vsphere.js';

export {
  attributes,
  expression,
  local,
  map,
  template,
  type HclExpression,
  type HclItem,
  type HclTemplate,
  type HclValue,
} from './hcl.js';
export type { Firmware, GuestOs, MachineSpec, StaticAddress } from './machine.js';
export type { PackerPlugin, PackerSource, Platform, PlatformTool } from './platform.js';
export { runValues, type RunValue, type RunValueName } from './run-values.js';
export {
  platformList,
  platformSheet,
  type FoundProgram,
  type PlatformHere,
  type SystemCase,
} from './platform-sheet.js';
export { requireSettings, settingsOf, type PlatformSettings } from './settings.js';
export {
  platformSheetSchemas,
  type PlatformList,
  type PlatformSetting,
  type PlatformSheet,
} from './sheet-schemas.js';
export { listenerPort } from './winrm.js';

const platforms: readonly Platform[] = [
  twin,
  qemu,
  hyperv,
  virtualbox,
  vmware,
  vsphere,
  proxmox,
  azure,
  existing,
];

export const platformNames: readonly string[] = platforms.map(({ name }) => name);

/** What may stand under `platforms.<name>` of lyncimg.yaml, by the platform's name. */
export const platformSchemas: Readonly<Record<string, z.ZodObject>> = Object.fromEntries(
  platforms.map(({ name, settings }) => [name, settings]),
);

/** Throws E_PLATFORM_UNKNOWN with the known names. */
export function platformOf(name: string): Platform {
  const platform = platforms.find((candidate) => candidate.name === name);
  if (platform === undefined) {
    throw fail('E_PLATFORM_UNKNOWN', { platform: name, known: [...platformNames] });
  }
  return platform;
}
