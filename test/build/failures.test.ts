import { expect } from 'chai';
import { describe, it } from 'mocha';
import { recogniseFailure } from '../../src/build/failures.js';
import { formatError } from '../../src/errors/index.js';

function afterTask(message: string, status: 'failed' | 'unreachable' = 'failed') {
  return recogniseFailure({
    layer: 'lync-web',
    task: { name: 'Install features', status, message },
    lastLines: ['==> null.twin: noise'],
    log: '/runs/1/packer.log',
    folder: '/runs/1',
  });
}

describe('a failed task of Ansible', () => {
  const cases: [string, string, number][] = [
    [
      'Failed to add Windows Feature: the source files could not be found. 0x800F081F',
      'E_BUILD_PAYLOAD_MISSING',
      3,
    ],
    ['the twin does not model win_updates', 'E_BUILD_NOT_MODELLED', 3],
    ['the update is not applicable to this computer (0x80240017)', 'E_BUILD_HOTFIX_NOT_APPLICABLE', 3],
    ['hotfix package is not applicable for this server', 'E_BUILD_HOTFIX_NOT_APPLICABLE', 3],
    ['the option --force is not applicable here', 'E_BUILD_TASK_FAILED', 3],
    ['a reboot is pending: servicing', 'E_BUILD_REBOOT_PENDING', 3],
    [
      'The operation cannot be completed, because the server that you specified requires a restart.',
      'E_BUILD_REBOOT_PENDING',
      3,
    ],
    ['could not ask whether a restart is pending: access denied', 'E_BUILD_TASK_FAILED', 3],
    ['basic: the specified credentials were rejected by the server', 'E_BUILD_CREDENTIALS', 3],
    ['[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed', 'E_BUILD_CERTIFICATE', 3],
    ['something that nobody foresaw', 'E_BUILD_TASK_FAILED', 3],
  ];
  for (const [message, code, exit] of cases) {
    it(`"${message}" is ${code}`, () => {
      const error = afterTask(message);
      expect(error.code).to.equal(code);
      expect(error.exitCode).to.equal(exit);
    });
  }

  it('names task, message, layer and log, and is no dump', () => {
    const text = formatError(afterTask(`Not enough disk space\n${'trace line\n'.repeat(500)}`));
    expect(text).to.include('"Install features"');
    expect(text).to.include('Not enough disk space');
    expect(text).to.include('lync-web');
    expect(text).to.include('/runs/1/packer.log');
    expect(text.split('\n').length).to.be.lessThan(10);
  });

  it('that lost the guest is told as unreachable', () => {
    expect(afterTask('Connection refused', 'unreachable').code).to.equal('E_BUILD_UNREACHABLE');
  });

  it('is judged by its own message, not by words elsewhere in the log', () => {
    const error = recogniseFailure({
      layer: 'l',
      task: { name: 'Set a value', status: 'failed', message: 'access denied' },
      lastLines: ['TASK [Explain 0x800F081F and Timeout waiting for WinRM]'],
      log: 'x',
      folder: '/',
    });
    expect(error.code).to.equal('E_BUILD_TASK_FAILED');
  });
});

describe('a failure of Packer without a failed task', () => {
  function afterLines(...lastLines: string[]) {
    return recogniseFailure({ layer: 'windows-base', task: null, lastLines, log: '/l', folder: '/runs/1' });
  }

  it('knows the time limit for WinRM', () => {
    expect(afterLines('==> null.twin: Timeout waiting for WinRM.').code).to.equal('E_BUILD_PACKER_TIMEOUT');
  });

  it("gives Packer's last telling lines", () => {
    const error = afterLines(
      'Error: Unset variable "host"',
      "==> Some builds didn't complete successfully and had errors:",
      '==> Builds finished but no artifacts were created.',
    );
    expect(error.code).to.equal('E_BUILD_PACKER_FAILED');
    expect(error.message).to.include('Unset variable "host"').and.not.include('Builds finished');
  });

  it("does not take the playbook's own titles for what Windows said", () => {
    const error = afterLines(
      '    windows-base.null.guest: TASK [Ask whether a restart is still pending] ***********',
      '    windows-base.null.guest: RUNNING HANDLER [A restart is pending] ******************',
      '    windows-base.null.guest: PLAY [The package is not applicable] *******************',
      '    windows-base.null.guest: guest                      : ok=17   changed=9    unreachable=0    failed=0',
      "Build 'windows-base.null.guest' errored after 9 minutes: exit status 137",
    );
    expect(error.code).to.equal('E_BUILD_PACKER_FAILED');
    expect(error.message).to.include('exit status 137').and.not.include('TASK').and.not.include('ok=17');
  });

  it('reads on in what stands between the titles', () => {
    const error = afterLines(
      '    windows-base.null.guest: TASK [Install] ***********',
      '    windows-base.null.guest: fatal: [guest]: FAILED! => a restart is pending',
    );
    expect(error.code).to.equal('E_BUILD_REBOOT_PENDING');
  });

  it('tells a full disk from everything else that it breaks', () => {
    const error = afterLines('fatal: [guest]: FAILED! =>', 'OSError: [Errno 28] No space left on device');
    expect(error.code).to.equal('E_DISK_FULL');
    expect(error.message).to.include('/runs/1');
  });

  it('says so when there was no word at all', () => {
    expect(afterLines().message).to.include('it gave no reason');
  });
});
