// The tag that every descriptor of a UDF volume begins with (ECMA-167 3/7.2 and 4/7.2). Checked as Linux checks it
// before it mounts: what fails here could not be mounted either.

export const tagIds = {
  primaryVolume: 1,
  anchor: 2,
  volumeDescriptorPointer: 3,
  partition: 5,
  logicalVolume: 6,
  terminating: 8,
  fileSet: 256,
  fileIdentifier: 257,
  allocationExtent: 258,
  fileEntry: 261,
  extendedFileEntry: 266,
} as const;

const tagLength = 16;

export function tagIdOf(bytes: Buffer): number {
  return bytes.readUInt16LE(0);
}

export interface ExpectedTag {
  /** Any of them. */
  ids: readonly number[];
  /** Where the descriptor says that it lies; null where nobody checks it. */
  block: number | null;
  /** Of file identifiers the checksum over their content is not checked by Linux, and so not by us. */
  content?: false;
}

/** Why the descriptor is none, as the end of a sentence about it; null where it is one. */
export function tagProblem(bytes: Buffer, { ids, block, content }: ExpectedTag): string | null {
  if (bytes.length < tagLength) return 'has no room for a descriptor';
  const id = tagIdOf(bytes);
  if (bytes.readUInt8(4) !== tagChecksum(bytes)) return 'has a descriptor tag with a wrong checksum';
  if (!ids.includes(id)) return `is a descriptor of type ${id}, not ${ids.join(' or ')}`;
  const version = bytes.readUInt16LE(2);
  if (version !== 2 && version !== 3) return `has a descriptor of version ${version}`;
  const says = bytes.readUInt32LE(12);
  if (block !== null && says !== block) return `says that it lies in block ${says}, not ${block}`;
  if (content === false) return null;
  const crcLength = bytes.readUInt16LE(10);
  if (tagLength + crcLength > bytes.length) return 'has a checksum over more bytes than it has';
  const crc = crc16(bytes.subarray(tagLength, tagLength + crcLength));
  return crc === bytes.readUInt16LE(8) ? null : 'has a wrong checksum';
}

/** The sum of the tag's bytes but the checksum's own. */
export function tagChecksum(bytes: Buffer): number {
  let sum = 0;
  for (let index = 0; index < tagLength; index++) if (index !== 4) sum += bytes.readUInt8(index);
  return sum & 0xff;
}

/** x^16 + x^12 + x^5 + 1, from zero (ECMA-167 3/7.2.6). */
export function crc16(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ (crcTable[(crc >> 8) ^ byte] ?? 0);
  return crc;
}

const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
  return crc & 0xffff;
});
