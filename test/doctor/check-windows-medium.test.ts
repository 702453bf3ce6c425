import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { checkWindowsMedium } from '../../src/doctor/check-windows-medium.js';
import type { BakeMachine } from '../../src/doctor/wanted.js';
import { attributes, local } from '../../src/platforms/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { windowsIso } from '../helpers/windows-iso.js';
import { inShort, machineOf, os2012r2, placeOf, wantedOf } from './kit.js';

const fromIso = placeOf({
  source: () => ({ builder: 'qemu', body: attributes({ iso_url: local('windows_iso') }) }),
});

describe("Windows' own medium", () => {
  const folder = temporaryFolder();
  const look = (machine: BakeMachine, place = fromIso) => checkWindowsMedium(wantedOf({ place, machine }));

  it('has to be named where the template installs from it', async () => {
    const [finding] = await look(machineOf());

    expect(finding).to.include({ check: 'windows-medium', level: 'problem', code: 'E_WINDOWS_ISO_MISSING' });
    expect(finding?.what).to.contain('Windows Server 2012 R2');
    expect(finding?.fix.join()).to.contain('windows.2012r2.iso');
  });

  it('is well where it holds the edition that is to be installed, and that is not read from its name', async () => {
    const iso = await windowsIso(folder.path, '2012r2');
    const edition = {
      id: 'standard',
      title: 'Windows Server 2012 R2 Standard',
      editionIds: ['ServerStandard', 'ServerStandardEval'],
      skus: [7, 79],
      imageName: 'Windows Server 2012 R2 SERVERSTANDARD',
      kmsClientKey: 'D2N9P-3P6X9-2R39C-7RTCD-MDVJX',
    };
    const medium = (editionOf: typeof edition) =>
      checkWindowsMedium(
        wantedOf({
          place: fromIso,
          machine: machineOf({ windows: { iso } }),
          systems: [{ ...os2012r2, editions: [editionOf] }],
        }),
      );

    const [fits] = await medium(edition);
    expect(fits).to.include({ level: 'ok' });
    expect(fits?.what).to.contain('SERVERSTANDARD');
    expect(fits?.detail).to.contain('sha256');

    const other = { ...edition, editionIds: ['ServerWeb'], imageName: 'Windows Server 2012 R2 SERVERWEB' };
    expect((await medium(other))[0]).to.include({ level: 'problem' });
  });

  it('has to be Windows media', async () => {
    const iso = join(folder.path, 'windows.iso');
    await writeFile(iso, Buffer.alloc(64 * 1024));

    const [finding] = await look(machineOf({ windows: { iso } }));

    expect(finding).to.include({ check: 'windows-medium', level: 'problem' });
    expect(finding?.what).to.contain(iso);
    expect(finding?.fix).not.to.deep.equal([]);
  });

  it('has to be there', async () => {
    const iso = join(folder.path, 'gone.iso');

    expect((await look(machineOf({ windows: { iso } })))[0]).to.include({ level: 'problem' });
  });

  it('is no matter of a template that takes none', async () => {
    expect(await look(machineOf(), placeOf())).to.deep.equal([]);
    expect(await checkWindowsMedium(wantedOf({ place: fromIso }))).to.deep.equal([]);
    expect(
      await look(
        machineOf(),
        placeOf({
          layering: 'none',
          source: () => {
            throw new Error('none');
          },
        }),
      ),
    ).to.deep.equal([]);
  });

  it('is not alone: discs that lyncimg.yaml names beside it have to be there too', async () => {
    const driversIso = join(folder.path, 'virtio.iso');
    const machine = machineOf({ discs: { driversIso, toolsIso: join(folder.path, 'tools.iso') } });
    await writeFile(driversIso, 'x');

    const findings = await look(machine, placeOf());

    expect(inShort(findings)).to.deep.equal(['windows-medium problem']);
    expect(findings[0]?.what).to.contain('tools.iso').and.contain('toolsIso');
  });
});
