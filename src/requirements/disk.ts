// Disks of the deployed machine: room on a drive, and sectors that Windows Fabric can work with.
import { z } from 'zod';
import { unreachable } from '../util/index.js';
import type { CimQuery, Facts } from './facts.js';
import { gigabytes } from './gigabytes.js';
import type { Judgement, Kind } from './kind.js';
import { numberOf, sameText, textOf } from './rows.js';

const schema = z
  .strictObject({
    drive: z
      .string()
      .regex(/^[A-Za-z]:$/, 'A drive is a letter and a colon, e.g. D:.')
      .optional()
      .meta({ description: 'C: where it is absent, where the answer file puts Windows.' }),
    freeGb: z.int().min(1).optional().meta({ description: 'At least so much is free, in GB of 2^30 bytes.' }),
    sectorBytes: z
      .literal(512)
      .optional()
      .meta({ description: 'Every disk shows sectors of 512 bytes, so none is 4K native.' }),
  })
  .refine(({ freeGb, sectorBytes }) => (freeGb === undefined) !== (sectorBytes === undefined), {
    error: 'A disk requirement is either freeGb or sectorBytes; write two for both.',
  })
  .refine(({ drive, freeGb }) => drive === undefined || freeGb !== undefined, {
    error: 'drive belongs to freeGb.',
    path: ['drive'],
  });

export type DiskInput = z.infer<typeof schema>;

export type DiskSpec =
  { about: 'free'; /** `C:` */ drive: string; gb: number } | { about: 'sector'; bytes: number };

/** Only fixed ones: an empty drive of removable media would keep the question waiting. */
const volumesQuery: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_LogicalDisk',
  properties: ['DeviceID', 'FreeSpace'],
  where: 'DriveType=3',
};
/** BytesPerSector is the sector that the disk shows: 512 for disks that emulate it, 4096 for 4K native ones. */
const disksQuery: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_DiskDrive',
  properties: ['DeviceID', 'BytesPerSector'],
};

export const disk: Kind<DiskInput, DiskSpec> = {
  name: 'disk',
  summary: 'The deployed machine has room on a drive, or no disk with native sectors of 4096 bytes.',
  example: '- disk: { drive: "C:", freeGb: 72 }\n  source: MS-HW\n',
  stage: 'machine',
  phase: 100,
  schema,

  resolve({ drive, freeGb, sectorBytes }) {
    const spec: DiskSpec =
      freeGb === undefined
        ? { about: 'sector', bytes: sectorBytes ?? 512 }
        : { about: 'free', drive: (drive ?? 'C:').toUpperCase(), gb: freeGb };
    return { ok: true, spec };
  },

  id: (spec) =>
    spec.about === 'free' ? `disk/free-${spec.drive.charAt(0).toLowerCase()}` : 'disk/sector-size',
  title: (spec) => `Disk: ${wanted(spec)}`,
  tasks: () => [],
  facts: (spec) => [spec.about === 'free' ? volumesQuery : disksQuery],
  evidence: (spec, row) => spec.about === 'sector' || sameText(textOf(row, 'DeviceID'), spec.drive),
  judge(spec, facts) {
    switch (spec.about) {
      case 'free':
        return judgeFree(spec, facts);
      case 'sector':
        return judgeSector(spec, facts);
      default:
        return unreachable(spec);
    }
  },
};

function wanted(spec: DiskSpec): string {
  return spec.about === 'free'
    ? `${String(spec.gb)} GB free on ${spec.drive}`
    : `sectors of ${String(spec.bytes)} bytes`;
}

function judgeFree(spec: DiskSpec & { about: 'free' }, facts: Facts): Judgement {
  const expected = wanted(spec);
  const answer = facts.cim(volumesQuery);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  if (answer.value.length === 0)
    return { verdict: 'unknown', expected, cause: 'Win32_LogicalDisk listed no fixed drive' };
  const fix = `Free or add space, so that ${expected}.`;
  const row = answer.value.find((candidate) => sameText(textOf(candidate, 'DeviceID'), spec.drive));
  if (row === undefined)
    return { verdict: 'fail', expected, actual: `there is no fixed drive ${spec.drive}`, fix };
  const free = numberOf(row, 'FreeSpace');
  if (Number.isNaN(free))
    return { verdict: 'unknown', expected, cause: `FreeSpace of ${spec.drive} is no number` };
  const actual = `${gigabytes(free)} free on ${spec.drive}`;
  if (free >= spec.gb * 2 ** 30) return { verdict: 'pass', expected, actual };
  return { verdict: 'fail', expected, actual, fix };
}

function judgeSector(spec: DiskSpec & { about: 'sector' }, facts: Facts): Judgement {
  const expected = wanted(spec);
  const answer = facts.cim(disksQuery);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  if (answer.value.length === 0)
    return { verdict: 'unknown', expected, cause: 'Win32_DiskDrive listed nothing' };
  const sizes = answer.value.map((row) => ({
    id: textOf(row, 'DeviceID'),
    bytes: numberOf(row, 'BytesPerSector'),
  }));
  const other = sizes.find(({ bytes }) => !Number.isNaN(bytes) && bytes !== spec.bytes);
  if (other !== undefined) {
    const actual = `${other.id} has sectors of ${String(other.bytes)} bytes`;
    return {
      verdict: 'fail',
      expected,
      actual,
      fix: 'Use a disk that shows sectors of 512 bytes (512n or 512e).',
    };
  }
  // Disks of virtual machines and of some controllers leave it out.
  const silent = sizes.find(({ bytes }) => Number.isNaN(bytes));
  if (silent !== undefined)
    return {
      verdict: 'unknown',
      expected,
      cause: `${silent.id || 'a disk'} does not say its BytesPerSector`,
    };
  return { verdict: 'pass', expected, actual: expected };
}
