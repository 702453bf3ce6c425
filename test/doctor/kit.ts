// A platform by hand, and a question about it, for the tests of what is looked at.
import { z } from 'zod';
import type { CatalogOs } from '../../src/catalog/index.js';
import { plainBaking } from '../../src/catalog/index.js';
import type { Finding } from '../../src/doctor/index.js';
import type { BakeMachine, BakePlace, Wanted } from '../../src/doctor/wanted.js';
import { settingsOf, type MachineSpec, type Platform } from '../../src/platforms/index.js';
import type { FoundTool } from '../../src/tools/index.js';
import { osModelOf, os2008r2Of } from '../helpers/os-model.js';

const description = {
  guestIds: { virtualbox: 'Windows2012_64', vmware: 'windows8srv-64', vsphere: 'windows8Server64Guest' },
  virtioFolder: '2k12R2',
  generation2: true,
  support: { mainstream: '2018-10-09', extended: '2023-10-10', paid: '2026-10-13' },
  unsupported: [],
};

export const os2012r2: CatalogOs = { ...osModelOf(), description };
export const os2008r2: CatalogOs = { ...os2008r2Of(), description };

/** One that needs nothing and keeps files; a test changes what it is about. */
export function platformOf(changes: Partial<Platform> = {}): Platform {
  return {
    name: 'made-up',
    summary: 'A platform of a test.',
    rehearsal: false,
    layering: 'chain',
    discs: 'download',
    address: 'given',
    guestTools: null,
    certificate: 'build',
    mediaDrive: 'E:',
    sxsPath: () => 'E:\\sxs',
    settings: z.strictObject({}),
    examples: {},
    secrets: [],
    tools: [],
    packerAtLeast: () => null,
    plugins: () => [],
    firmwares: () => ['bios', 'uefi'],
    limits: () => [],
    unkeyBy: 'shutdown-command',
    keeps: { as: 'files', layer: 'a file', image: 'a file' },
    proof: 'It is not.',
    startByHand: () => '',
    source: () => ({ builder: 'null', body: [] }),
    ...changes,
  };
}

export function placeOf(
  changes: Partial<Platform> = {},
  settings: Readonly<Record<string, unknown>> = {},
): BakePlace {
  const platform = platformOf(changes);
  return { platform, settings: settingsOf(platform, settings) };
}

export function machineOf(
  changes: { spec?: Partial<MachineSpec>; windows?: object; discs?: object } = {},
): BakeMachine {
  const plain = plainBaking['2012r2'];
  return {
    spec: {
      os: { id: '2012r2', title: 'Windows Server 2012 R2', ...description },
      firmware: 'bios',
      cpus: 2,
      memoryMb: 4096,
      diskGb: 80,
      drivers: false,
      guestTools: false,
      network: { range: null, static: null },
      ...changes.spec,
    },
    choices: {
      ...plain,
      windows: { ...plain.windows, ...changes.windows },
      machine: { ...plain.machine, ...changes.discs },
    },
  };
}

export function wantedOf(changes: Partial<Wanted> = {}): Wanted {
  return {
    place: null,
    systems: [os2012r2],
    machine: null,
    size: null,
    netfx3Elsewhere: false,
    stateFolder: '/nowhere/.lyncimg',
    env: {},
    signal: new AbortController().signal,
    ...changes,
  };
}

export function toolOf(changes: Partial<FoundTool> = {}): FoundTool {
  return {
    name: 'packer',
    path: '/usr/bin/packer',
    version: '1.6.6',
    warnings: [],
    passedOver: [],
    python: null,
    ...changes,
  };
}

/** `packer ok`, `media problem`: what a report boils down to. */
export function inShort(findings: readonly Finding[]): string[] {
  return findings.map(({ check, level }) => `${check} ${level}`);
}
