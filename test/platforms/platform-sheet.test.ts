import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { fail } from '../../src/errors/index.js';
import {
  platformList,
  platformNames,
  platformOf,
  platformSheet,
  platformSheetSchemas,
  settingsOf,
  type Platform,
  type PlatformHere,
  type PlatformSheet,
} from '../../src/platforms/index.js';
import { guests, machineOf } from './asked-of.js';

const nothing: PlatformHere = { packer: null, canExpress: () => null, tools: new Map() };

interface Choices {
  given?: Record<string, unknown>;
  env?: NodeJS.ProcessEnv;
  here?: PlatformHere;
}

function sheetOf(platform: Platform, { given = {}, env = {}, here = nothing }: Choices = {}): PlatformSheet {
  return platformSheet({
    ...{ platform, machine: machineOf(), settings: settingsOf(platform, given), given, env, here },
    systems: Object.values(guests).map((os) => ({ os, problems: [] })),
  });
}

/** Compiled once each. */
const validators = new Map(
  [...platformSheetSchemas()].map(([name, schema]) => [
    name,
    new Ajv2020({ allowUnionTypes: true }).compile(schema),
  ]),
);

function follows(schema: string, document: unknown): void {
  const validate = validators.get(schema);
  expect(validate?.(document), JSON.stringify(validate?.errors)).to.equal(true);
}

describe('platformList', () => {
  const list = platformList(
    platformNames.map((name) => ({
      platform: platformOf(name),
      machine: machineOf(),
      settings: settingsOf(platformOf(name), {}),
    })),
  );
  const of = (name: string) => list.platforms.find((one) => one.name === name);

  it('says which builders make the first and the next layers', () => {
    expect(of('vsphere')?.builders).to.deep.equal({ first: 'vsphere-iso', next: 'vsphere-clone' });
    expect(of('azure')?.builders).to.deep.equal({ first: 'azure-arm', next: null });
    expect(of('existing')?.builders).to.deep.equal({ first: null, next: null });
  });

  it('says where nothing can be baked, and how each was proved', () => {
    expect(of('azure')?.noBake?.reason).to.contain('generalised');
    expect(of('qemu')?.noBake).to.equal(null);
    for (const { name, proof } of list.platforms) expect(proof, name).to.match(/\.$/);
  });

  it('follows its published schema', () => {
    follows('platform-list.schema.json', list);
  });
});

describe('platformSheet', () => {
  it('follows its published schema for every platform', () => {
    for (const name of platformNames) follows('platform-sheet.schema.json', sheetOf(platformOf(name)));
  });

  it('says of a secret whether it is set, and never what it is', () => {
    const env = { LYNCIMG_VSPHERE_USERNAME: 'baker', LYNCIMG_VSPHERE_PASSWORD: '' };
    const sheet = sheetOf(platformOf('vsphere'), { env });

    expect(sheet.secrets.map(({ set }) => set)).to.deep.equal([true, false]);
    expect(JSON.stringify(sheet)).not.to.contain('baker');
  });

  it('says what Packer each layer needs, and whether the one found can express it', () => {
    const here: PlatformHere = {
      packer: { path: '/usr/bin/packer', version: '1.6.6' },
      canExpress: () => false,
      tools: new Map(),
    };
    const { packer } = sheetOf(platformOf('proxmox'), { here });

    expect(packer.found).to.deep.equal({ path: '/usr/bin/packer', version: '1.6.6' });
    expect(packer.layers.map(({ layer, atLeast, possible }) => [layer, atLeast, possible])).to.deep.equal([
      ['first', '1.10.0', false],
      ['next', '1.10.0', false],
    ]);
    expect(sheetOf(platformOf('twin')).packer.layers[0]).to.include({ atLeast: '1.6.6', possible: null });
    expect(sheetOf(platformOf('existing')).packer.layers).to.deep.equal([]);
  });

  it('names the plugin that the settings ask for', () => {
    const given = { pluginSource: 'github.com/vmware/vsphere' };
    expect(sheetOf(platformOf('vsphere'), { given }).packer.plugins[0]?.source).to.equal(
      'github.com/vmware/vsphere',
    );
  });

  it('says which programs were found', () => {
    const tools = new Map([['xorriso', { path: '/usr/bin/xorriso', version: '1.5.4' }]]);
    const found = sheetOf(platformOf('vsphere'), { here: { ...nothing, tools } }).tools;
    expect(found.map(({ command, found: program }) => [command, program?.version])).to.deep.equal([
      ['xorriso', '1.5.4'],
    ]);
    expect(sheetOf(platformOf('vsphere')).tools[0]?.found).to.equal(null);
  });

  it('has the firmware of each Windows, and what stands in the way', () => {
    const platform = platformOf('azure');
    const limit = fail('E_PLATFORM_LIMIT', { platform: 'azure', what: 'x', reason: 'y', instead: 'z' });
    const sheet = platformSheet({
      ...{ platform, machine: machineOf(), settings: settingsOf(platform, {}), given: {}, env: {} },
      ...{ here: nothing, systems: [{ os: guests['2008r2'], problems: [limit] }] },
    });
    expect(sheet.systems).to.deep.equal([
      {
        os: '2008r2',
        title: 'Windows Server 2008 R2',
        firmware: ['bios'],
        problems: [{ code: 'E_PLATFORM_LIMIT', message: 'azure cannot make x: y.', suggestions: ['z'] }],
      },
    ]);
  });
});
