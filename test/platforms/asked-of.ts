// Machines that the tests of platforms ask for, and what a source holds, without its form.
import type { GuestOs, HclItem, HclValue, MachineSpec, Platform } from '../../src/platforms/index.js';
import { settingsOf } from '../../src/platforms/index.js';

export const guests: Record<GuestOs['id'], GuestOs> = {
  '2008r2': {
    id: '2008r2',
    title: 'Windows Server 2008 R2',
    guestIds: { virtualbox: 'Windows2008_64', vmware: 'windows7srv-64', vsphere: 'windows7Server64Guest' },
    virtioFolder: '2k8R2',
    generation2: false,
  },
  '2012': {
    id: '2012',
    title: 'Windows Server 2012',
    guestIds: { virtualbox: 'Windows2012_64', vmware: 'windows8srv-64', vsphere: 'windows8Server64Guest' },
    virtioFolder: '2k12',
    generation2: true,
  },
  '2012r2': {
    id: '2012r2',
    title: 'Windows Server 2012 R2',
    guestIds: { virtualbox: 'Windows2012_64', vmware: 'windows8srv-64', vsphere: 'windows8Server64Guest' },
    virtioFolder: '2k12R2',
    generation2: true,
  },
};

export function machineOf(changes: Partial<MachineSpec> = {}): MachineSpec {
  return {
    os: guests['2012r2'],
    firmware: 'bios',
    cpus: 2,
    memoryMb: 4096,
    diskGb: 80,
    drivers: false,
    guestTools: true,
    network: { range: '10.1.2.0/24', static: null },
    ...changes,
  };
}

export const fixedAddress = { address: '10.1.2.30', prefix: 24, gateway: '10.1.2.1', dns: ['10.1.2.2'] };

/** A source as plain data: attributes by name, blocks as lists by theirs. */
export interface Plain {
  builder: string;
  attributes: Record<string, unknown>;
  blocks: Record<string, Plain['attributes'][]>;
  comments: string[];
}

export interface Asked {
  layer?: 'first' | 'next';
  machine?: Partial<MachineSpec>;
  given?: Record<string, unknown>;
}

export function sourceOf(platform: Platform, { layer = 'first', machine, given = {} }: Asked = {}): Plain {
  const { builder, body } = platform.source({
    layer,
    machine: machineOf(machine),
    settings: settingsOf(platform, given),
  });
  const blocks: Plain['blocks'] = {};
  for (const item of body) if ('block' in item) (blocks[item.block] ??= []).push(attributesOf(item.body));
  const comments = allItems(body).flatMap((item) => ('comment' in item ? [item.comment] : []));
  return { builder, attributes: attributesOf(body), blocks, comments };
}

/** Codes and texts of what stands in the way. */
export function limitsOf(
  platform: Platform,
  machine: Partial<MachineSpec>,
  given: Record<string, unknown> = {},
) {
  return platform
    .limits(machineOf(machine), settingsOf(platform, given))
    .map(({ code, message, suggestions }) => ({ code, message, suggestions }));
}

function allItems(items: readonly HclItem[]): HclItem[] {
  return items.flatMap((item) => ('body' in item ? [item, ...allItems(item.body)] : [item]));
}

function attributesOf(items: readonly HclItem[]): Record<string, unknown> {
  return Object.fromEntries(
    items.flatMap((item) => ('attribute' in item ? [[item.attribute, plain(item.value)]] : [])),
  );
}

/** Expressions and templates as HCL writes them. */
function plain(value: HclValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  if ('expression' in value) return value.expression;
  if ('template' in value)
    return value.template
      .map((part) => (typeof part === 'string' ? part : `\${${part.expression}}`))
      .join('');
  return Object.fromEntries(Object.entries(value.map).map(([key, inner]) => [key, plain(inner)]));
}
