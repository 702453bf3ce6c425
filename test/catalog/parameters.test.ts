import { expect } from 'chai';
import { describe, it } from 'mocha';
import { generateKeyPairSync } from 'node:crypto';
import { loadWorkspace } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { selfSigned } from '../helpers/self-signed.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { lines, writeFiles } from './kit.js';

describe('parameters of a workspace', () => {
  const folder = temporaryFolder();
  const load = async (parameters: string) => {
    await writeFiles(folder.path, {
      'lyncimg.yaml': `apiVersion: lyncimg/v1\nkind: Workspace\nparameters:\n${parameters}`,
    });
    return loadWorkspace(folder.path);
  };

  it('become requirements that have lyncimg.yaml as their source', async () => {
    const workspace = orThrow(
      await load(
        '  timeZone: W. Europe Standard Time\n  dnsSuffix: lync.example.net\n  wsus: http://wsus.example.net:8530\n  proxy: proxy.example.net:8080\n  locale: de-DE\n',
      ),
    );
    expect(workspace?.items.map(({ kind, input }) => [kind, input])).to.deep.equal([
      ['setting', { timeZone: 'W. Europe Standard Time' }],
      ['setting', { locale: 'de-DE' }],
      ['computer', { dnsSuffix: 'lync.example.net' }],
      ['setting', { wsus: 'http://wsus.example.net:8530' }],
      ['setting', { winhttpProxy: 'proxy.example.net:8080' }],
    ]);
    const [first] = workspace?.items ?? [];
    expect(first?.source).to.include({ title: 'lyncimg.yaml, parameters.timeZone', confidence: 'own' });
  });

  it('have root certificates read in, so that a plan holds what is installed', async () => {
    selfSigned(folder.path, 'root.pem', { ca: true });
    const workspace = orThrow(await load('  rootCertificates: [root.pem]\n'));
    const [item] = workspace?.items ?? [];
    expect(item?.kind).to.equal('certificates');
    expect((item?.input as { present: string }).present).to.match(/^-----BEGIN CERTIFICATE-----/);
  });

  it('that name no certificate, or a missing file, are refused at their line', async () => {
    await writeFiles(folder.path, {
      'key.pem': generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    });
    expect(lines(await load('  rootCertificates:\n    - nowhere.pem\n    - key.pem\n'))).to.deep.equal([
      'E_PARAMETER_INVALID lyncimg.yaml:5:7',
      'E_PARAMETER_INVALID lyncimg.yaml:6:7',
    ]);
  });

  it('with values that Windows cannot take are refused at their line', async () => {
    expect(lines(await load('  dnsSuffix: not a suffix\n  wsus: ftp://wsus\n'))).to.deep.equal([
      'E_VALUE_INVALID lyncimg.yaml:5:9',
    ]);
    expect(lines(await load('  dnsSuffix: not a suffix\n'))).to.deep.equal([
      'E_PARAMETER_INVALID lyncimg.yaml:4:14',
    ]);
  });

  it('may say where the payload of .NET 3.5 lies, as the guest sees it', async () => {
    const workspace = orThrow(await load("  netfx3Source: '\\\\files\\sxs'\n"));
    expect(workspace?.netfx3Source).to.equal('\\\\files\\sxs');
    expect(workspace?.items).to.deep.equal([]);
  });
});
