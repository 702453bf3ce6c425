import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseDirectory } from '../../../src/media/udf/directory.js';
import { codeThrown } from '../windows-media/kit.js';
import { fileIdentifier, sourceOf } from './kit.js';

const source = sourceOf({ sectors: new Map(), sizeBytes: 0 });
const parse = (bytes: Buffer) => parseDirectory(source, bytes, 4096);
const entries = [
  fileIdentifier('', 1, { flags: 0x0a }),
  fileIdentifier('one', 7),
  fileIdentifier('zwölf', 9),
];

describe('a directory', () => {
  it('has the names and places of its files, without its parent and what is deleted', () => {
    const bytes = Buffer.concat([...entries, fileIdentifier('gone', 11, { flags: 0x04 })]);

    expect(parse(bytes)).to.deep.equal([
      { name: 'one', address: { block: 7, partition: 0 } },
      { name: 'zwölf', address: { block: 9, partition: 0 } },
    ]);
    expect(parse(Buffer.alloc(0))).to.deep.equal([]);
  });

  it('is damaged where it ends within a name', () => {
    const bytes = Buffer.concat(entries);
    const whole = [entries[0]!.length, entries[0]!.length + entries[1]!.length];
    for (let length = 1; length < bytes.length - 3; length++) {
      // What is padded to four bytes may lack its padding.
      if (whole.some((end) => length <= end && length > end - 3))
        expect(() => parse(bytes.subarray(0, length))).to.not.throw();
      else expect(codeThrown(() => parse(bytes.subarray(0, length)))).to.equal('E_ISO_DAMAGED');
    }
  });

  it('is damaged where a name has a wrong tag or an unknown encoding', () => {
    const wrong = fileIdentifier('one', 7);
    wrong.writeUInt8(9, 4);
    expect(codeThrown(() => parse(wrong))).to.equal('E_ISO_DAMAGED');

    const encoded = fileIdentifier('one', 7);
    encoded.writeUInt8(99, 38);
    expect(codeThrown(() => parse(encoded))).to.equal('E_ISO_DAMAGED');
  });
});
