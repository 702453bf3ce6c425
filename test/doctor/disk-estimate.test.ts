import { expect } from 'chai';
import { describe, it } from 'mocha';
import { estimateDisk, gib } from '../../src/doctor/disk-estimate.js';
import type { BakeSize } from '../../src/doctor/wanted.js';
import type { Platform } from '../../src/platforms/index.js';
import { machineOf, placeOf } from './kit.js';

const run = gib / 2;

describe('an estimate of the room that a bake needs', () => {
  const estimate = (
    platform: Partial<Platform>,
    { size = {}, diskGb = 80 }: { size?: Partial<BakeSize>; diskGb?: number } = {},
  ) =>
    estimateDisk({
      place: placeOf(platform),
      machine: machineOf({ spec: { diskGb } }),
      size: { layers: 4, images: 1, mediaBytes: 0, mediaWithoutSize: 0, ...size },
    });

  it('counts the first layer, what each other adds, and the image', () => {
    const { bytes, leastBytes, parts } = estimate({});

    expect(bytes).to.equal(2 * (20 + 3 * 4) * gib + run);
    expect(leastBytes).to.equal(8 * gib + run);
    expect(parts.join('; '))
      .to.contain('20 GiB for the first layer')
      .and.contain('4 GiB for each of 3 more')
      .and.contain('the sealed image');
  });

  it('grows with layers, images and media', () => {
    expect(estimate({}, { size: { layers: 1 } }).bytes).to.equal(2 * 20 * gib + run);
    expect(estimate({}, { size: { images: 2 } }).bytes).to.equal(3 * (20 + 3 * 4) * gib + run);
    expect(estimate({ discs: 'images' }, { size: { mediaBytes: gib } }).bytes - estimate({}).bytes).to.equal(
      2 * gib,
    );
    expect(estimate({ discs: 'folders' }, { size: { mediaBytes: gib } }).bytes - estimate({}).bytes).to.equal(
      gib,
    );
  });

  it('gives no layer more than its disk has', () => {
    expect(estimate({}, { diskGb: 10, size: { layers: 1 } }).bytes).to.equal(2 * 10 * gib + run);
  });

  it('says which files it does not count', () => {
    const { parts } = estimate({ discs: 'images' }, { size: { mediaBytes: gib, mediaWithoutSize: 3 } });

    expect(parts.join('; ')).to.contain('3 files of unknown size are not counted');
  });

  it('is small where the disks lie at the hypervisor, and smaller of a rehearsal', () => {
    const elsewhere = estimate({ keeps: { as: 'name', layer: 'a template', image: 'a template' } });
    expect(elsewhere.bytes).to.equal(run);
    expect(elsewhere.parts).to.include('disks lie elsewhere');

    expect(estimate({ rehearsal: true }).bytes).to.be.below(run);
  });
});
