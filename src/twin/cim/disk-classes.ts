// Disks and volumes as CIM shows them. Names and shapes: recorded answers (Win32_LogicalDisk, Win32_Volume) and
// Microsoft's class pages (Win32_DiskDrive, MSFT_PhysicalDisk; high). Each volume has a disk of its own.
import type { Disk } from '../state.js';
import { cimv2, type CimClass } from './class.js';
import type { CimRow } from './filter.js';

const mediaLabel = 'TWIN_MEDIA';
const mediaBytes = 1024n ** 3n;

/** The disc is read-only and full. */
const mediaDisc = {
  DriveType: 5,
  FileSystem: 'UDF',
  FreeSpace: 0n,
  Name: 'E:',
};

export const logicalDisk: CimClass = {
  namespace: cimv2,
  name: 'Win32_LogicalDisk',
  keys: ['DeviceID'],
  properties: ['Caption', 'DeviceID', 'DriveType', 'FileSystem', 'FreeSpace', 'Name', 'Size', 'VolumeName'],
  rows(machine) {
    const fixed = machine.facts().disks.map((disk): CimRow => ({
      Caption: disk.letter,
      DeviceID: disk.letter,
      DriveType: 3,
      FileSystem: disk.fileSystem,
      FreeSpace: BigInt(disk.freeBytes),
      Name: disk.letter,
      Size: BigInt(disk.sizeBytes),
      VolumeName: disk.label,
    }));
    const disc = { ...mediaDisc, Caption: 'E:', DeviceID: 'E:', Size: mediaBytes, VolumeName: mediaLabel };
    return machine.hasMedia() ? [...fixed, disc] : fixed;
  },
};

export const volume: CimClass = {
  namespace: cimv2,
  name: 'Win32_Volume',
  keys: ['DeviceID'],
  properties: [
    'BlockSize',
    'BootVolume',
    'Capacity',
    'DeviceID',
    'DriveLetter',
    'DriveType',
    'FileSystem',
    'FreeSpace',
    'Label',
    'Name',
    'SystemVolume',
  ],
  rows(machine) {
    const fixed = machine.facts().disks.map((disk): CimRow => ({
      // The allocation unit that Windows formats with unless it is told another one.
      BlockSize: 4096n,
      BootVolume: disk.letter === 'C:',
      Capacity: BigInt(disk.sizeBytes),
      DeviceID: volumeId(disk.letter),
      DriveLetter: disk.letter,
      DriveType: 3,
      FileSystem: disk.fileSystem,
      FreeSpace: BigInt(disk.freeBytes),
      Label: disk.label,
      Name: `${disk.letter}\\`,
      SystemVolume: disk.letter === 'C:',
    }));
    const disc = {
      ...mediaDisc,
      BlockSize: 2048n,
      BootVolume: false,
      Capacity: mediaBytes,
      DeviceID: volumeId('E:'),
      DriveLetter: 'E:',
      Label: mediaLabel,
      Name: 'E:\\',
      SystemVolume: false,
    };
    return machine.hasMedia() ? [...fixed, disc] : fixed;
  },
};

export const diskDrive: CimClass = {
  namespace: cimv2,
  name: 'Win32_DiskDrive',
  keys: ['DeviceID'],
  properties: [
    'BytesPerSector',
    'Caption',
    'DeviceID',
    'Index',
    'InterfaceType',
    'Model',
    'Partitions',
    'Size',
  ],
  rows: (machine) =>
    machine.facts().disks.map((disk, index) => ({
      BytesPerSector: disk.bytesPerSector,
      Caption: diskModel,
      DeviceID: `\\\\.\\PHYSICALDRIVE${index}`,
      Index: index,
      InterfaceType: 'SCSI',
      Model: diskModel,
      Partitions: 1,
      Size: BigInt(disk.sizeBytes),
    })),
};

/** Since Windows Server 2012: the only class that tells a disk's real sectors from those that it shows. */
export const physicalDisk: CimClass = {
  namespace: 'root/microsoft/windows/storage',
  name: 'MSFT_PhysicalDisk',
  keys: ['ObjectId'],
  notOn: ['2008r2'],
  properties: ['DeviceId', 'FriendlyName', 'LogicalSectorSize', 'ObjectId', 'PhysicalSectorSize', 'Size'],
  rows: (machine) =>
    machine.facts().disks.map((disk: Disk, index) => ({
      DeviceId: String(index),
      FriendlyName: `PhysicalDisk${index}`,
      LogicalSectorSize: BigInt(disk.bytesPerSector),
      ObjectId: `PhysicalDisk${index}`,
      PhysicalSectorSize: BigInt(disk.physicalSectorBytes),
      Size: BigInt(disk.sizeBytes),
    })),
};

const diskModel = 'lyncimg twin disk';

/** Windows names a volume by a GUID; here it is made of the letter. */
function volumeId(letter: string): string {
  return `\\\\?\\Volume{7477696e-0000-0000-0000-0000000000${letter.charCodeAt(0).toString(16)}}\\`;
}
