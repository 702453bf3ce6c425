// A directory: file identifiers (ECMA-167 4/14.4) one behind the other.
import type { ByteSource } from './byte-source.js';
import { decodeCs0 } from './cs0.js';
import { damaged } from './problems.js';
import { tagIds, tagProblem } from './tag.js';
import type { BlockAddress } from './types.js';

export interface DirectoryEntry {
  name: string;
  address: BlockAddress;
}

const deleted = 0x04;
const parent = 0x08;
const fixedLength = 38;

/** Without what is deleted, and without the parent. `at`: byte in the image of the directory's entry, for messages. */
export function parseDirectory(source: ByteSource, bytes: Buffer, at: number): DirectoryEntry[] {
  const wrong = (why: string): Error => damaged(source, 'a directory', at, why);
  const entries: DirectoryEntry[] = [];
  for (let start = 0; start < bytes.length;) {
    const rest = bytes.subarray(start);
    if (rest.length < fixedLength) throw wrong('ends within a name');
    const problem = tagProblem(rest, { ids: [tagIds.fileIdentifier], block: null, content: false });
    if (problem !== null) throw wrong(problem);
    const nameAt = fixedLength + rest.readUInt16LE(36);
    const end = nameAt + rest.readUInt8(19);
    if (end > rest.length) throw wrong('ends within a name');
    if ((rest.readUInt8(18) & (deleted | parent)) === 0) {
      const name = decodeCs0(rest.subarray(nameAt, end));
      if (name === null) throw wrong('has a name in an unknown encoding');
      entries.push({ name, address: { block: rest.readUInt32LE(24), partition: rest.readUInt16LE(28) } });
    }
    start += Math.ceil(end / 4) * 4;
  }
  return entries;
}
