// Disks as Windows Setup makes them: what Microsoft's reference says of DiskConfiguration and InstallTo, and its pages of
// partition rules for BIOS and UEFI.
import type { Problem, Purpose } from './machine.js';
import { childOf, type UnattendNode } from './unattend.js';

interface Created {
  type: string;
  size: number | null;
  isRest: boolean;
}

interface Modified {
  partition: number;
  format: string | undefined;
  letter: string | undefined;
  isActive: boolean;
  typeId: string | undefined;
}

/** Microsoft's minimum for these servers. */
const smallestWindowsMb = 32 * 1024;
const recovery = 'de94bba4-06d1-4d40-a16a-bfd50179d6ac';

export function diskProblems(setup: UnattendNode, { firmware }: Purpose): Problem[] {
  const disk = childOf(setup, 'DiskConfiguration', 'Disk');
  const installTo = childOf(setup, 'ImageInstall', 'OSImage', 'InstallTo');
  // What is missing is said elsewhere.
  if (disk === undefined || installTo === undefined) return [];
  const created = (childOf(disk, 'CreatePartitions')?.children ?? []).map(createdOf);
  const modified = (childOf(disk, 'ModifyPartitions')?.children ?? []).map(modifiedOf);
  const says = [
    ...created.flatMap((partition, index) => sizeProblems(partition, index === created.length - 1)),
    ...(firmware === 'bios' ? mbrProblems(created, modified) : gptProblems(created, modified)),
    ...modificationProblems(created, modified),
    ...targetProblems(disk, installTo, created, modified),
  ];
  return says.map((text) => ({ rule: 'disk', at: 'DiskConfiguration', says: text }));
}

function sizeProblems({ size, isRest, type }: Created, isLast: boolean): string[] {
  const list: string[] = [];
  if ((size === null) === !isRest) list.push('a partition needs a size, or to be extended, and not both');
  if (isRest && !isLast) list.push('only the last partition can take what is left');
  if (size !== null && size < { EFI: 100, MSR: 16 }[type]!)
    list.push(`${type} of ${String(size)} MB is too small`);
  return list;
}

function mbrProblems(created: Created[], modified: Modified[]): string[] {
  const list: string[] = [];
  if (created.some(({ type }) => type !== 'Primary')) list.push('an MBR disk has no such partition');
  if (created.length > 4) list.push('an MBR disk has four primary partitions at most');
  if (modified.filter(({ isActive }) => isActive).length !== 1)
    list.push('a BIOS starts from one active partition');
  return list;
}

function gptProblems(created: Created[], modified: Modified[]): string[] {
  const list: string[] = [];
  const types = created.map(({ type }) => type);
  const [efi, msr, windows] = [types.indexOf('EFI'), types.indexOf('MSR'), types.lastIndexOf('Primary')];
  if (types.some((type) => !['Primary', 'EFI', 'MSR'].includes(type)))
    list.push('a GPT disk has no such partition');
  if (efi < 0 || types.lastIndexOf('EFI') !== efi) list.push('UEFI starts from one EFI system partition');
  if (msr < 0 || types.lastIndexOf('MSR') !== msr) list.push('a GPT disk has one MSR partition');
  if (!(efi < msr && msr < windows)) list.push('EFI comes before MSR, and MSR before Windows');
  if (modified.some(({ isActive }) => isActive)) list.push('a GPT disk has no active partition');
  for (const { partition, letter, typeId } of modified) {
    const isHidden = created[partition - 1]?.type === 'EFI' || typeId === recovery;
    if (!isHidden && letter === undefined)
      list.push(`partition ${String(partition)} would take a drive letter`);
  }
  return list;
}

function modificationProblems(created: Created[], modified: Modified[]): string[] {
  const list: string[] = [];
  for (const [index, { type }] of created.entries()) {
    const here = modified.filter(({ partition }) => partition === index + 1);
    if (here.length !== (type === 'MSR' ? 0 : 1))
      list.push(`partition ${String(index + 1)} is changed ${String(here.length)} times`);
    const format = type === 'EFI' ? 'FAT32' : 'NTFS';
    for (const change of here) {
      if (change.format !== format)
        list.push(`a partition of type ${type} is not formatted with ${String(change.format)}`);
      if (type !== 'Primary' && (change.isActive || change.typeId !== undefined))
        list.push(`${type} has a type of its own`);
    }
  }
  if (modified.some(({ partition }) => created[partition - 1] === undefined))
    list.push('a partition that is not made is changed');
  return list;
}

function targetProblems(
  disk: UnattendNode,
  target: UnattendNode,
  created: Created[],
  modified: Modified[],
): string[] {
  const list: string[] = [];
  if (childOf(disk, 'DiskID')?.text !== '0') list.push('the machine has one disk, 0');
  if (childOf(target, 'DiskID')?.text !== childOf(disk, 'DiskID')?.text)
    list.push('Windows goes to a disk that is not set up');
  const id = Number(childOf(target, 'PartitionID')?.text);
  const partition = created[id - 1];
  const change = modified.find((item) => item.partition === id);
  if (partition?.type !== 'Primary' || change?.format !== 'NTFS')
    return [...list, 'Windows needs a primary partition with NTFS'];
  if (!partition.isRest && (partition.size ?? 0) < smallestWindowsMb)
    list.push('the partition for Windows is too small');
  if (change.letter !== 'C') list.push('Windows is not on C');
  if (change.typeId !== undefined) list.push('Windows would be on a partition of another type');
  return list;
}

function createdOf(node: UnattendNode): Created {
  const size = childOf(node, 'Size')?.text;
  return {
    type: childOf(node, 'Type')?.text ?? '',
    size: size === undefined ? null : Number(size),
    isRest: childOf(node, 'Extend')?.text === 'true',
  };
}

function modifiedOf(node: UnattendNode): Modified {
  return {
    partition: Number(childOf(node, 'PartitionID')?.text),
    format: childOf(node, 'Format')?.text,
    letter: childOf(node, 'Letter')?.text,
    isActive: childOf(node, 'Active')?.text === 'true',
    typeId: childOf(node, 'TypeID')?.text,
  };
}
