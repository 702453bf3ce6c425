import { expect } from 'chai';
import { describe, it } from 'mocha';
import { licenceOf, parseEditionConfig } from '../../../src/media/windows-media/licence.js';
import type { WindowsImage } from '../../../src/media/wim/image.js';
import { image, imagesOf } from './kit.js';

describe('ei.cfg', () => {
  it('has a value below each section', () => {
    expect(
      parseEditionConfig('[EditionID]\r\nEnterprise\r\n[Channel]\r\nRetail\r\n[VL]\r\n0\r\n'),
    ).to.deep.equal({
      channel: 'retail',
      volumeLicence: false,
    });
    expect(parseEditionConfig('[editionid]\n\n[CHANNEL]\n\n Volume \n\n[vl]\n1')).to.deep.equal({
      channel: 'volume',
      volumeLicence: true,
    });
  });

  for (const text of ['', '[Channel]', '[Channel]\n[VL]\n', 'nothing\nof it', '[VL]\nyes']) {
    it(`says nothing where it is ${JSON.stringify(text)}`, () => {
      expect(parseEditionConfig(text)).to.deep.equal({ channel: '', volumeLicence: null });
    });
  }
});

type Case = [
  images: WindowsImage[],
  label: string,
  config: string | null,
  evaluation: unknown,
  volume: unknown,
];

const r2 = imagesOf('2008r2');
const cases: Record<string, Case> = {
  '2012 R2 for evaluation': [
    imagesOf('2012r2', { evaluation: true }),
    'IR3_SSS_X64FREE_EN-US_DV9',
    null,
    true,
    false,
  ],
  '2012 R2 for evaluation under any label': [
    imagesOf('2012r2', { evaluation: true }),
    'MINE',
    null,
    true,
    false,
  ],
  '2012 for evaluation': [
    imagesOf('2012', { evaluation: true }),
    'HRM_SSS_X64FREE_EN-US_DV5',
    null,
    true,
    false,
  ],
  '2012 R2 of a volume licence': [imagesOf('2012r2'), 'IR5_SSS_X64FREV_EN-US_DV9', null, false, true],
  '2012 R2 of MSDN': [imagesOf('2012r2'), 'IR5_SSS_X64FRE_EN-US_DV9', null, false, false],
  '2012 R2 under any label': [imagesOf('2012r2'), 'MINE', null, false, 'unknown'],
  '2012 R2 with VL in ei.cfg': [imagesOf('2012r2'), 'MINE', '[VL]\n1', false, true],
  '2012 R2 with a retail channel': [imagesOf('2012r2'), 'MINE', '[Channel]\nRetail', false, false],
  'a mixture of both': [
    [image(), image({ index: 2, editionId: 'ServerStandardEval' })],
    'MINE',
    null,
    'unknown',
    'unknown',
  ],
  '2008 R2 by the label of the evaluation': [r2, 'GRMSXEVAL_EN_DVD', null, true, false],
  '2008 R2 by the label of the volume licence': [r2, 'GRMSXVOL_EN_DVD', null, false, true],
  '2008 R2 by the label of MSDN': [r2, 'GRMSXFRER_EN_DVD', null, false, false],
  '2008 R2 by its channel': [r2, 'MINE', '[Channel]\nEval\n[VL]\n0', true, false],
  '2008 R2 by VL in ei.cfg': [r2, 'MINE', '[Channel]\nVolume\n[VL]\n1', false, true],
  '2008 R2 under any label': [r2, 'MINE', null, 'unknown', 'unknown'],
  '2008 R2 under any label, not of a volume licence': [r2, 'MINE', '[VL]\n0', 'unknown', false],
  'no image': [[], 'MINE', null, 'unknown', 'unknown'],
  'an image without EditionID': [[image({ editionId: null })], 'MINE', null, 'unknown', 'unknown'],
};

describe('the licence of Windows media', () => {
  for (const [what, [images, label, config, evaluation, volumeLicence]] of Object.entries(cases)) {
    it(`${what}: evaluation ${String(evaluation)}, volume licence ${String(volumeLicence)}`, () => {
      const given = { images, label, config: config === null ? null : parseEditionConfig(config) };
      expect(licenceOf(given)).to.deep.equal({ evaluation, volumeLicence });
    });
  }
});
