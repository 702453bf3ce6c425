import { expect } from 'chai';
import { describe, it } from 'mocha';
import { join } from 'node:path';
import { noNotes } from '../../src/catalog/notes-file.js';
import { readOs } from '../../src/catalog/os-file.js';
import { orThrow } from '../../src/errors/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { lines, writeFiles } from './kit.js';

const entry = {
  name: 'Web-Server',
  displayName: 'Web Server (IIS)',
  parent: null as string | null,
  depth: 1,
  type: 'Role',
  installedByDefault: false,
  removedByDefault: false,
  restart: null,
  dependsOn: [] as string[],
  dependsOnConfidence: 'high',
  dism: 'IIS-WebServerRole',
  id: 2,
  confidence: 'high',
};

describe('an operating system', () => {
  const folder = temporaryFolder();
  const read = async (change: { id?: string; features?: unknown; text?: string; file?: string } = {}) => {
    const features = change.text ?? JSON.stringify(change.features ?? [entry]);
    const os = [
      'apiVersion: lyncimg/v1',
      'kind: OperatingSystem',
      `id: ${change.id ?? '2012'}`,
      'title: Windows Server 2012',
      'version: 6.2.9200',
      "powershell: '3.0'",
      'features:',
      `  file: ${change.file ?? 'features/2012.json'}`,
      '  source: { title: A, publisher: P, page: B, date: unknown, confidence: community }',
      "dotnet: { version: '4.5', release: 378389 }",
      'editions:',
      '  - id: standard',
      '    title: Windows Server 2012 Standard',
      '    editionIds: [ServerStandard]',
      '    skus: [7]',
      '    imageName: Windows Server 2012 SERVERSTANDARD',
      '    kmsClientKey: XC9B7-NBPP2-83J2H-RHMBY-92BT4',
      'guestIds: { virtualbox: Windows2012_64, vmware: windows8srv-64, vsphere: windows8Server64Guest }',
      'virtioFolder: 2k12',
      'generation2: true',
      "support: { mainstream: '2018-10-09', extended: '2023-10-10', paid: '2026-10-13' }",
      'unsupported: []',
    ].join('\n');
    await writeFiles(folder.path, { 'os/2012.yaml': os, 'features/2012.json': features });
    return readOs({
      catalogFolder: folder.path,
      path: join(folder.path, 'os/2012.yaml'),
      name: 'catalog/os/2012.yaml',
      references: { sources: { byId: new Map(), open: true }, notes: noNotes },
    });
  };

  it('is nothing but data: another one needs no code', async () => {
    const os = orThrow(await read());
    expect(os).to.include({
      id: '2012',
      title: 'Windows Server 2012',
      version: '6.2.9200',
      powershell: '3.0',
    });
    expect(os.editions.map(({ id }) => id)).to.deep.equal(['standard']);
    expect(os.description.virtioFolder).to.equal('2k12');
    expect(os.features.find('WEB-server')?.dism).to.equal('IIS-WebServerRole');
    expect(os.features.near('web-sever')).to.deep.equal(['Web-Server']);
    expect(os.features.all()).to.have.length(1);
  });

  it('of an unknown id, or with a list outside of the catalogue, is refused at its place', async () => {
    expect(lines(await read({ id: '2016' }))).to.deep.equal(['E_OS_UNKNOWN catalog/os/2012.yaml:3:5']);
    expect(lines(await read({ file: '../../etc/passwd' }))).to.deep.equal([
      'E_VALUE_INVALID catalog/os/2012.yaml:8:9',
    ]);
  });

  it('needs a list of features whose parents and dependencies are in it, each once', async () => {
    const wrong = [
      entry,
      { ...entry, name: 'web-server' },
      { ...entry, name: 'A', parent: 'Nobody' },
      { ...entry, name: 'B', dependsOn: ['Web-Server', 'Nothing'] },
    ];
    const checked = await read({ features: wrong });
    expect(checked.ok ? [] : checked.problems.map(({ message }) => message)).to.deep.equal([
      'web-server: stands twice.',
      'A: needs Nobody, which is not in the list.',
      'B: needs Nothing, which is not in the list.',
    ]);
  });

  it('refuses a list that is no JSON or has another shape', async () => {
    expect(lines(await read({ text: '[' }))).to.deep.equal(['E_VALUE_INVALID catalog/features/2012.json']);
    expect(lines(await read({ features: [{ ...entry, dism: 7 }] }))).to.have.length(1);
    expect(lines(await read({ features: [{ ...entry, more: 7 }] }))).to.have.length(1);
  });
});
