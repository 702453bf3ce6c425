// What the documents recommend of a deployed machine: memory and processor cores.
import { z } from 'zod';
import { unreachable } from '../util/index.js';
import type { CimQuery, Facts } from './facts.js';
import { gigabytes } from './gigabytes.js';
import type { Judgement, Kind } from './kind.js';
import { numberOf } from './rows.js';

const schema = z
  .strictObject({
    memoryGb: z.int().min(1).optional().meta({ description: 'Installed memory, in GB of 2^30 bytes.' }),
    cores: z.int().min(1).optional().meta({ description: 'Cores of all processors together.' }),
  })
  .refine(({ memoryGb, cores }) => (memoryGb === undefined) !== (cores === undefined), {
    error: 'A hardware requirement is either memoryGb or cores; write two for both.',
  });

export type HardwareInput = z.infer<typeof schema>;

export interface HardwareSpec {
  about: 'memory' | 'cores';
  /** GB of memory, or cores. */
  atLeast: number;
}

const systemQuery: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_ComputerSystem',
  properties: ['TotalPhysicalMemory'],
};
/** One row a socket. Never without a list of properties: LoadPercentage is measured, which takes seconds a processor. */
const processorQuery: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_Processor',
  properties: ['DeviceID', 'NumberOfCores'],
};

/** Windows does not count what firmware and devices keep for themselves (Microsoft's class page); 5 % is our allowance. */
const memoryAllowance = 0.05;

export const hardware: Kind<HardwareInput, HardwareSpec> = {
  name: 'hardware',
  summary: 'The deployed machine has the memory, or the processor cores, that the documents recommend.',
  example: '- hardware: { memoryGb: 32 }\n  source: MS-HW\n',
  stage: 'machine',
  phase: 100,
  schema,

  resolve: ({ memoryGb, cores }) => ({
    ok: true,
    spec:
      memoryGb === undefined
        ? { about: 'cores', atLeast: cores ?? 1 }
        : { about: 'memory', atLeast: memoryGb },
  }),

  id: (spec) => `hardware/${spec.about}`,
  title: (spec) => `Hardware: ${wanted(spec)}`,
  tasks: () => [],
  facts: (spec) => [spec.about === 'memory' ? systemQuery : processorQuery],
  judge(spec, facts) {
    switch (spec.about) {
      case 'memory':
        return judgeMemory(spec, facts);
      case 'cores':
        return judgeCores(spec, facts);
      default:
        return unreachable(spec.about);
    }
  },
};

function wanted({ about, atLeast }: HardwareSpec): string {
  return about === 'memory' ? `${String(atLeast)} GB of memory` : `${String(atLeast)} processor cores`;
}

function judgeMemory(spec: HardwareSpec, facts: Facts): Judgement {
  const expected = wanted(spec);
  const answer = facts.cim(systemQuery);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  const bytes = numberOf(answer.value[0] ?? {}, 'TotalPhysicalMemory');
  if (Number.isNaN(bytes)) return { verdict: 'unknown', expected, cause: 'Windows does not say its memory' };
  const actual = `${gigabytes(bytes)} of memory`;
  if (bytes >= spec.atLeast * 2 ** 30 * (1 - memoryAllowance)) return { verdict: 'pass', expected, actual };
  return { verdict: 'fail', expected, actual, fix: `Give the machine ${expected}.` };
}

function judgeCores(spec: HardwareSpec, facts: Facts): Judgement {
  const expected = wanted(spec);
  const answer = facts.cim(processorQuery);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  const counts = answer.value.map((row) => numberOf(row, 'NumberOfCores'));
  if (counts.length === 0 || counts.some((count) => Number.isNaN(count)))
    return { verdict: 'unknown', expected, cause: 'Windows does not say the cores of each processor' };
  const cores = counts.reduce((sum, count) => sum + count, 0);
  const actual = `${String(cores)} processor cores`;
  if (cores >= spec.atLeast) return { verdict: 'pass', expected, actual };
  return { verdict: 'fail', expected, actual, fix: `Give the machine ${expected}.` };
}
