import { expect } from 'chai';
import { describe, it } from 'mocha';
import { crc16, tagIds, tagProblem } from '../../../src/media/udf/tag.js';
import { descriptor, tagged } from './kit.js';

const anchor = (): Buffer => descriptor(tagIds.anchor, 256, (bytes) => bytes.writeUInt32LE(7, 16));
const problem = (bytes: Buffer, ids: number[] = [tagIds.anchor], block: number | null = 256): string | null =>
  tagProblem(bytes, { ids, block });

describe('the tag of a descriptor', () => {
  it('is good where its checksums, its type, its version and its place are', () => {
    expect(problem(anchor())).to.equal(null);
    expect(problem(anchor(), [1, 2])).to.equal(null);
    expect(problem(anchor(), [2], null)).to.equal(null);
  });

  it('has the CRC of the standard', () => {
    // ECMA-167 3/7.2.6: 70 6A 77 gives 3299.
    expect(crc16(Buffer.from([0x70, 0x6a, 0x77]))).to.equal(0x3299);
  });

  const spoiled: Record<string, [spoil: (bytes: Buffer) => void, says: string]> = {
    'a byte of the tag is another': [
      (bytes) => bytes.writeUInt8(9, 6),
      'a descriptor tag with a wrong checksum',
    ],
    'a byte behind the tag is another': [(bytes) => bytes.writeUInt8(9, 2000), 'has a wrong checksum'],
    'it is of another type': [(bytes) => tagged(bytes, 6, 256), 'is a descriptor of type 6, not 2'],
    'it lies elsewhere': [(bytes) => tagged(bytes, 2, 257), 'says that it lies in block 257, not 256'],
    'it is all zeros': [(bytes) => bytes.fill(0), 'is a descriptor of type 0'],
  };
  for (const [when, [spoil, says]] of Object.entries(spoiled)) {
    it(`is none where ${when}`, () => {
      const bytes = anchor();
      spoil(bytes);
      expect(problem(bytes)).to.contain(says);
    });
  }

  it('is none of another version, with a CRC over more than there is, or in too few bytes', () => {
    const other = anchor();
    other.writeUInt16LE(4, 2);
    other.writeUInt8(other.readUInt8(4) + 2, 4);
    expect(problem(other)).to.equal('has a descriptor of version 4');

    const long = anchor();
    long.writeUInt16LE(long.readUInt16LE(10) + 1, 10);
    long.writeUInt8((long.readUInt8(4) + 1) & 0xff, 4);
    expect(problem(long)).to.equal('has a checksum over more bytes than it has');

    expect(problem(anchor().subarray(0, 15))).to.equal('has no room for a descriptor');
  });

  it('may have its content unchecked', () => {
    const bytes = anchor();
    bytes.writeUInt8(9, 2000);
    expect(tagProblem(bytes, { ids: [2], block: 256, content: false })).to.equal(null);
  });
});
