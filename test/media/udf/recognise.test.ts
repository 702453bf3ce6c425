import { expect } from 'chai';
import { describe, it } from 'mocha';
import { requireUdf } from '../../../src/media/udf/recognise.js';
import { errorOf } from '../windows-media/kit.js';
import { block, sourceOf, type Image } from './kit.js';

function discWith(ids: readonly string[], sizeBytes = 10_000 * block): Image {
  const sectors = ids.map((id, index): [number, Buffer] => {
    const bytes = Buffer.alloc(block);
    bytes.write(`\0${id}\x01`, 'latin1');
    return [16 + index, bytes];
  });
  return { sectors: new Map(sectors), sizeBytes };
}

function fileWith(text: string, sizeBytes = 100_000): Image {
  return {
    sectors: new Map([[0, Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(block)])]]),
    sizeBytes,
  };
}

describe('the volume recognition sequence', () => {
  for (const ids of [
    ['BEA01', 'NSR02', 'TEA01'],
    ['BEA01', 'NSR03', 'TEA01'],
    ['CD001', 'CD001', 'CD001', 'BEA01', 'BOOT2', 'NSR02', 'TEA01'],
  ]) {
    it(`${ids.join(' ')} is that of a UDF volume`, async () => {
      await requireUdf(sourceOf(discWith(ids)));
    });
  }

  const others: Record<string, [image: Image, says: string]> = {
    'a disc with ISO 9660 alone': [discWith(['CD001', 'CD001']), 'ISO 9660 alone'],
    'a disc whose first descriptors have no end': [
      discWith(Array.from({ length: 99 }, () => 'CD001')),
      'ISO 9660 alone',
    ],
    'anything else': [fileWith('x'), 'It is no disc image.'],
    'a WIM': [fileWith('MSWIM\0\0\0'), 'It is a WIM'],
    'a web page': [fileWith('\n<!DOCTYPE html>'), 'It is a web page'],
    'a ZIP archive': [fileWith('PK\x03\x04'), 'It is a ZIP archive'],
    'a program': [fileWith('MZ\x90'), 'It is a program'],
    'a small file': [fileWith('MZ\x90', 30), 'It is a program'],
    'a smaller one': [fileWith('x', 2), 'It has only 2 bytes.'],
    'an empty file': [fileWith('', 0), 'It is empty.'],
  };
  for (const [what, [image, says]] of Object.entries(others)) {
    it(`is not in ${what}, and the message says so`, async () => {
      const error = await errorOf(requireUdf(sourceOf(image)));

      expect(error.code).to.equal('E_ISO_NO_UDF');
      expect(error.message).to.contain('not Windows media as Microsoft publishes it').and.to.contain(says);
      expect(error.exitCode).to.equal(2);
    });
  }

  it('may be cut short', async () => {
    const error = await errorOf(
      requireUdf(sourceOf(discWith(['CD001', 'CD001', 'BEA01', 'NSR02'], 19 * block + 5))),
    );

    expect(error.code).to.equal('E_ISO_CUT_SHORT');
    expect(error.message).to.contain(`${20 * block}`);
  });
});
