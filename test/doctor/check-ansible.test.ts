import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { askAnsiblePython } from '../../src/doctor/ansible-python.js';
import { checkAnsible } from '../../src/doctor/check-ansible.js';
import type { Finding } from '../../src/doctor/index.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { inShort, toolOf } from './kit.js';

interface Answer {
  collections?: Record<string, object | null>;
  md4?: boolean;
  /** With the legacy provider. */
  legacy?: boolean;
  ownMd4?: boolean;
}

const both = {
  'ansible.windows': { folder: '/c/ansible/windows', version: '1.14.0', needs: '>=2.12' },
  'community.windows': { folder: '/c/community/windows', version: '1.13.0', needs: '>=2.12' },
};

describe('what Ansible needs beside itself', () => {
  const folder = temporaryFolder();

  /** A Python that answers so. */
  const check = async (
    { collections = both, md4 = false, legacy = md4, ownMd4 = false }: Answer,
    version = '2.14.18',
  ): Promise<Finding[]> => {
    const plain = JSON.stringify({ collections, md4, ownMd4 });
    const other = JSON.stringify({ collections, md4: legacy, ownMd4 });
    const script = `if [ -n "$OPENSSL_CONF" ]; then [ -s "$OPENSSL_CONF" ] && echo '${other}'; else echo '${plain}'; fi`;
    const python = await scriptTool(folder.path, 'python3', script);
    const path = join(folder.path, 'ansible-playbook');
    return checkAnsible({
      ansible: toolOf({ name: 'ansible-playbook', path, version, python }),
      env: { PATH: '/usr/bin:/bin' },
      timeoutMs: 5000,
    });
  };

  it('is told with versions where all is well', async () => {
    const findings = await check({ md4: true });

    expect(inShort(findings)).to.deep.equal(['ansible-collections ok', 'ansible-ntlm ok']);
    expect(findings[0]?.what).to.contain('ansible.windows 1.14.0').and.contain('community.windows 1.13.0');
  });

  it('is a problem where a collection is missing, with the command that installs it', async () => {
    const [finding] = await check({ collections: { ...both, 'community.windows': null } });

    expect(finding).to.include({ check: 'ansible-collections', level: 'problem' });
    expect(finding?.what).to.contain('community.windows').and.not.contain('ansible.windows');
    expect(finding?.fix).to.deep.equal([
      `${join(folder.path, 'ansible-galaxy')} collection install community.windows:1.13.0`,
    ]);
  });

  it('is a warning where a collection asks for another Ansible', async () => {
    const newer = { ...both, 'ansible.windows': { folder: '/c', version: '2.8.0', needs: '>=2.16.0' } };

    const [finding] = await check({ collections: newer });

    expect(finding).to.include({ check: 'ansible-collections', level: 'warning' });
    expect(finding?.detail).to.contain('>=2.16.0').and.contain('2.14.18');
  });

  it('of NTLM is a warning that says whom it concerns, and no build', async () => {
    const [, finding] = await check({ md4: false, legacy: true });

    expect(finding).to.include({ check: 'ansible-ntlm', level: 'warning' });
    expect(finding?.detail)
      .to.contain('No build is concerned')
      .and.contain('unsupported hash type md4')
      .and.contain('lyncimg apply');
    expect(finding?.fix.join('\n')).to.contain('legacy = active').and.contain('export OPENSSL_CONF=');
  });

  it('of NTLM says where nothing can switch MD4 on', async () => {
    const [, finding] = await check({ md4: false, legacy: false });

    expect(finding).to.include({ check: 'ansible-ntlm', level: 'warning' });
    expect(finding?.detail).to.contain('lyncimg apply is');
    expect(finding?.fix.join()).to.contain('--auth basic');
  });

  it('of NTLM is well where its library brings an MD4 of its own', async () => {
    expect(inShort(await check({ ownMd4: true }))[1]).to.equal('ansible-ntlm ok');
  });

  it('is unknown where its Python is not known or gives no answer', async () => {
    const silent = await scriptTool(folder.path, 'python3', 'echo nonsense');
    for (const python of [null, silent]) {
      const ansible = toolOf({ name: 'ansible-playbook', python });
      const findings = await checkAnsible({ ansible, env: {}, timeoutMs: 5000 });
      expect(inShort(findings)).to.deep.equal(['ansible-collections unknown']);
    }
  });

  it('is not asked of an Ansible that is not here', async () => {
    expect(await checkAnsible({ ansible: null, env: {}, timeoutMs: 5000 })).to.deep.equal([]);
  });

  it("asks a real Python, which finds a user's collection before the system's", async function () {
    const python = '/usr/bin/python3';
    if (!existsSync(python)) this.skip();
    const own = join(folder.path, '.ansible/collections/ansible_collections/lyncimg/tested');
    await mkdir(join(own, 'meta'), { recursive: true });
    await writeFile(join(own, 'MANIFEST.json'), JSON.stringify({ collection_info: { version: '9.8.7' } }));
    await writeFile(join(own, 'meta/runtime.yml'), "---\nrequires_ansible: '>=2.12' # or so\n");

    const answer = await askAnsiblePython({
      python,
      collections: ['lyncimg.tested', 'lyncimg.absent'],
      env: { PATH: '/usr/bin:/bin', HOME: folder.path, LC_ALL: 'C.UTF-8' },
      timeoutMs: 8000,
    });

    expect(answer?.collections.get('lyncimg.tested')).to.deep.equal({
      folder: own,
      version: '9.8.7',
      needs: '>=2.12',
    });
    expect(answer?.collections.get('lyncimg.absent')).to.equal(null);
    expect(answer?.md4).to.be.oneOf(['there', 'own', 'legacy', 'absent']);
  });
});
