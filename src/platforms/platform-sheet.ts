// The platforms, and one of them with all that it needs, as documents: pure, from what was looked up by others.
import type { LyncimgError } from '../errors/index.js';
import type { GuestOs, MachineSpec } from './machine.js';
import type { Platform } from './platform.js';
import { settingList } from './setting-list.js';
import type { PlatformSettings } from './settings.js';
import type { PlatformList, PlatformSheet, PlatformSummary } from './sheet-schemas.js';

/** A platform with the machine that it would make. */
export interface PlatformMachine {
  platform: Platform;
  machine: MachineSpec;
  settings: PlatformSettings;
}

/** In the order given. */
export function platformList(all: readonly PlatformMachine[]): PlatformList {
  return { apiVersion: 'lyncimg/v1', kind: 'PlatformList', platforms: all.map(summaryOf) };
}

function summaryOf({ platform, machine, settings }: PlatformMachine): PlatformSummary {
  const { name, summary, rehearsal, layering, noBake = null, proof } = platform;
  const builder = (layer: 'first' | 'next') => platform.source({ layer, machine, settings }).builder;
  return {
    ...{ name, summary, rehearsal, layering, noBake },
    builders: {
      first: layering === 'none' ? null : builder('first'),
      next: layering === 'chain' ? builder('next') : null,
    },
    proof,
  };
}

export interface FoundProgram {
  path: string;
  version: string | null;
}

/** What is on this machine, looked up by who may look. */
export interface PlatformHere {
  packer: FoundProgram | null;
  /** Whether the Packer found can express a layer; null where none was found. */
  canExpress: (layer: 'first' | 'next') => boolean | null;
  /** By command; null where it was not found. */
  tools: ReadonlyMap<string, FoundProgram | null>;
}

/** One operating system, with what stands in the way of baking it there. */
export interface SystemCase {
  os: GuestOs;
  problems: readonly LyncimgError[];
}

export interface SheetRequest extends PlatformMachine {
  /** Of `platforms.<name>` in lyncimg.yaml, validated. */
  given: Readonly<Record<string, unknown>>;
  systems: readonly SystemCase[];
  env: NodeJS.ProcessEnv;
  here: PlatformHere;
}

/** Whether a secret is set is said, and never what it is. */
export function platformSheet(request: SheetRequest): PlatformSheet {
  const { platform, given, systems, env, here } = request;
  const { discs, address, certificate, mediaDrive, guestTools, keeps } = platform;
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'PlatformSheet',
    ...summaryOf(request),
    settings: settingList(platform, given),
    secrets: platform.secrets.map(({ env: name, what }) => ({
      env: name,
      what,
      set: (env[name] ?? '') !== '',
    })),
    packer: packerOf(request),
    tools: platform.tools.map((tool) => ({ ...tool, found: here.tools.get(tool.command) ?? null })),
    guest: { discs, address, certificate, tools: guestTools?.disc ?? null, mediaDrive },
    keeps: { as: keeps.as, layer: keeps.layer, image: keeps.image },
    systems: systems.map(({ os, problems }) => ({
      os: os.id,
      title: os.title,
      firmware: [...platform.firmwares(os)],
      problems: problems.map(({ code, message, suggestions }) => ({
        code,
        message,
        suggestions: [...suggestions],
      })),
    })),
  };
}

/** Every template says `required_version`, which is this. */
const oldestPacker = '1.6.6';

function packerOf({ platform, settings, here }: SheetRequest): PlatformSheet['packer'] {
  const layers = { chain: ['first', 'next'], 'one-run': ['first'], none: [] } as const;
  return {
    found: here.packer,
    layers: layers[platform.layering].map((layer) => {
      const needed = platform.packerAtLeast(layer);
      return {
        layer,
        atLeast: needed?.version ?? oldestPacker,
        why: needed?.why ?? null,
        possible: here.canExpress(layer),
      };
    }),
    plugins: platform.plugins(settings).map(({ name, source, version }) => ({ name, source, version })),
  };
}
