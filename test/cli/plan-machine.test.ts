import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { loadCatalog, plainBaking, type CatalogOs, type Workspace } from '../../src/catalog/index.js';
import { machineDigest, planMachine } from '../../src/cli/plan-machine.js';
import { LyncimgError, orThrow } from '../../src/errors/index.js';
import { platformOf } from '../../src/platforms/index.js';
import { packageRoot } from '../helpers/real-plan.js';

describe('the machine that a plan is baked on', () => {
  let os: CatalogOs;
  let old: CatalogOs;
  before(async () => {
    const catalog = orThrow(await loadCatalog({ packageRoot }));
    [os, old] = [catalog.os('2012r2')!, catalog.os('2008r2')!];
  });

  type Choices = (typeof plainBaking)['2012r2'];
  const workspace = (change: (choices: Choices) => void, settings = {}): Workspace => {
    const baking = structuredClone(plainBaking);
    for (const choices of Object.values(baking)) change(choices);
    return {
      ...{ file: '/w/lyncimg.yaml', folder: '/w', roles: [], options: {}, items: [], netfx3Source: null },
      ...{ baking, platformSettings: settings, output: '/w/.lyncimg' },
    };
  };
  const errorOf = (action: () => unknown): LyncimgError => {
    try {
      action();
    } catch (error) {
      if (error instanceof LyncimgError) return error;
    }
    throw new Error('it was taken');
  };

  it('is a plain one where nobody says anything', () => {
    const { spec, edition, settings } = planMachine(platformOf('hyperv'), os, null);

    expect(spec).to.deep.include({ cpus: 2, memoryMb: 4096, diskGb: 80, drivers: false, guestTools: false });
    expect(spec.os).to.deep.include({ id: '2012r2', generation2: true });
    expect(edition.id).to.equal('standard');
    expect(settings.missing).not.to.deep.equal([]);
  });

  it('boots with the firmware that the platform has for this Windows, or with the one asked for', () => {
    const uefi = workspace(({ machine }) => {
      machine.firmware = 'uefi';
    });
    expect(planMachine(platformOf('qemu'), os, null).spec.firmware).to.equal('bios');
    expect(planMachine(platformOf('qemu'), os, uefi).spec.firmware).to.equal('uefi');
    expect(errorOf(() => planMachine(platformOf('hyperv'), old, uefi)).code).to.equal('E_PLATFORM_LIMIT');
  });

  it('has an edition that Lync is supported on', () => {
    const web = workspace(({ windows }) => {
      windows.edition = 'web';
    });
    const error = errorOf(() => planMachine(platformOf('qemu'), old, web));
    expect(error.code).to.equal('E_WINDOWS_EDITION_UNKNOWN');
    expect(error.suggestions.join()).to.contain('windows.2008r2.edition').and.to.contain('enterprise');
  });

  it('is another one for the digests where another machine would come of it, and for nothing else', () => {
    const text = new Map([['lyncimg/key.cmd', 'one']]);
    const digest = (
      change: (choices: Choices) => void,
      medium: string | null = 'a',
      texts: ReadonlyMap<string, string> = text,
    ): string => machineDigest(planMachine(platformOf('qemu'), os, workspace(change)), medium, texts);
    const plain = digest(() => undefined);

    const others: ((choices: Choices) => void)[] = [
      ({ windows }) => (windows.edition = 'datacenter'),
      ({ windows }) => (windows.key = 'none'),
      ({ windows }) => (windows.language = 'de-DE'),
      ({ windows }) => (windows.keyboard = '0407:00000407'),
      ({ machine }) => (machine.diskGb = 100),
      ({ machine }) => (machine.firmware = 'uefi'),
      ({ machine }) => (machine.driversIso = '/v.iso'),
      (choices) => (choices.timeZone = 'GMT Standard Time'),
      (choices) => (choices.locale = 'de-DE'),
    ];
    const digests = [
      plain,
      ...others.map((change) => digest(change)),
      digest(() => undefined, 'b'),
      digest(() => undefined, 'a', new Map()),
    ];
    expect(new Set(digests).size).to.equal(others.length + 3);

    for (const same of [
      ({ machine }: Choices) => (machine.cpus = 8),
      ({ machine }: Choices) => (machine.memoryMb = 8192),
      ({ windows }: Choices) => (windows.iso = '/elsewhere.iso'),
      ({ network }: Choices) => (network.range = '10.0.0.0/24'),
    ])
      expect(digest(same)).to.equal(plain);
  });
});
