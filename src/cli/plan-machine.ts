// The machine that a plan is baked on: what lyncimg.yaml says of it, as the platform and the answer file take it.
import { plainBaking, type BakingChoices, type CatalogOs, type Workspace } from '../catalog/index.js';
import { fail } from '../errors/index.js';
import {
  settingsOf,
  type Firmware,
  type MachineSpec,
  type Platform,
  type PlatformSettings,
} from '../platforms/index.js';
import { digestOf } from '../util/index.js';

export interface PlannedMachine {
  spec: MachineSpec;
  settings: PlatformSettings;
  choices: BakingChoices;
  edition: CatalogOs['editions'][number];
}

/** Throws E_WINDOWS_EDITION_UNKNOWN, or E_PLATFORM_LIMIT for a firmware that cannot be had there. */
export function planMachine(platform: Platform, os: CatalogOs, workspace: Workspace | null): PlannedMachine {
  const choices = (workspace?.baking ?? plainBaking)[os.id];
  const { cpus, memoryMb, diskGb, driversIso, toolsIso } = choices.machine;
  const { guestIds, virtioFolder, generation2 } = os.description;
  const settings = settingsOf(platform, workspace?.platformSettings[platform.name] ?? {});
  // Some hypervisors have such a disc themselves: no file of this machine is needed then.
  const brought = platform.brings?.(settings) ?? [];
  const guest = { id: os.id, title: os.title, guestIds, virtioFolder, generation2 };
  return {
    spec: {
      os: guest,
      firmware: firmwareOf(platform, guest, choices),
      ...{ cpus, memoryMb, diskGb },
      drivers: driversIso !== null || brought.includes('drivers'),
      guestTools: toolsIso !== null || brought.includes('guest-tools'),
      network: choices.network,
    },
    settings,
    choices,
    edition: editionOf(os, choices),
  };
}

function firmwareOf(platform: Platform, os: MachineSpec['os'], choices: BakingChoices): Firmware {
  const possible = platform.firmwares(os);
  const wanted = choices.machine.firmware ?? possible[0] ?? 'bios';
  if (choices.machine.firmware === null || possible.includes(wanted)) return wanted;
  throw fail('E_PLATFORM_LIMIT', {
    platform: platform.name,
    what: `a machine with ${wanted} for ${os.title}`,
    reason: `this Windows boots there with ${possible.join(' or ')}`,
    instead: 'Leave machine.firmware out of lyncimg.yaml, or set it to one of those.',
  });
}

function editionOf(os: CatalogOs, { windows }: BakingChoices): PlannedMachine['edition'] {
  const edition = os.editions.find(({ id }) => id === windows.edition);
  if (edition !== undefined) return edition;
  const known = os.editions.map(({ id }) => id);
  throw fail(
    'E_WINDOWS_EDITION_UNKNOWN',
    { os: os.title, edition: windows.edition, known },
    { suggestions: [`Set windows.${os.id}.edition in lyncimg.yaml to one of them.`] },
  );
}

/**
 * Of all that makes the machine what it is, for the digests of its layers. How fast it is, where it is reached and where
 * a file lies here are left out.
 *
 * @param medium what tells Microsoft's medium apart: its SHA-256, or what it says of itself; null where it is not known
 * @param texts what Setup and first boot are told, without secrets and addresses
 */
export function machineDigest(
  { spec, choices, edition }: PlannedMachine,
  medium: string | null,
  texts: ReadonlyMap<string, string>,
): string {
  const { os, firmware, diskGb, drivers, guestTools } = spec;
  const { key, language, keyboard } = choices.windows;
  const { timeZone, locale } = choices;
  const answers = { edition: edition.id, key, language, keyboard, timeZone, locale };
  const told = Object.fromEntries(texts);
  return digestOf({ os: os.id, firmware, diskGb, drivers, guestTools, answers, medium, told });
}
