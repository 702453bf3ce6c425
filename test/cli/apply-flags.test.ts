import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readOneMachine } from '../../src/cli/index.js';
import type { LyncimgError } from '../../src/errors/index.js';

type Given = Parameters<typeof readOneMachine>[0];

const one: Given = {
  ...{ host: ['fe01'], role: ['front-end'], scheme: 'https', auth: 'ntlm' },
  ...{ fingerprint: undefined, 'serve-address': undefined },
};
const refusal = (change: Partial<Given>): LyncimgError => {
  try {
    readOneMachine({ ...one, ...change });
  } catch (error) {
    return error as LyncimgError;
  }
  throw new Error('it was taken');
};

describe('the flags of apply', () => {
  it('name one machine and one role, which may be two roles on one machine', () => {
    expect(readOneMachine(one)).to.deep.equal({ host: 'fe01', role: 'front-end', serveAt: null });
    expect(readOneMachine({ ...one, role: ['a,b'] })).to.include({ role: 'a,b' });
  });

  it('name no several machines, and say how to change them all', () => {
    const error = refusal({ host: ['fe01', 'fe02'] });
    expect(error).to.include({ code: 'E_USAGE', exitCode: 2 });
    expect(error.message).to.contain('one machine at a time');
    expect(error.suggestions.join()).to.match(/for host in/);
  });

  it('name no several roles, and say how to have both on one machine', () => {
    expect(refusal({ role: ['a', 'b'] }).suggestions.join()).to.contain('--role a,b');
  });

  it('pin no certificate, which Ansible could not', () => {
    const error = refusal({ fingerprint: ['ab'.repeat(20)] });
    expect(error).to.include({ code: 'E_USAGE' });
    expect(error.suggestions.join()).to.contain('--ca-file');
  });

  it('send no password in clear', () => {
    expect(refusal({ scheme: 'http', auth: 'basic' })).to.include({ code: 'E_USAGE' });
  });

  for (const [text, address, port] of [
    ['10.1.1.5', '10.1.1.5', 0],
    ['10.1.1.5:8080', '10.1.1.5', 8080],
    ['[fd00::5]', 'fd00::5', 0],
    ['[fd00::5]:8080', 'fd00::5', 8080],
  ] as const) {
    it(`serve at ${text}`, () => {
      expect(readOneMachine({ ...one, 'serve-address': text }).serveAt).to.deep.equal({ address, port });
    });
  }

  it('serve at an address, not at a name', () => {
    expect(refusal({ 'serve-address': 'buildhost' })).to.include({ code: 'E_USAGE' });
    expect(refusal({ 'serve-address': '10.1.1.5:99999' })).to.include({ code: 'E_HOST_ADDRESS' });
  });
});
