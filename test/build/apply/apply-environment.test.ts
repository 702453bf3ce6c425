import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  applyEnvironment,
  type ApplyEnvironmentOptions,
} from '../../../src/build/apply/apply-environment.js';

const options: ApplyEnvironmentOptions = {
  from: {
    PATH: ':/usr/bin::/bin:',
    HOME: '/home/me',
    HTTPS_PROXY: 'http://proxy:8080',
    no_proxy: 'intranet',
    ANSIBLE_STRATEGY: 'free',
    LYNCIMG_PASSWORD: 'never passed on',
    LC_ALL: 'C',
  },
  ...{ run: { id: '20261127T100252Z-3ebd744d' }, host: 'fe01', port: 5986, user: 'LYNC\\admin' },
  ...{ password: 'secret', caFile: '/run/trusted.pem', reports: '/run/reports', temporary: '/run/tmp' },
  ...{ ansibleConfig: '/run/rendered/ansible.cfg', mediaUrl: 'http://10.1.1.5:1/x', opensslConfig: null },
};

describe('the environment of Ansible on a machine that has its owner', () => {
  it('says how the machine is reached, and what marks the run', () => {
    const env = applyEnvironment(options);
    expect(env).to.include({
      ...{ LYNCIMG_HOST: 'fe01', LYNCIMG_PORT: '5986', LYNCIMG_USER: 'LYNC\\admin' },
      ...{ LYNCIMG_GUEST_PASSWORD: 'secret', LYNCIMG_CA_FILE: '/run/trusted.pem' },
      ...{ LYNCIMG_MEDIA_URL: 'http://10.1.1.5:1/x', LYNCIMG_RUN: '20261127T100252Z-3ebd744d' },
      ...{ TMPDIR: '/run/tmp', ANSIBLE_CONFIG: '/run/rendered/ansible.cfg', LC_ALL: 'C.UTF-8' },
    });
    expect(env).not.to.have.any.keys('OPENSSL_CONF', 'ANSIBLE_STRATEGY', 'LYNCIMG_PASSWORD');
  });

  it('goes round a proxy, and looks for no program in the working folder', () => {
    const env = applyEnvironment(options);
    expect(env['no_proxy']).to.equal('intranet,fe01');
    expect(env['PATH']).to.equal('/usr/bin:/bin');
  });

  it('has no more than is needed: no authority without TLS, no address without files', () => {
    const env = applyEnvironment({ ...options, caFile: null, mediaUrl: null, opensslConfig: '/run/o.cnf' });
    expect(env).not.to.have.any.keys('LYNCIMG_CA_FILE', 'LYNCIMG_MEDIA_URL');
    expect(env['OPENSSL_CONF']).to.equal('/run/o.cnf');
  });
});
