import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readyAnsible } from '../../../src/build/apply/ready-ansible.js';
import type { InspectedTools } from '../../../src/doctor/index.js';
import { fail, type LyncimgError } from '../../../src/errors/index.js';
import { scriptTool } from '../../helpers/fake-tool.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('the Ansible that is to change a machine', () => {
  const folder = temporaryFolder();
  const found = (python: string | null): Pick<InspectedTools, 'ansible' | 'problems'> => ({
    ansible: {
      ...{ name: 'ansible-playbook', path: '/usr/bin/ansible-playbook', version: '2.14.18', python },
      warnings: [{ code: 'ansible-untested', message: 'It is new.' }],
      passedOver: [{ path: '/opt/ansible-playbook', why: 'it is another.' }],
    },
    problems: [],
  });
  /** Says of MD4 what the test wants, with the legacy provider switched on or not. */
  const python = (plain: boolean, legacy: boolean): Promise<string> =>
    scriptTool(
      folder.path,
      'python3',
      `if [ -n "$OPENSSL_CONF" ]; then md4=${String(legacy)}; else md4=${String(plain)}; fi
echo "{\\"collections\\":{},\\"md4\\":$md4,\\"ownMd4\\":false}"`,
    );
  const env = { PATH: process.env['PATH'], ANSIBLE_STRATEGY: 'free' };

  it('needs the legacy provider for NTLM where MD4 is in it alone', async () => {
    const tools = found(await python(false, true));
    expect(await readyAnsible(tools, { method: 'ntlm', env })).to.include({ needsLegacyProvider: true });
    expect(await readyAnsible(tools, { method: 'basic', env })).to.include({ needsLegacyProvider: false });
  });

  it('needs it not where Python has MD4', async () => {
    const tools = found(await python(true, true));
    expect(await readyAnsible(tools, { method: 'ntlm', env })).to.include({ needsLegacyProvider: false });
  });

  it('cannot speak NTLM where nothing has it, which is said before anything is changed', async () => {
    const tools = found(await python(false, false));
    const caught = await readyAnsible(tools, { method: 'ntlm', env }).catch((error: unknown) => error);
    expect(caught).to.include({ code: 'E_APPLY_NTLM', exitCode: 3 });
    expect(await readyAnsible(tools, { method: 'basic', env })).to.include({ needsLegacyProvider: false });
  });

  it('is tried where its Python gives no answer, or is not known', async () => {
    const silent = await scriptTool(folder.path, 'python3', 'exit 1');
    for (const path of [silent, null])
      expect(await readyAnsible(found(path), { method: 'ntlm', env })).to.include({
        needsLegacyProvider: false,
      });
  });

  it('comes with what one should know of it', async () => {
    const { warnings } = await readyAnsible(found(null), { method: 'basic', env });
    expect(warnings).to.deep.equal([
      'It is new.',
      '/opt/ansible-playbook was passed over: it is another.',
      'Ansible does not get these variables of your environment: ANSIBLE_STRATEGY',
    ]);
  });

  it('is missed by its own name, whatever is the matter with Packer', async () => {
    const problems = ['packer', 'ansible-playbook'].map((tool) =>
      fail('E_TOOL_MISSING', { tool, install: `apt-get install ${tool}` }),
    );
    const caught = await readyAnsible({ ansible: null, problems }, { method: 'ntlm', env }).catch(
      (error: unknown) => error as LyncimgError,
    );
    expect(caught).to.equal(problems[1]);
  });
});
