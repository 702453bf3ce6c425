import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { loadProject } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { selfSigned } from '../helpers/self-signed.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { lines, packageRoot, writeFiles } from './kit.js';

describe('a project', () => {
  const folder = temporaryFolder();
  const load = () =>
    loadProject({ packageRoot, folder: folder.path, platforms: { twin: z.strictObject({}) } });
  const workspace = (rest: string) =>
    writeFiles(folder.path, { 'lyncimg.yaml': `apiVersion: lyncimg/v1\nkind: Workspace\n${rest}` });

  it('is refused where a parameter asks for what no Windows has, at its line', async () => {
    await workspace('parameters:\n  locale: xx-YY\n');
    expect(lines(await load())).to.deep.equal(['E_REQUIREMENT_INVALID lyncimg.yaml:4:11']);
  });

  it('is refused where a certificate is no root', async () => {
    selfSigned(folder.path, 'server.pem', { ca: false });
    await workspace('parameters:\n  rootCertificates: [server.pem]\n');
    expect(lines(await load())).to.deep.equal(['E_REQUIREMENT_INVALID lyncimg.yaml:4:22']);
  });

  it('takes a machine of several roles, and tells of one that there is not', async () => {
    await workspace('roles: ["standard-edition,persistent-chat"]\n');
    expect(lines(await load())).to.deep.equal([]);
    await workspace('roles: ["standard-edition,persistent-chaat"]\n');
    expect(lines(await load())).to.deep.equal(['E_ROLE_UNKNOWN lyncimg.yaml:3:9']);
  });

  it('takes the role and the package that docs/catalogue.md shows', async () => {
    const page = await readFile(join(packageRoot, 'docs/catalogue.md'), 'utf8');
    const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);
    const example = (kind: string): string => examples.find((text) => text.includes(`kind: ${kind}\n`)) ?? '';
    await workspace('');
    await writeFiles(folder.path, {
      'roles/monitored-edge.yaml': example('Role'),
      'packages/example-agent.yaml': example('Package'),
    });
    const { catalog } = orThrow(await load());
    expect(catalog.role('monitored-edge')?.items).to.have.length(2);
    expect(catalog.os('2012')?.packages.find('example-agent')?.file).to.equal('example-agent.msi');
  });
});
