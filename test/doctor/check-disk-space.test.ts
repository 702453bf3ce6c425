import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkDiskSpace } from '../../src/doctor/check-disk-space.js';
import { gib } from '../../src/doctor/disk-estimate.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { machineOf, placeOf, wantedOf } from './kit.js';

const wanted = wantedOf({
  place: placeOf(),
  machine: machineOf(),
  size: { layers: 4, images: 1, mediaBytes: 0, mediaWithoutSize: 0 },
  stateFolder: '/srv/.lyncimg',
});

describe('the room for a bake', () => {
  const folder = temporaryFolder();
  const look = (free: number | null) => checkDiskSpace(wanted, () => Promise.resolve(free));

  it('is enough, and how that was estimated is told', async () => {
    const finding = await look(200 * gib);

    expect(finding).to.include({ check: 'disk-space', level: 'ok' });
    expect(finding.what).to.equal(
      '200.0 GiB are free for /srv/.lyncimg; a bake from nothing needs about 64.5 GiB.',
    );
    expect(finding.detail).to.contain('An estimate:').and.contain('at worst to its 80 GiB');
  });

  it('that an estimate finds too small is a warning, and what cannot be enough a problem', async () => {
    expect(await look(40 * gib)).to.include({ level: 'warning' });
    const finding = await look(5 * gib);
    expect(finding).to.include({ level: 'problem' });
    expect(finding.fix.join('\n')).to.contain('LYNCIMG_HOME');
  });

  it('is unknown where it cannot be asked', async () => {
    expect(await look(null)).to.include({ level: 'unknown' });
  });

  it('is told without a judgement where it is not known what is to be baked', async () => {
    for (const unknown of [{ place: null }, { size: null }, { machine: null }]) {
      const finding = await checkDiskSpace({ ...wanted, ...unknown }, () => Promise.resolve(1));
      expect(finding).to.include({ level: 'ok' });
      expect(finding.what).to.equal('1 MiB are free for /srv/.lyncimg.');
    }
  });

  it('is asked of the file system that will hold a folder that is not there yet', async () => {
    const finding = await checkDiskSpace({ ...wanted, place: null, stateFolder: `${folder.path}/a/b` });

    expect(finding.what).to.match(/^[\d.]+ [GM]iB are free/);
  });
});
