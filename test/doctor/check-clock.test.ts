import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { checkClock } from '../../src/doctor/check-clock.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('the clock', () => {
  const folder = temporaryFolder();
  const now = new Date('2026-11-27T14:03:00Z');
  const look = (more: { now?: Date } = {}) =>
    checkClock({ now, synchronisedFile: join(folder.path, 'synchronized'), ...more });

  it('is well where something keeps it', async () => {
    await writeFile(join(folder.path, 'synchronized'), '');

    const finding = await look();

    expect(finding).to.include({ check: 'clock', level: 'ok' });
    expect(finding.what).to.contain('2026-11-27 14:03 UTC');
  });

  it('is unknown where nothing says whether anything keeps it, and why that matters is told', async () => {
    const finding = await look();

    expect(finding).to.include({ level: 'unknown' });
    expect(finding.detail).to.contain('24 hours before').and.contain('72 hours after');
  });

  for (const year of ['1970', '2050'])
    it(`cannot be right in ${year}`, async () => {
      await writeFile(join(folder.path, 'synchronized'), '');

      const finding = await look({ now: new Date(`${year}-06-01T00:00:00Z`) });

      expect(finding).to.include({ level: 'problem' });
      expect(finding.fix[0]).to.equal('timedatectl set-ntp true');
    });
});
