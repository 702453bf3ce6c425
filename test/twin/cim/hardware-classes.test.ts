import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { CimRow } from '../../../src/twin/cim/filter.js';
import { enumerateCim } from '../../../src/twin/cim/handler.js';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';

const caller = { user: 'Administrator', address: '127.0.0.1' };
const gigabyte = 1024n ** 3n;

describe('hardware of the twin in CIM', () => {
  const ask = async (machine: ModelledMachine, wql: string, namespace = 'root/cimv2'): Promise<CimRow[]> => {
    const answer = await enumerateCim(machine, { namespace, className: null, wql, caller });
    return answer.instances.map(({ properties }) => properties);
  };

  it('has one disk of 127 GB at first', async () => {
    const machine = await modelledMachine();

    const [disk, ...more] = await ask(machine, 'select * from Win32_LogicalDisk where DriveType=3');
    expect(more).to.deep.equal([]);
    expect(disk).to.include({
      DeviceID: 'C:',
      FileSystem: 'NTFS',
      Size: 127n * gigabyte,
      FreeSpace: 110n * gigabyte,
      VolumeName: 'TWIN',
    });
  });

  it('shows the same disks as drives, volumes and physical disks', async () => {
    const machine = await modelledMachine({
      change: (state) => {
        const [first] = state.disks;
        if (first !== undefined)
          state.disks.push({
            ...first,
            letter: 'F:',
            label: 'Data',
            bytesPerSector: 4096,
            fileSystem: 'ReFS',
          });
      },
    });

    const [, drive] = await ask(machine, 'select * from Win32_DiskDrive');
    expect(drive).to.include({ DeviceID: '\\\\.\\PHYSICALDRIVE1', BytesPerSector: 4096 });
    const [volume] = await ask(machine, "select * from Win32_Volume where DriveLetter='F:'");
    expect(volume).to.include({ Label: 'Data', FileSystem: 'ReFS', Capacity: 127n * gigabyte });
    const sectors = await ask(
      machine,
      'select LogicalSectorSize,PhysicalSectorSize from MSFT_PhysicalDisk',
      'root/microsoft/windows/storage',
    );
    expect(sectors.map((row) => [row['LogicalSectorSize'], row['PhysicalSectorSize']])).to.deep.equal([
      [512n, 4096n],
      [4096n, 4096n],
    ]);
  });

  it('has no class of physical disks on 2008 R2', async () => {
    const machine = await modelledMachine({ os: '2008r2' });

    const error = await ask(
      machine,
      'select * from MSFT_PhysicalDisk',
      'root/microsoft/windows/storage',
    ).catch((caught: unknown) => caught);
    expect(error).to.be.an('error');
  });

  it('shows cards with an address by IPEnabled, and the others with nothing', async () => {
    const machine = await modelledMachine({
      change: ({ computer }) => {
        const [first] = computer.adapters;
        if (first === undefined) return;
        first.dns = ['192.0.2.1'];
        computer.adapters.push({
          ...first,
          name: 'Spare',
          mac: '02:00:00:4C:59:02',
          ipv4: [],
          dns: ['192.0.2.1'],
        });
      },
    });
    const from = 'from Win32_NetworkAdapterConfiguration';

    const enabled = await ask(machine, `select * ${from} where IPEnabled=TRUE`);
    expect(enabled.map((row) => row['Description'])).to.deep.equal(['Ethernet']);
    expect(enabled[0]).to.deep.include({
      IPAddress: ['192.0.2.10'],
      IPSubnet: ['255.255.255.0'],
      DefaultIPGateway: null,
      DNSServerSearchOrder: ['192.0.2.1'],
    });
    const others = await ask(machine, `select * ${from} where IPEnabled=FALSE`);
    expect(others.map((row) => [row['Description'], row['IPAddress']])).to.deep.equal([
      ['Spare', null],
      ['Microsoft ISATAP Adapter', null],
    ]);
  });

  it('has one processor with as many cores as were asked for', async () => {
    const machine = await modelledMachine({
      change: ({ computer }) => {
        computer.processors = 8;
      },
    });

    const [processor] = await ask(machine, 'select NumberOfCores,AddressWidth from Win32_Processor');
    expect(processor).to.include({ NumberOfCores: 8, AddressWidth: 64 });
    const [computer] = await ask(machine, 'select * from Win32_ComputerSystem');
    expect(computer).to.include({ NumberOfProcessors: 1, NumberOfLogicalProcessors: 8 });
  });
});
