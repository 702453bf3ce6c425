import { expect } from 'chai';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { checkPlatform } from '../../src/doctor/check-platform.js';
import type { Wanted } from '../../src/doctor/wanted.js';
import { fail } from '../../src/errors/index.js';
import type { Platform } from '../../src/platforms/index.js';
import { inShort, machineOf, placeOf, toolOf, wantedOf } from './kit.js';

const settings = z.strictObject({ host: z.string().optional(), datastore: z.string().optional() });
const secrets = [
  { env: 'LYNCIMG_MADE_UP_PASSWORD', variable: 'made_up_password', what: 'of the hypervisor' },
  { env: 'LYNCIMG_MADE_UP_TOKEN', variable: 'made_up_token', what: 'of its API' },
];

describe('what a platform asks for', () => {
  const look = (
    platform: Partial<Platform>,
    given: Record<string, unknown> = {},
    more: Partial<Wanted> = {},
  ) => checkPlatform(wantedOf({ place: placeOf(platform, given), ...more }), toolOf());

  it('is nothing where no platform is named', () => {
    expect(checkPlatform(wantedOf(), toolOf())).to.deep.equal([]);
  });

  it('is told where all is there', () => {
    const findings = look({});

    expect(inShort(findings)).to.deep.equal(['platform ok', 'platform-settings ok']);
    expect(findings[0]).to.include({ what: 'made-up: A platform of a test.', detail: 'It is not.' });
  });

  it('are settings: those that are missing are a problem that names them', () => {
    const given = { settings, examples: { host: 'esx.example', datastore: 'store1' } };

    const [, finding] = look(given, { host: 'esx1' });

    expect(finding).to.include({ check: 'platform-settings', level: 'problem', code: 'E_PLATFORM_SETTINGS' });
    expect(finding?.what).to.contain('datastore').and.not.contain('host,');
    expect(finding?.fix.join('\n')).to.contain('platforms: made-up:');
    expect(inShort(look(given, { host: 'esx1', datastore: 's' }))[1]).to.equal('platform-settings ok');
  });

  it('are secrets: whether they are set is told, and never to what', () => {
    const env = { LYNCIMG_MADE_UP_PASSWORD: 'S3cret-of-mine' };

    const findings = look({ secrets }, {}, { env });

    expect(findings[2]).to.include({ level: 'problem', code: 'E_PLATFORM_SECRET' });
    expect(findings[2]?.what).to.contain('LYNCIMG_MADE_UP_TOKEN').and.not.contain('LYNCIMG_MADE_UP_PASSWORD');
    const all = look({ secrets }, {}, { env: { ...env, LYNCIMG_MADE_UP_TOKEN: 'S3cret-too' } });
    expect(all[2]).to.include({ level: 'ok' });
    expect(all[2]?.what).to.contain('LYNCIMG_MADE_UP_PASSWORD, LYNCIMG_MADE_UP_TOKEN');
    expect(JSON.stringify([findings, all])).not.to.contain('S3cret');
  });

  it('takes an empty secret for one that is not set', () => {
    const env = { LYNCIMG_MADE_UP_PASSWORD: '', LYNCIMG_MADE_UP_TOKEN: '' };

    expect(look({ secrets }, {}, { env })[2]).to.include({ level: 'problem' });
  });

  it("is the product key too, where lyncimg.yaml says that it is the user's own", () => {
    const machine = machineOf({ windows: { key: 'own' } });

    expect(look({}, {}, { machine })[2]).to.include({ level: 'problem', code: 'E_PRODUCT_KEY_MISSING' });
    const env = { LYNCIMG_PRODUCT_KEY: 'AAAAA-BBBBB' };
    const set = look({}, {}, { machine, env });
    expect(set[2]).to.include({ level: 'ok', what: 'LYNCIMG_PRODUCT_KEY: set.' });
    expect(JSON.stringify(set)).not.to.contain('BBBBB');
  });

  it('is a Packer that can express its layers, each for its own reason', () => {
    const packerAtLeast: Platform['packerAtLeast'] = (layer) =>
      layer === 'next' ? { version: '1.10.0', why: 'clones need a plugin' } : null;

    const [, finding] = look({ packerAtLeast });

    expect(finding).to.include({ check: 'packer', level: 'problem', code: 'E_PLATFORM_PACKER' });
    expect(finding?.what).to.contain('1.10.0').and.contain('1.6.6').and.contain('clones need a plugin');
    expect(finding?.fix.join()).to.contain('LYNCIMG_PACKER');
    // Of a single layer there is no next one.
    const size = { layers: 1, images: 1, mediaBytes: 0, mediaWithoutSize: 0 };
    expect(inShort(look({ packerAtLeast }, {}, { size }))).not.to.include('packer problem');
    expect(inShort(look({ packerAtLeast, layering: 'one-run' }))).not.to.include('packer problem');
  });

  it('is a machine that it can make', () => {
    const limit = fail('E_PLATFORM_LIMIT', {
      platform: 'made-up',
      what: 'a guest with a static address',
      reason: 'its network is its own',
      instead: 'Leave network.address out of lyncimg.yaml.',
    });

    const findings = look({ limits: () => [limit] }, {}, { machine: machineOf() });

    expect(inShort(findings).at(-1)).to.equal('platform-machine problem');
    expect(findings.at(-1)?.fix).to.deep.equal(['Leave network.address out of lyncimg.yaml.']);
  });

  it('that cannot be met yet is a problem, and that nothing is ever baked there is none', () => {
    const noBake = { reason: 'nobody has tried', instead: 'Bake elsewhere.' };

    expect(look({ noBake })[0]).to.include({
      check: 'platform',
      level: 'problem',
      code: 'E_PLATFORM_NO_BAKE',
    });
    expect(look({ noBake })[0]?.fix).to.deep.equal(['Bake elsewhere.']);
    expect(look({ noBake, layering: 'none' })[0]).to.include({ check: 'platform', level: 'ok' });
  });
});
