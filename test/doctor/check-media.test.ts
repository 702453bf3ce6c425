import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkMedia } from '../../src/doctor/check-media.js';
import type { NeededFile } from '../../src/media/index.js';
import type { LockEntry } from '../../src/media/types.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { entry, lockOf, put } from '../media/kit.js';
import { inShort, placeOf, wantedOf } from './kit.js';

const update: NeededFile = {
  path: 'hotfixes/KB1.msu',
  title: 'Update KB1',
  roles: ['edge'],
  published: 'A page',
};
const sdk: NeededFile = {
  path: 'packages/sdk.exe',
  title: 'An SDK',
  roles: ['edge'],
  url: 'https://test.example/sdk.exe',
};

describe("Microsoft's files", () => {
  const folder = temporaryFolder();
  const look = (files: NeededFile[], lock: Record<string, LockEntry> = {}, rehearsal = false) =>
    checkMedia(
      { os: '2012r2', files, lock: lockOf(folder.path, lock) },
      wantedOf({ place: placeOf({ rehearsal }) }),
    );

  it('are counted where they are here', async () => {
    await put(folder.path, 'media/hotfixes/KB1.msu', 'x');

    const findings = await look([update]);

    expect(findings.map(({ level, what }) => [level, what])).to.deep.equal([
      ['ok', '1 of 1 media files are here.'],
    ]);
  });

  it('that are missing are told one by one, with what brings each', async () => {
    const findings = await look([update, sdk]);

    expect(inShort(findings)).to.deep.equal(['media problem', 'media problem']);
    expect(findings[0]?.what).to.contain('Update KB1').and.contain('hotfixes/KB1.msu');
    expect(findings[0]?.detail).to.contain('A page');
    expect(findings[0]?.fix).to.deep.equal(['lyncimg media add KB1.msu']);
    expect(findings[1]?.fix).to.deep.equal(['lyncimg media fetch', 'lyncimg media add sdk.exe']);
  });

  it('are stood for by placeholders in a rehearsal', async () => {
    const findings = await look([update, sdk], {}, true);

    expect(inShort(findings)).to.deep.equal(['media ok']);
    expect(findings[0]?.what).to.contain('placeholders stand in for 2');
  });

  it('have to be there even in a rehearsal where the lock names them, and be the right ones', async () => {
    await put(folder.path, 'sdk.exe', 'another');

    const findings = await look(
      [update, sdk],
      { [update.path]: entry('gone.msu', 'x'), [sdk.path]: entry('sdk.exe', 'the right one') },
      true,
    );

    expect(inShort(findings)).to.deep.equal(['media problem', 'media problem']);
    expect(findings[0]?.what).to.contain('gone.msu');
  });

  it('are not asked for where no role is', async () => {
    expect(await checkMedia(null, wantedOf())).to.deep.equal([]);
    expect(inShort(await look([]))).to.deep.equal(['media ok']);
  });
});
