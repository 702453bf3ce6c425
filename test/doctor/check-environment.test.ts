import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkEnvironment } from '../../src/doctor/check-environment.js';
import { inShort } from './kit.js';

describe("the user's environment", () => {
  it('is well where it says nothing', () => {
    expect(inShort(checkEnvironment({ PATH: '/usr/bin', HOME: '/root' }))).to.deep.equal(['environment ok']);
  });

  it('is a warning where something of it does not reach the tools', () => {
    const [finding] = checkEnvironment({ ANSIBLE_CONFIG: '/x', PACKER_LOG: '1', PACKER_PLUGIN_PATH: '/p' });

    expect(finding).to.include({ check: 'environment', level: 'warning' });
    expect(finding?.what).to.contain('ANSIBLE_CONFIG, PACKER_LOG').and.not.contain('PACKER_PLUGIN_PATH');
    expect(finding?.fix).to.deep.equal(['unset ANSIBLE_CONFIG PACKER_LOG']);
  });

  it('is told of a proxy by name and never by value', () => {
    const findings = checkEnvironment({ HTTPS_PROXY: 'http://user:S3cret@proxy:3128', http_proxy: '' });

    expect(findings[1]).to.include({
      check: 'proxy',
      level: 'ok',
      what: 'Packer and Ansible get HTTPS_PROXY.',
    });
    expect(JSON.stringify(findings)).not.to.contain('S3cret').and.not.contain('3128');
  });
});
