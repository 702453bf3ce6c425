// The fixed disks of a fresh machine: one, as large as Hyper-V makes them by default.
import type { Disk } from './state.js';

const gigabyte = 1024 ** 3;

export function freshDisks(): Disk[] {
  return [
    {
      letter: 'C:',
      sizeBytes: 127 * gigabyte,
      freeBytes: 110 * gigabyte,
      fileSystem: 'NTFS',
      // The volume says what it is too, so that no disk of a rehearsal passes for a real one.
      label: 'TWIN',
      bytesPerSector: 512,
      physicalSectorBytes: 4096,
    },
  ];
}
