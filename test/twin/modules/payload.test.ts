import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readPayload } from '../../../src/twin/modules/payload.js';

function stdin(payload: unknown, between = '\0\0\0\0'): Buffer {
  return Buffer.from(`begin { the exec wrapper }${between}${JSON.stringify(payload)}`);
}

const win_ping = {
  module_args: {
    data: 'käse',
    _ansible_module_name: 'ansible.windows.win_ping',
    _ansible_check_mode: true,
    _ansible_diff: false,
  },
  actions: ['module_powershell_wrapper'],
  environment: { LANG: 'de' },
  min_ps_version: '3.0',
  min_os_version: null,
};

describe('the payload of a module', () => {
  it('is the JSON behind the four NULs', () => {
    expect(readPayload(stdin(win_ping))).to.deep.equal({
      moduleName: 'ansible.windows.win_ping',
      arguments: { data: 'käse' },
      checkMode: true,
      diffMode: false,
      actions: ['module_powershell_wrapper'],
      environment: { LANG: 'de' },
      minPowershell: '3.0',
      minOs: null,
    });
  });

  it('keeps arguments that only look internal', () => {
    const payload = readPayload(stdin({ module_args: { _copy_mode: 'query', _ansible_tmpdir: null } }));

    expect(payload?.arguments).to.deep.equal({ _copy_mode: 'query' });
  });

  for (const [what, bytes] of [
    ['without the NULs', stdin(win_ping, '')],
    ['with text behind the NULs', Buffer.from('wrapper\0\0\0\0not JSON')],
    ['with a list for a payload', stdin([1])],
    ['without arguments', stdin({ actions: [] })],
    ['empty', Buffer.alloc(0)],
  ] as const) {
    it(`is none ${what}`, () => {
      expect(readPayload(bytes)).to.equal(undefined);
    });
  }
});
