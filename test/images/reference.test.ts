import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { LyncimgError } from '../../src/errors/index.js';
import { imageReference } from '../../src/images/index.js';
import { chooseImage } from '../../src/images/reference.js';
import type { ImageManifest } from '../../src/images/index.js';
import { anImage } from '../helpers/store-entries.js';

const image = (digest: string, changes: Partial<ImageManifest> = {}): ImageManifest => {
  const manifest = { ...anImage({ digest: digest.padEnd(64, '0') }), files: {}, ...changes };
  return { ...manifest, reference: imageReference(manifest) };
};
const older = image('aaaa1', { builtAt: '2026-11-01T00:00:00Z' });
const newer = image('aaaa2', { builtAt: '2026-11-02T00:00:00Z' });
const edge = image('bbbb', { role: 'edge' });
const all = [older, newer, edge];

const choose = (reference: string, images = all): ImageManifest =>
  chooseImage(reference, images, '/ws/.lyncimg');
const errorOf = (reference: string, images = all): LyncimgError => {
  try {
    choose(reference, images);
  } catch (error) {
    return error as LyncimgError;
  }
  throw new Error(`${reference} was found`);
};

describe('a reference', () => {
  const good: [string, string, ImageManifest][] = [
    ['in full', 'rehearsal/front-end-2012r2@aaaa10000000', older],
    ['by a whole digest', older.digest, older],
    ['by the beginning of a digest', 'bbbb', edge],
    ['by a beginning after its name', 'front-end-2012r2@aaaa1', older],
    ['by role and OS, which is the newest', 'front-end-2012r2', newer],
    ['in another case', 'Front-End-2012R2', newer],
    ['by kind, role and OS', 'rehearsal/edge-2012r2', edge],
  ];
  for (const [how, reference, expected] of good) {
    it(`is found ${how}`, () => {
      expect(choose(reference).reference).to.equal(expected.reference);
    });
  }

  it('of a real image says so', () => {
    expect(image('cc', { rehearsal: false }).reference).to.equal('image/front-end-2012r2@cc0000000000');
  });

  for (const reference of [
    'aaa',
    'ffff',
    'front-end',
    'image/front-end-2012r2',
    'edge-2012r2@aaaa',
    '',
    '@',
    '../x',
  ]) {
    it(`${JSON.stringify(reference)} is unknown`, () => {
      const error = errorOf(reference);

      expect(error.code).to.equal('E_IMAGE_UNKNOWN');
      expect(error.exitCode).to.equal(2);
    });
  }

  it('with a slip gets the near ones', () => {
    expect(errorOf('edge-2012').suggestions.join()).to.contain('edge-2012r2');
  });

  it('in an empty store gets the command that makes an image', () => {
    expect(errorOf('edge-2012r2', []).suggestions.join()).to.contain('lyncimg build');
  });

  it('by a beginning that several digests have is ambiguous', () => {
    const error = errorOf('aaaa');

    expect(error.code).to.equal('E_IMAGE_AMBIGUOUS');
    expect(error.message).to.contain(older.reference).and.contain(newer.reference);
  });

  it('by role and OS is ambiguous where there is an image and a rehearsal', () => {
    const real = image('cccc', { rehearsal: false });

    expect(errorOf('front-end-2012r2', [...all, real]).message).to.contain(real.reference);
    expect(choose('image/front-end-2012r2', [...all, real])).to.equal(real);
    expect(choose('rehearsal/front-end-2012r2', [...all, real])).to.equal(newer);
  });
});
