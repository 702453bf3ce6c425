import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { freshState } from '../../src/twin/fresh-state.js';
import { sealState } from '../../src/twin/seal.js';
import type { MachineState } from '../../src/twin/state.js';

const now = new Date('2026-03-01T09:00:00Z');
const layer = (): MachineState => freshState({ os: '2012r2', now: new Date('2026-03-01T08:00:00Z') });

describe('sealing', () => {
  it('takes tasks, users’ files and journal away and keeps what was installed', () => {
    const state = layer();
    state.features['Telnet-Client'] = 'Installed';
    state.tasks['\\other'] = { name: '\\Other', run: 'x', trigger: 'demand' };
    const file = { base64: '', modifiedAt: now.toISOString() };
    state.files = {
      'c:\\tools\\x.txt': { ...file, path: 'C:\\tools\\x.txt' },
      'c:\\users\\administrator\\appdata\\local\\temp\\y': { ...file, path: 'C:\\Users\\…' },
    };
    const before = structuredClone(state);
    const sealed = sealState(state, now);

    expect(sealed.access).to.equal('sealed');
    expect(Object.keys(sealed.tasks)).to.deep.equal(['\\other']);
    expect(Object.keys(sealed.files)).to.deep.equal(['c:\\tools\\x.txt']);
    expect(sealed.features).to.deep.equal({ 'Telnet-Client': 'Installed' });
    expect(sealed.rehearsal).to.equal(true);
    expect(sealed.journal).to.have.length(1);
    expect(state).to.deep.equal(before);
  });

  const refusals: [string, (state: MachineState) => void][] = [
    ['sealed already', (state) => void (state.access = 'sealed')],
    ['un-key task never ran', (state) => void (state.access = 'keyed')],
    ['restart is pending', (state) => void state.pendingReboot.push('servicing')],
  ];
  for (const [reason, change] of refusals)
    it(`is refused: ${reason}`, () => {
      const state = layer();
      change(state);
      expect(() => sealState(state, now))
        .to.throw(LyncimgError, reason)
        .with.property('code', 'E_TWIN_SEAL');
    });
});
