import { expect } from 'chai';
import { describe, it } from 'mocha';
import { loadCatalog } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { lines, packageWith, writeFiles } from './kit.js';

const head = 'apiVersion: lyncimg/v1\nkind: Package\n';
const agent = `${head}id: agent
title: An agent
type: msi
licence: ours
files:
  - { os: [2012], file: agent-1.msi, size: 10, sha256: '${'AB'.repeat(32)}', published: the portal }
  - { os: [2012r2], file: agent-2.msi, url: 'https://downloads.example.net/agent-2.msi' }
arguments: [/norestart]
detect:
  - { uninstall: '{6D0C8E5B-3F0F-4B4E-9A51-2E5A7C1D9F10}', minVersion: '2.1' }
source: MS-ADDSW
`;

describe('a package', () => {
  const folder = temporaryFolder();
  const load = async (text: string, name = 'agent') => {
    await packageWith(folder.path, {});
    await writeFiles(folder.path, { [`catalog/packages/${name}.yaml`]: text });
    return loadCatalog({ packageRoot: folder.path });
  };

  it('is another file on another system, and none where it is not for it', async () => {
    const catalog = orThrow(await load(agent));
    expect(catalog.os('2012')?.packages.find('AGENT')).to.include({
      file: 'agent-1.msi',
      sha256: 'ab'.repeat(32),
      sizeBytes: 10,
      published: 'the portal',
      url: null,
    });
    expect(catalog.os('2012r2')?.packages.find('agent')?.file).to.equal('agent-2.msi');
    expect(catalog.os('2008r2')?.packages.find('agent')).to.equal(undefined);
    expect(catalog.os('2012')?.packages.near('agnet')).to.include('agent');
    expect(catalog.package('agent')?.source.id).to.equal('MS-ADDSW');
  });

  it('that is an update is found by its KB number too', async () => {
    const update = `${head}id: fix\ntitle: A fix\ntype: msu\nkb: KB1234567\nfiles:\n  - { os: [2012], file: fix.msu }\nsource: MS-ADDSW\n`;
    const catalog = orThrow(await load(update, 'fix'));
    expect(catalog.os('2012')?.packages.find('kb1234567')?.id).to.equal('fix');
  });

  it('of a workspace takes the place of the catalogue’s own of that id', async () => {
    await load(agent);
    await writeFiles(folder.path, {
      'here/packages/agent.yaml': agent.replace('title: An agent', 'title: Our agent'),
    });
    const catalog = orThrow(
      await loadCatalog({ packageRoot: folder.path, workspaceFolder: `${folder.path}/here` }),
    );
    expect(catalog.os('2012')?.packages.find('agent')?.title).to.equal('Our agent');
  });

  const refused: [string, string, string][] = [
    [
      'says how it shows',
      agent.replace(/detect:\n.*\n/, ''),
      'E_VALUE_INVALID catalog/packages/agent.yaml:1:1',
    ],
    [
      'has the name of its file',
      agent.replace('id: agent', 'id: other'),
      'E_VALUE_INVALID catalog/packages/agent.yaml:3:5',
    ],
    [
      'has one file on one system',
      agent.replace('[2012r2]', '[2012]'),
      'E_VALUE_INVALID catalog/packages/agent.yaml:9:11',
    ],
    [
      'names a document that there is',
      agent.replace('MS-ADDSW', 'MS-NOWHERE'),
      'E_SOURCE_UNKNOWN catalog/packages/agent.yaml:13:9',
    ],
    [
      'names pitfalls that there are',
      `${agent}pitfalls: [net53-source]\n`,
      'E_NOTE_UNKNOWN catalog/packages/agent.yaml:14:12',
    ],
    [
      'has a file that a disc can hold',
      agent.replace('agent-1.msi', '../agent-1.msi'),
      'E_VALUE_INVALID catalog/packages/agent.yaml:8:25',
    ],
    [
      'is fetched by http alone',
      agent.replace('https://downloads.example.net/agent-2.msi', 'file:///etc/passwd'),
      'E_VALUE_INVALID catalog/packages/agent.yaml:9:45',
    ],
  ];
  for (const [what, text, problem] of refused)
    it(what, async () => {
      expect(lines(await load(text))).to.deep.equal([problem]);
    });
});
