import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkTools } from '../../src/doctor/check-tools.js';
import type { InspectedTools } from '../../src/doctor/index.js';
import { fail } from '../../src/errors/index.js';
import { inShort, os2008r2, os2012r2, toolOf } from './kit.js';

const packer = toolOf();
const ansible = toolOf({
  name: 'ansible-playbook',
  path: '/usr/bin/ansible-playbook',
  version: '2.14.18',
  python: '/usr/bin/python3',
});

function inspectedOf(changes: Partial<InspectedTools> = {}): InspectedTools {
  return {
    packer,
    ansible,
    problems: [],
    warnings: [],
    forPlan: { packer: '1.6', ansible: '2.14' },
    ...changes,
  };
}

const noPacker = fail('E_TOOL_MISSING', { tool: 'packer', install: 'apt-get install packer' });
const noPywinrm = fail('E_TOOL_PYWINRM', {
  ansible: '/usr/bin/ansible-playbook',
  python: '/usr/bin/python3',
  why: 'ModuleNotFoundError',
  install: 'apt-get install python3-winrm',
});

describe('Packer and Ansible', () => {
  it('are told with their version, their place and the Windows that they serve', () => {
    const [first, second] = checkTools(inspectedOf(), [os2008r2, os2012r2]);

    expect(first).to.include({ level: 'ok', what: 'Packer 1.6.6 is /usr/bin/packer.' });
    expect(second?.what).to.contain('ansible-core 2.14.18').and.contain('/usr/bin/python3');
    expect(second?.detail)
      .to.contain('Windows Server 2008 R2 (PowerShell 2.0; first boot brings it to 3.0)')
      .and.contain('Windows Server 2012 R2 (PowerShell 4.0)')
      .and.contain('pywinrm');
  });

  it('that are missing are each told by their own problem', () => {
    expect(
      inShort(checkTools(inspectedOf({ packer: null, problems: [noPacker] }), [os2012r2])),
    ).to.deep.equal(['packer problem', 'ansible ok']);
    const noAnsible = checkTools(inspectedOf({ ansible: null, problems: [noPywinrm] }), [os2012r2]);
    expect(inShort(noAnsible)).to.deep.equal(['packer ok', 'ansible problem']);
    expect(noAnsible[1]?.fix).to.deep.equal(['apt-get install python3-winrm']);
    const neither = inspectedOf({ packer: null, ansible: null, problems: [noPacker, noPywinrm] });
    expect(checkTools(neither, [os2012r2]).map(({ fix }) => fix)).to.deep.equal([
      ['apt-get install packer'],
      ['apt-get install python3-winrm'],
    ]);
  });

  it('outside the range that serves these systems are a warning with the way back into it', () => {
    const warnings = [
      { code: 'ansible-untested' as const, message: 'ansible-core 2.17.0 is outside 2.11 to 2.15.' },
    ];
    const newer = { ...ansible, version: '2.17.0', warnings };

    const finding = checkTools(inspectedOf({ ansible: newer }), [os2012r2])[1];

    expect(finding).to.include({ check: 'ansible', level: 'warning' });
    expect(finding?.detail).to.contain('outside 2.11 to 2.15').and.contain('Windows Server 2012 R2');
    expect(finding?.fix.join('\n')).to.contain('ansible==8.*').and.contain('export PATH=');
  });

  it('whose Python is not known are unknown, not well', () => {
    const warnings = [
      { code: 'pywinrm-unchecked' as const, message: 'Which Python it runs on is not known.' },
    ];

    const finding = checkTools(inspectedOf({ ansible: { ...ansible, python: null, warnings } }), [
      os2012r2,
    ])[1];

    expect(finding).to.include({ check: 'ansible', level: 'unknown' });
  });

  it('of an old Packer are a warning', () => {
    const warnings = [{ code: 'packer-untested' as const, message: 'Packer 1.5.6 is older than 1.6.6.' }];

    const [finding] = checkTools(inspectedOf({ packer: { ...packer, version: '1.5.6', warnings } }), [
      os2012r2,
    ]);

    expect(finding).to.include({ check: 'packer', level: 'warning' });
    expect(finding?.fix.join()).to.contain('LYNCIMG_PACKER');
  });

  it('say what was passed over on the way to them', () => {
    const passedOver = [
      { path: '/usr/sbin/packer', why: 'its answer to --version is not that of HashiCorp Packer.' },
    ];

    const [finding] = checkTools(inspectedOf({ packer: { ...packer, passedOver } }), [os2012r2]);

    expect(finding).to.include({ level: 'ok' });
    expect(finding?.detail).to.contain('/usr/sbin/packer');
  });
});
