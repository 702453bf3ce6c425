// How a machine is made: what lyncimg.yaml says under `windows`, `machine` and `network`, with defaults for the rest.
import { resolve } from 'node:path';
import type { z } from 'zod';
import { osIds, type OsId } from '../requirements/index.js';
import type { BakingChoices, NetworkChoice } from './model.js';
import { machineSchema, windowsSchema, type workspaceSchema } from './schemas/workspace.js';

type Given = Partial<
  Pick<z.output<typeof workspaceSchema>, 'windows' | 'machine' | 'network' | 'parameters'>
>;

/** @param folder that paths are relative to */
export function bakingChoices(given: Given, folder: string): Record<OsId, BakingChoices> {
  return Object.fromEntries(osIds.map((os) => [os, choicesFor(os, given, folder)])) as Record<
    OsId,
    BakingChoices
  >;
}

/** Where there is no lyncimg.yaml. */
export const plainBaking: Readonly<Record<OsId, BakingChoices>> = bakingChoices({}, '/');

function choicesFor(os: OsId, given: Given, folder: string): BakingChoices {
  const path = (text: string | undefined): string | null =>
    text === undefined ? null : resolve(folder, text);
  const { iso, sha256, keyboard, ...windows } = given.windows?.[os] ?? windowsSchema.parse({});
  const { firmware, driversIso, toolsIso, ...machine } = given.machine ?? machineSchema.parse({});
  return {
    windows: {
      ...windows,
      iso: path(iso),
      sha256: sha256?.toLowerCase() ?? null,
      keyboard: keyboard ?? null,
    },
    machine: {
      ...machine,
      firmware: firmware ?? null,
      driversIso: path(driversIso),
      toolsIso: path(toolsIso),
    },
    network: networkOf(given.network ?? {}),
    timeZone: given.parameters?.timeZone ?? null,
    locale: given.parameters?.locale ?? null,
  };
}

function networkOf({ range, address, gateway, dns }: NonNullable<Given['network']>): NetworkChoice {
  const [own, prefix] = address?.split('/') ?? [];
  return {
    range: range ?? null,
    static:
      own === undefined
        ? null
        : { address: own, prefix: Number(prefix), gateway: gateway ?? null, dns: dns ?? [] },
  };
}
