import { expect } from 'chai';
import { describe, it } from 'mocha';
import { join } from 'node:path';
import { z } from 'zod';
import { loadCatalog, loadProject, loadWorkspace } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { lines, packageRoot, writeFiles } from './kit.js';

const plainChoices = {
  windows: { iso: null, sha256: null, edition: 'standard', key: 'kms', language: 'en-US', keyboard: null },
  machine: { cpus: 2, memoryMb: 4096, diskGb: 80, firmware: null, driversIso: null, toolsIso: null },
  network: { range: null, static: null },
  timeZone: null,
  locale: null,
};
const plainBaking = { '2008r2': plainChoices, '2012': plainChoices, '2012r2': plainChoices };

describe('a workspace', () => {
  const folder = temporaryFolder();
  const load = async (text: string) => {
    await writeFiles(folder.path, { 'lyncimg.yaml': text });
    return loadWorkspace(folder.path);
  };
  const head = 'apiVersion: lyncimg/v1\nkind: Workspace\n';

  it('is none where there is no lyncimg.yaml', async () => {
    expect(orThrow(await loadWorkspace(folder.path))).to.equal(null);
  });

  it('says what a folder builds', async () => {
    const text = `${head}platform: twin\nos: 2012R2\nroles: [front-end]\noptions: { conferencing: false }\noutput: ../images\n`;
    expect(orThrow(await load(text))).to.deep.equal({
      file: join(folder.path, 'lyncimg.yaml'),
      folder: folder.path,
      platform: 'twin',
      os: '2012r2',
      roles: ['front-end'],
      options: { conferencing: false },
      items: [],
      netfx3Source: null,
      baking: plainBaking,
      platformSettings: {},
      output: join(folder.path, '../images'),
    });
  });

  it('may leave everything out but what it is', async () => {
    expect(orThrow(await load(head))).to.deep.equal({
      file: join(folder.path, 'lyncimg.yaml'),
      folder: folder.path,
      roles: [],
      options: {},
      items: [],
      netfx3Source: null,
      baking: plainBaking,
      platformSettings: {},
      output: join(folder.path, '.lyncimg'),
    });
  });

  it('says how each Windows is installed, with its files beside lyncimg.yaml', async () => {
    const sha256 = 'AB'.repeat(32);
    const text = `${head}windows:
  2012r2: { iso: media/w.iso, sha256: ${sha256}, edition: datacenter, key: none, keyboard: '0407:00000407' }
machine: { memoryMb: 8192, firmware: uefi, driversIso: /discs/virtio.iso }
network: { range: 10.1.2.0/24, address: 10.1.2.30/24, gateway: 10.1.2.1 }
parameters: { timeZone: UTC, locale: de-DE }
`;
    const baking = orThrow(await load(text))?.baking;
    expect(baking?.['2012r2']).to.deep.equal({
      windows: {
        iso: join(folder.path, 'media/w.iso'),
        sha256: sha256.toLowerCase(),
        edition: 'datacenter',
        key: 'none',
        language: 'en-US',
        keyboard: '0407:00000407',
      },
      machine: {
        ...plainChoices.machine,
        memoryMb: 8192,
        firmware: 'uefi',
        driversIso: '/discs/virtio.iso',
      },
      network: {
        range: '10.1.2.0/24',
        static: { address: '10.1.2.30', prefix: 24, gateway: '10.1.2.1', dns: [] },
      },
      timeZone: 'UTC',
      locale: 'de-DE',
    });
    expect(baking?.['2012'].windows).to.deep.equal(plainChoices.windows);
  });

  it('holds the settings of a platform against what it takes, each at its place', async () => {
    const platforms = { lab: z.strictObject({ host: z.string().optional() }) };
    const text = `${head}platforms:\n  lab: { hots: x, host: 3 }\n  moon: {}\n`;
    await writeFiles(folder.path, { 'lyncimg.yaml': text });
    expect(lines(await loadWorkspace(folder.path, { platforms }))).to.deep.equal([
      'E_KEY_UNKNOWN lyncimg.yaml:4:10',
      'E_VALUE_INVALID lyncimg.yaml:4:25',
      'E_PLATFORM_UNKNOWN lyncimg.yaml:5:3',
    ]);
    await writeFiles(folder.path, { 'lyncimg.yaml': `${head}platforms: { lab: { host: here } }\n` });
    const workspace = orThrow(await loadWorkspace(folder.path, { platforms }));
    expect(workspace?.platformSettings).to.deep.equal({ lab: { host: 'here' } });
  });

  it('refuses a network, a machine or a hash that cannot be', async () => {
    const wrong = `${head}machine: { diskGb: 10 }\nnetwork: { range: 10.1.2.0, address: 300.1.1.1/24 }\nwindows: { 2016: {}, 2012: { sha256: abc } }\n`;
    expect(lines(await load(wrong))).to.deep.equal([
      'E_VALUE_INVALID lyncimg.yaml:3:20',
      'E_VALUE_INVALID lyncimg.yaml:4:19',
      'E_VALUE_INVALID lyncimg.yaml:4:38',
      'E_KEY_UNKNOWN lyncimg.yaml:5:12',
      'E_VALUE_INVALID lyncimg.yaml:5:38',
    ]);
  });

  it('reports every wrong key and value at its place', async () => {
    expect(lines(await load(`${head}role: [a]\nroles: front-end\noptions: { size: 2 }\n`))).to.deep.equal([
      'E_KEY_UNKNOWN lyncimg.yaml:3:1',
      'E_VALUE_INVALID lyncimg.yaml:4:8',
      'E_VALUE_INVALID lyncimg.yaml:5:18',
    ]);
    expect(lines(await load(`${head}os: 2016\n`))).to.deep.equal(['E_OS_UNKNOWN lyncimg.yaml:3:5']);
    expect(lines(await load('\tx: 1\n'))).to.deep.equal(['E_YAML_TAB lyncimg.yaml:1:1']);
  });

  it('is held against names and shape at once, with the catalogue or without', async () => {
    const text = `${head}foo: 1\nplatform: cloud\nos: 2016\nroles: [edge, frontend, Bad Name, 7]\n`;
    await writeFiles(folder.path, { 'lyncimg.yaml': text });
    const options = { packageRoot, folder: folder.path, platforms: { twin: z.strictObject({}) } };
    expect(lines(await loadProject(options))).to.deep.equal([
      'E_KEY_UNKNOWN lyncimg.yaml:3:1',
      'E_PLATFORM_UNKNOWN lyncimg.yaml:4:11',
      'E_OS_UNKNOWN lyncimg.yaml:5:5',
      'E_ROLE_UNKNOWN lyncimg.yaml:6:15',
      'E_VALUE_INVALID lyncimg.yaml:6:25',
      'E_VALUE_INVALID lyncimg.yaml:6:35',
    ]);
    await writeFiles(folder.path, { 'roles/bad.yaml': 'foo: 1\n' });
    const both = lines(await loadProject(options));
    expect(both).to.include('E_PLATFORM_UNKNOWN lyncimg.yaml:4:11');
    expect(both).to.include('E_KEY_UNKNOWN roles/bad.yaml:1:1');
  });

  it('names roles that there are, where the catalogue is given', async () => {
    const catalog = orThrow(await loadCatalog({ packageRoot }));
    await writeFiles(folder.path, { 'lyncimg.yaml': `${head}roles: [edge, frontend]\n` });
    const checked = await loadWorkspace(folder.path, { catalog });
    expect(lines(checked)).to.deep.equal(['E_ROLE_UNKNOWN lyncimg.yaml:3:15']);
    expect(checked).to.have.nested.property('problems[0].suggestions[0]', 'Did you mean front-end?');
  });
});
