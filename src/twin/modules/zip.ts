// Reads a small zip (PKWARE APPNOTE 6.3): win_copy sends folders as one, with stored and deflated members.
import { inflateRawSync } from 'node:zlib';

export interface ZipMember {
  name: string;
  data: Buffer;
}

/** Thrown for anything that is not such a zip; the text says what is wrong. */
export class ZipError extends Error {}

const endMark = 0x06054b50;
const centralMark = 0x02014b50;
const localMark = 0x04034b50;
const maxTotalBytes = 64 * 1024 * 1024;

export function readZip(bytes: Buffer): ZipMember[] {
  try {
    return members(bytes);
  } catch (error) {
    if (error instanceof ZipError) throw error;
    // A number outside of the buffer, or data that does not inflate.
    throw new ZipError('the zip file is damaged', { cause: error });
  }
}

function members(bytes: Buffer): ZipMember[] {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let total = 0;
  const list: ZipMember[] = [];
  for (let index = 0; index < count; index++) {
    if (bytes.readUInt32LE(at) !== centralMark)
      throw new ZipError('the directory of the zip file is damaged');
    const nameLength = bytes.readUInt16LE(at + 28);
    total += bytes.readUInt32LE(at + 24);
    if (total > maxTotalBytes) throw new ZipError('the zip file holds too much for the modelled disk');
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    list.push({ name, data: memberData(bytes, at) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return list;
}

function findEnd(bytes: Buffer): number {
  // The end record is 22 bytes and a comment of at most 65,535.
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at--) {
    if (bytes.readUInt32LE(at) === endMark) return at;
  }
  throw new ZipError('the file is not a zip file');
}

function memberData(bytes: Buffer, central: number): Buffer {
  const method = bytes.readUInt16LE(central + 10);
  const packedSize = bytes.readUInt32LE(central + 20);
  const size = bytes.readUInt32LE(central + 24);
  const local = bytes.readUInt32LE(central + 42);
  if (bytes.readUInt32LE(local) !== localMark) throw new ZipError('a member of the zip file is damaged');
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(start, start + packedSize);
  if (method === 0) return Buffer.from(packed);
  if (method !== 8) throw new ZipError(`the zip file uses compression method ${method}`);
  return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
}
