import { expect } from 'chai';
import { describe, it } from 'mocha';
import { applyFailure } from '../../../src/build/apply/apply-failure.js';
import { formatError, type LyncimgError } from '../../../src/errors/index.js';

const about = {
  host: 'fe01:5986',
  lastLines: ['PLAY RECAP ****', 'fe01 : ok=1 changed=0'],
  log: '/runs/1/ansible.log',
  folder: '/runs/1',
  python: '/usr/bin/python3',
  media: { at: '10.1.1.5:40001', secret: 'f00d'.repeat(8) },
};
const after = (
  message: string,
  status: 'failed' | 'unreachable' = 'failed',
  name = 'Install Windows features',
): LyncimgError => applyFailure({ ...about, task: { name, status, message } });

describe('a run of Ansible that failed on a machine', () => {
  for (const [message, code] of [
    ['the source files could not be found. 0x800F081F', 'E_APPLY_PAYLOAD_MISSING'],
    ['hotfix package is not applicable for this server', 'E_APPLY_HOTFIX_NOT_APPLICABLE'],
    ['a reboot is pending: servicing', 'E_APPLY_REBOOT_PENDING'],
    ['ntlm: the specified credentials were rejected by the server', 'E_APPLY_LOST'],
    ['[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed', 'E_APPLY_LOST'],
    ['the twin does not model win_disk', 'E_APPLY_NOT_MODELLED'],
    ['something that nobody foresaw', 'E_APPLY_TASK_FAILED'],
  ] as const) {
    it(`with "${message}" is ${code}`, () => {
      const error = after(message);
      expect(error).to.include({ code, exitCode: 3 });
      const text = formatError(error);
      expect(text).to.contain('Installing on fe01:5986 failed in the task "Install Windows features"');
      expect(text).to.contain('/runs/1/ansible.log');
      expect(text).not.to.match(/layer|Packer|guest/i);
    });
  }

  it('is E_APPLY_LOST where the machine went away', () => {
    expect(after('Connection timed out', 'unreachable')).to.include({ code: 'E_APPLY_LOST' });
  });

  it('advises a restart, or leave to do it, where one is pending', () => {
    expect(after('a restart is pending').suggestions.join()).to.contain('--reboot');
  });

  it('names the file and the address where the machine could not fetch', () => {
    const secret = about.media.secret;
    const error = after(
      `Error downloading 'http://10.1.1.5:40001/${secret}/hotfixes/a.msu': Unable to connect to the remote server`,
      'failed',
      'Fetch hotfixes/a.msu',
    );
    expect(error).to.include({ code: 'E_APPLY_FETCH', exitCode: 3 });
    expect(error.message).to.contain('hotfixes/a.msu').and.to.contain('10.1.1.5:40001');
    expect(formatError(error)).not.to.contain(secret);
    expect(error.suggestions.join()).to.contain('--serve-address');
  });

  it('lost the machine, not the file, where it is unreachable then', () => {
    expect(after('timed out', 'unreachable', 'Fetch hotfixes/a.msu').code).to.equal('E_APPLY_LOST');
  });

  it('says that Ansible has no NTLM in place of OpenSSL’s words', () => {
    const error = after('ntlm: unsupported hash type md4', 'unreachable', 'Gathering Facts');
    expect(error).to.include({ code: 'E_APPLY_NTLM' });
    expect(error.message).to.contain('/usr/bin/python3');
    expect(error.suggestions.join()).to.contain('--auth basic');
  });

  it('says what Ansible said where no task failed', () => {
    const error = applyFailure({ ...about, task: null, lastLines: ["ERROR! couldn't resolve module"] });
    expect(error).to.include({ code: 'E_APPLY_ANSIBLE_FAILED' });
    expect(error.message).to.equal("Installing on fe01:5986 failed: ERROR! couldn't resolve module");
  });

  it('is a full disk where the disk is full', () => {
    const lastLines = ['OSError: [Errno 28] No space left on device'];
    expect(applyFailure({ ...about, task: null, lastLines }).code).to.equal('E_DISK_FULL');
  });
});
