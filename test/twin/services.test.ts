import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { makeRig, type Rig } from './rig.js';

describe('services of the twin', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.close());

  it('are found in any case and listed by name', () => {
    const names = rig.machine.services().map(({ name }) => name.toLowerCase());
    expect(rig.machine.service('winrm')).to.include({ name: 'WinRM', startMode: 'auto', state: 'running' });
    expect(names).to.deep.equal([...names].sort());
    expect(new Set(names).size).to.equal(names.length);
  });

  it('change mode and state, and say whether they did', () => {
    const change = { startMode: 'disabled', state: 'stopped' } as const;

    expect(rig.machine.changeService('spooler', change, true)).to.include({ ok: true, changed: true });
    expect(rig.machine.service('Spooler')?.state).to.equal('running');
    expect(rig.machine.changeService('spooler', change, false)).to.include({ ok: true, changed: true });
    expect(rig.machine.changeService('spooler', change, false)).to.include({ ok: true, changed: false });
    expect(rig.machine.service('Spooler')).to.include(change);
  });

  // ERROR_SERVICE_DISABLED 1058, ERROR_SERVICE_DOES_NOT_EXIST 1060 (high)
  it('do not start while disabled, and must exist', () => {
    const disabled = rig.machine.changeService('NetTcpPortSharing', { state: 'running' }, false);
    const unknown = rig.machine.changeService('nope', { state: 'running' }, false);

    expect(disabled).to.include({ ok: false, reason: 'disabled' });
    expect(unknown).to.include({ ok: false, reason: 'unknown' });
  });

  it('are after a restart as their start mode says', () => {
    rig.machine.changeService('Spooler', { state: 'stopped' }, false);
    rig.machine.changeService('Themes', { startMode: 'disabled' }, false);
    rig.machine.changeService('RemoteRegistry', { state: 'running' }, false);
    rig.restart();

    expect(rig.machine.service('Spooler')?.state).to.equal('running');
    expect(rig.machine.service('Themes')?.state).to.equal('stopped');
    // automatic by trigger only
    expect(rig.machine.service('RemoteRegistry')?.state).to.equal('stopped');
  });
});
