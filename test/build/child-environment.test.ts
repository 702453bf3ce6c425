import { expect } from 'chai';
import { describe, it } from 'mocha';
import { packerEnvironment } from '../../src/build/child-environment.js';

function pathFor(from: NodeJS.ProcessEnv): string | undefined {
  return packerEnvironment({
    from,
    marker: 'LYNCIMG_RUN=1',
    guest: { address: '127.0.0.1', port: 5986, user: 'Administrator' },
    password: 'p',
    caFile: '/ca.crt',
    trustBundle: '/trusted.pem',
    selfCommand: ['lyncimg'],
    reports: '/reports',
    temporary: '/tmp/run',
    ansibleConfig: '/rendered/ansible.cfg',
    ansible: '/opt/ansible/bin/ansible-playbook',
  }).env['PATH'];
}

describe('the PATH of Packer', () => {
  it('begins with the folder of the Ansible that was found', () => {
    expect(pathFor({ PATH: '/usr/bin:/bin' })).to.equal('/opt/ansible/bin:/usr/bin:/bin');
  });

  for (const [what, from] of [
    ['is empty', { PATH: '' }],
    ['is not set', {}],
    ['has empty parts', { PATH: '::' }],
  ] as const) {
    it(`never holds the working folder, also where the user's ${what}`, () => {
      expect(pathFor(from)).to.equal('/opt/ansible/bin');
    });
  }
});
