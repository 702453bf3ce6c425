// The deployed machine: memory, processors, disks, network cards, instances of SQL Server.
import type { CimRow } from '../../../src/requirements/index.js';
import { inputAs } from './inputs.js';
import { alone, withValues, type Mutate, type Mutation } from './mutation.js';
import type { Need } from './pairs.js';

const gigabyte = 1024 ** 3;
const networkClass = 'Win32_NetworkAdapterConfiguration';

/** Memory as Windows shows it may be a little less than what is in the machine; a quarter is not. */
export const mutateHardware: Mutate = (need) => {
  const { memoryGb, cores } = inputAs(need, 'hardware');
  if (memoryGb !== undefined)
    return [
      rows(need, `${String(memoryGb * 0.75)} GB of memory`, 'Win32_ComputerSystem', [
        withValues({ TotalPhysicalMemory: String(memoryGb * 0.75 * gigabyte) }),
      ]),
    ];
  return [
    rows(need, 'a core less', 'Win32_Processor', [
      (found) => found.slice(0, 1),
      withValues({ NumberOfCores: String((cores ?? 1) - 1) }),
    ]),
  ];
};

export const mutateDisk: Mutate = (need) => {
  const { drive = 'C:', freeGb } = inputAs(need, 'disk');
  if (freeGb === undefined)
    return [
      rows(need, '4K native sectors', 'Win32_DiskDrive', [
        (found) => found.map((row, index) => (index === 0 ? { ...row, BytesPerSector: '4096' } : row)),
      ]),
    ];
  return [
    rows(need, 'a byte too little', 'Win32_LogicalDisk', [
      withValues({ FreeSpace: String(freeGb * gigabyte - 1) }, ({ DeviceID }) => DeviceID === drive),
    ]),
    rows(need, 'another drive', 'Win32_LogicalDisk', [
      withValues({ DeviceID: 'Z:' }, ({ DeviceID }) => DeviceID === drive),
    ]),
  ];
};

export const mutateNetwork: Mutate = (need) => {
  const cards = (what: string, change: (rows: CimRow[]) => CimRow[]): Mutation =>
    rows(need, what, networkClass, [change]);
  switch (inputAs(need, 'network').rule) {
    case 'single-homed':
      return [
        cards('a second address', (found) =>
          found.map((row) => ({
            ...row,
            IPAddress: [...listOf(row['IPAddress']), '10.1.2.21'],
            IPSubnet: [...listOf(row['IPSubnet']), '255.255.255.0'],
          })),
        ),
        cards('a second card', (found) => [
          ...found,
          ...found.map((row) => ({ ...row, Description: 'Second', IPAddress: ['10.1.2.21'] })),
        ]),
      ];
    case 'two-interfaces':
      return [
        cards('the outer card alone', (found) => found.filter(hasGateway)),
        cards('both cards in one subnet', (found) =>
          found.map((row) =>
            hasGateway(row) ? row : { ...row, IPAddress: ['203.0.113.99'], IPSubnet: ['255.255.255.0'] },
          ),
        ),
      ];
    case 'one-gateway':
      return [
        cards('two gateways', (found) =>
          found.map((row) => (hasGateway(row) ? row : { ...row, DefaultIPGateway: ['10.2.1.1'] })),
        ),
        cards('no gateway', (found) => found.map((row) => ({ ...row, DefaultIPGateway: null }))),
      ];
    case 'static-addresses':
      return [
        cards('an address from DHCP', (found) =>
          found.map((row, index) => (index === 0 ? { ...row, DHCPEnabled: true } : row)),
        ),
      ];
    default:
      return [];
  }
};

export const mutateSqlInstance: Mutate = (need) => {
  const { name } = inputAs(need, 'sqlInstance');
  const key = 'SOFTWARE\\Microsoft\\Microsoft SQL Server\\Instance Names\\SQL';
  return [
    {
      what: 'no such instance',
      change: (copy) => {
        copy.texts(key, (texts) => texts.filter((text) => text.name !== name));
      },
      outcome: alone(need),
    },
    {
      what: 'no instance of SQL Server',
      change: (copy) => {
        copy.texts(key, () => null);
      },
      outcome: ({ requirement }) => (requirement.kind === 'sqlInstance' ? 'fail' : 'pass'),
    },
  ];
};

function rows(
  need: Need,
  what: string,
  className: string,
  changes: ((rows: CimRow[]) => CimRow[])[],
): Mutation {
  return {
    what,
    change: (copy) => {
      for (const change of changes) copy.rows(className, change);
    },
    outcome: alone(need),
  };
}

function hasGateway(row: CimRow): boolean {
  return listOf(row['DefaultIPGateway']).length > 0;
}

/** Of a list of one the wire shows the one. */
function listOf(value: CimRow[string] | undefined): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
