// How the machine's only disk is divided, by firmware. Microsoft's reference: Microsoft-Windows-Setup | DiskConfiguration,
// and its page on UEFI/GPT-based partitions.
import type { Firmware } from '../../platforms/index.js';
import { because, item } from './components.js';
import { comment, element, type XmlNode } from './xml.js';

interface Partition {
  reason: string;
  type: 'Primary' | 'EFI' | 'MSR';
  /** In MB; the last one takes what is left. */
  size: number | 'rest';
  /** Null: Windows formats no such partition, and refuses to modify it. */
  volume: { label: string; format: 'NTFS' | 'FAT32'; letter?: 'C'; active?: true; typeId?: string } | null;
}

const windows: Partition = {
  reason: 'Windows, with all that is left of the disk; C, because everything later looks for it there.',
  type: 'Primary',
  size: 'rest',
  volume: { label: 'Windows', format: 'NTFS', letter: 'C' },
};

const layouts: Readonly<Record<Firmware, readonly Partition[]>> = {
  bios: [
    {
      reason: 'Boot files, apart from Windows: the active partition, from which a BIOS starts.',
      type: 'Primary',
      size: 350,
      volume: { label: 'System', format: 'NTFS', active: true },
    },
    windows,
  ],
  uefi: [
    {
      reason: 'Recovery tools, before Windows so that C can grow; the type keeps it without a drive letter.',
      type: 'Primary',
      size: 300,
      volume: { label: 'WinRE', format: 'NTFS', typeId: 'de94bba4-06d1-4d40-a16a-bfd50179d6ac' },
    },
    {
      reason: 'EFI system partition, from which UEFI starts: at least 100 MB, FAT32.',
      type: 'EFI',
      size: 100,
      volume: { label: 'System', format: 'FAT32' },
    },
    {
      reason: 'Microsoft reserved partition: 128 MB on a GPT disk of more than 16 GB.',
      type: 'MSR',
      size: 128,
      volume: null,
    },
    windows,
  ],
};

export function diskConfiguration(firmware: Firmware): XmlNode[] {
  const partitions = layouts[firmware];
  const formatting =
    firmware === 'bios'
      ? 'Each partition is formatted and named; the first is made the active one.'
      : 'Each partition is formatted and named, except MSR, which Setup does not let change.';
  const disk = item('Disk', [
    ...because('The only disk of the machine that is baked.', 'DiskID', '0'),
    ...because('Partitions are counted from an empty disk, whatever was on it.', 'WillWipeDisk', 'true'),
    element('CreatePartitions', partitions.flatMap(created)),
    ...because(formatting, 'ModifyPartitions', modified(partitions)),
  ]);
  const how =
    firmware === 'bios'
      ? 'For a BIOS: Setup makes an MBR disk, with two partitions.'
      : 'For UEFI: Setup makes a GPT disk, with four partitions.';
  return because(how, 'DiskConfiguration', [disk]);
}

/** Disk and partition that Windows is installed to. */
export function installTo(firmware: Firmware): XmlNode[] {
  const partition = layouts[firmware].indexOf(windows) + 1;
  return because('The partition made for it above.', 'InstallTo', [
    element('DiskID', '0'),
    element('PartitionID', String(partition)),
  ]);
}

function created({ reason, type, size }: Partition, index: number): XmlNode[] {
  return [
    comment(reason),
    item('CreatePartition', [
      element('Order', String(index + 1)),
      element('Type', type),
      size === 'rest' ? element('Extend', 'true') : element('Size', String(size)),
    ]),
  ];
}

function modified(partitions: readonly Partition[]): XmlNode[] {
  const volumes = partitions.flatMap(({ volume }, index) =>
    volume === null ? [] : [{ ...volume, partition: index + 1 }],
  );
  return volumes.map(({ partition, label, letter, format, active, typeId }, index) =>
    item('ModifyPartition', [
      element('Order', String(index + 1)),
      element('PartitionID', String(partition)),
      element('Label', label),
      ...(letter === undefined ? [] : [element('Letter', letter)]),
      element('Format', format),
      ...(active === undefined ? [] : [element('Active', 'true')]),
      ...(typeId === undefined ? [] : [element('TypeID', typeId)]),
    ]),
  );
}
