import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseWimHeader } from '../../../src/media/wim/header.js';
import { LyncimgError } from '../../../src/errors/index.js';
import { wimHeader } from './kit.js';

const of = { file: 'w.iso', image: 'sources/install.wim', sizeBytes: 5_000_000_000 };
const xml = { offset: 4_999_990_000, length: 9000 };

function refused(bytes: Buffer, sizeBytes = of.sizeBytes): string {
  try {
    parseWimHeader(bytes, { ...of, sizeBytes });
  } catch (error) {
    expect(error).to.be.instanceOf(LyncimgError).and.to.include({ code: 'E_WIM_UNREADABLE', exitCode: 2 });
    return (error as Error).message;
  }
  throw new Error('it was read');
}

describe('the header of a WIM', () => {
  it('says where its XML lies, which part it is, and how many images there are', () => {
    expect(parseWimHeader(wimHeader({ xml, part: 2, parts: 3, imageCount: 4 }), of)).to.deep.equal({
      ...{ part: 2, parts: 3, imageCount: 4, xml },
    });
  });

  it('may be that of an ESD', () => {
    expect(parseWimHeader(wimHeader({ xml, version: 0xe00 }), of).parts).to.equal(1);
  });

  const spoiled: Record<string, [bytes: Buffer, says: string]> = {
    'it is none': [Buffer.alloc(208, 'x'), 'it is no WIM'],
    'it is empty': [Buffer.alloc(0), 'it is no WIM'],
    'it ends early': [wimHeader({ xml }).subarray(0, 100), 'it ends after 100 bytes, within its header'],
    'it is pipable': [withText('WLPWM\0\0\0'), 'pipable'],
    'its length is another': [withNumber(8, 96), 'its header has 96 bytes'],
    'its version is unknown': [wimHeader({ xml, version: 0x20000 }), 'its version is 0x20000'],
    'it was never finished': [wimHeader({ xml, flags: 0x40 }), 'never finished'],
    'it is part 0': [wimHeader({ xml, part: 0 }), 'part 0 of 1'],
    'it is a part behind the last': [wimHeader({ xml, part: 2 }), 'part 2 of 1'],
    'it has more parts than any': [wimHeader({ xml, parts: 65535 }), 'part 1 of 65535'],
    'its XML is compressed': [wimHeader({ xml: { ...xml, flags: 6 } }), 'compressed'],
    'its XML is in a solid resource': [wimHeader({ xml: { ...xml, flags: 0x12 } }), 'compressed'],
    'its XML has two sizes': [wimHeader({ xml: { ...xml, originalLength: 9002 } }), 'two sizes'],
    'its XML has ten gigabytes': [
      wimHeader({ xml: { offset: 208, length: 10_000_000_000 } }),
      '10000000000 bytes',
    ],
    'its XML has as much as can be written': [withXmlSize(0xff), 'bytes; more than 16777216 are not read'],
    'its XML is behind its end': [
      wimHeader({ xml: { offset: 4_999_999_000, length: 9000 } }),
      'ends before its XML',
    ],
    'its XML is far behind its end': [withFarXml(), 'ends before its XML'],
    'its XML is in its header': [wimHeader({ xml: { offset: 16, length: 20 } }), 'lie in its header'],
  };
  for (const [when, [bytes, says]] of Object.entries(spoiled)) {
    it(`is refused where ${when}, with the disc and the path`, () => {
      expect(refused(bytes)).to.contain(says).and.to.contain('sources/install.wim of w.iso');
    });
  }
});

function withText(text: string): Buffer {
  const bytes = wimHeader({ xml });
  bytes.write(text, 'latin1');
  return bytes;
}

function withNumber(at: number, value: number): Buffer {
  const bytes = wimHeader({ xml });
  bytes.writeUInt32LE(value, at);
  return bytes;
}

function withXmlSize(byte: number): Buffer {
  const bytes = wimHeader({ xml });
  bytes.fill(byte, 72, 79);
  bytes.fill(byte, 88, 95);
  return bytes;
}

function withFarXml(): Buffer {
  const bytes = wimHeader({ xml });
  bytes.writeBigUInt64LE(2n ** 64n - 1n, 80);
  return bytes;
}
