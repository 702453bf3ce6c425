import { expect } from 'chai';
import { describe, it } from 'mocha';
import { childEnvironment } from '../../src/tools/index.js';

describe('the environment of a child', () => {
  it('holds what a tool needs and what it is given, and nothing else of the user', () => {
    const from = { PATH: '/usr/bin', HOME: '/home/u', AWS_SECRET_ACCESS_KEY: 'x', NODE_OPTIONS: '--inspect' };

    const { env } = childEnvironment({ from, set: { LYNCIMG_RUN: 'r1' } });

    expect(env).to.deep.equal({
      PATH: '/usr/bin',
      HOME: '/home/u',
      LC_ALL: 'C.UTF-8',
      CHECKPOINT_DISABLE: '1',
      PACKER_NO_COLOR: '1',
      LYNCIMG_RUN: 'r1',
    });
  });

  it('has a UTF-8 locale where the user has LC_ALL=C, with which Ansible does not start', () => {
    expect(childEnvironment({ from: { LC_ALL: 'C', LANG: 'C' } }).env).to.include({ LC_ALL: 'C.UTF-8' });
  });

  it('keeps the proxy and names the hosts that go without it', () => {
    const from = { HTTPS_PROXY: 'http://proxy:3128', no_proxy: 'intranet' };

    const { env } = childEnvironment({ from, direct: ['127.0.0.1', 'localhost'] });

    expect(env).to.include({
      HTTPS_PROXY: 'http://proxy:3128',
      no_proxy: 'intranet,127.0.0.1,localhost',
      NO_PROXY: 'intranet,127.0.0.1,localhost',
    });
  });

  it('drops what the user has set for Ansible, Packer and Python, and says so', () => {
    const from = {
      PATH: '',
      ANSIBLE_CONFIG: '/x',
      PACKER_LOG: '1',
      PKR_VAR_a: 'b',
      PYTHONPATH: '/y',
      LANG: 'C',
    };

    const { env, dropped } = childEnvironment({ from, set: { ANSIBLE_CONFIG: '/run/ansible.cfg' } });

    expect(env)
      .to.include({ ANSIBLE_CONFIG: '/run/ansible.cfg' })
      .and.not.have.any.keys('PACKER_LOG', 'PKR_VAR_a');
    expect(dropped).to.deep.equal(['PACKER_LOG', 'PKR_VAR_a', 'PYTHONPATH']);
  });

  it('keeps PACKER_PLUGIN_PATH: a current Packer finds its builders by it where they are not in its own folder', () => {
    const { env, dropped } = childEnvironment({ from: { PACKER_PLUGIN_PATH: '/srv/plugins' } });

    expect(env).to.include({ PACKER_PLUGIN_PATH: '/srv/plugins' });
    expect(dropped).to.deep.equal([]);
  });
});
