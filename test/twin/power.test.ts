import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { stateAtRest } from '../../src/twin/keys.js';
import { makeRig, type Rig } from './rig.js';

describe('power of the twin', () => {
  let rig: Rig;
  let heard: string[];
  beforeEach(async () => {
    rig = await makeRig((state) => {
      state.access = 'keyed';
    });
    heard = [];
    rig.machine.events.on('restart-started', () => heard.push('restart-started'));
    rig.machine.events.on('booted', () => heard.push('booted'));
    rig.machine.events.on('unkeyed', () => heard.push('unkeyed'));
    rig.machine.events.on('off', ({ by }) => heard.push(`off by ${by}`));
  });
  afterEach(() => rig.close());

  it('restarts after the delay, with another boot time', () => {
    const before = rig.machine.facts().bootedAt.getTime();
    expect(rig.machine.restart({ delaySeconds: 2 })).to.deep.equal({ ok: true });

    rig.time.pass(1999);
    expect(heard).to.deep.equal([]);
    rig.time.pass(1);
    expect(heard).to.deep.equal(['restart-started']);
    rig.time.pass(1000);
    expect(heard).to.deep.equal(['restart-started', 'booted']);
    expect(rig.machine.facts().bootedAt.getTime()).to.equal(before + 3000);
    expect(rig.machine.state.power.boots).to.equal(2);
  });

  // shutdown.exe: 1190 and 1116 (high)
  it('takes one announcement at a time, which can be taken back', () => {
    rig.machine.restart({ delaySeconds: 60 });
    expect(rig.machine.shutdown({ delaySeconds: 1 })).to.deep.include({ ok: false });
    expect(rig.machine.abortShutdown()).to.deep.equal({ ok: true });
    const again = rig.machine.abortShutdown();
    expect(again.ok ? 0 : again.error.code).to.equal(1116);
    rig.time.pass(120_000);
    expect(heard).to.deep.equal([]);
  });

  it('clears a pending restart by a restart and by nothing else', async () => {
    await rig.install(['Server-Media-Foundation']);
    rig.time.pass(3_600_000);
    expect(rig.machine.isRebootPending()).to.equal(true);
    rig.restart();
    expect(rig.machine.isRebootPending()).to.equal(false);
    expect(rig.state('Server-Media-Foundation')).to.equal('Installed');
  });

  // Ansible's win_reboot deletes the key before and waits for it after (high)
  it('brings AutoLogonChecked back at each boot', () => {
    const key = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\AutoLogonChecked';
    expect(rig.machine.deleteRegistryKey(key)).to.equal(true);
    expect(rig.machine.registryKeyExists(key)).to.equal(false);
    rig.restart();
    expect(rig.machine.registryKeyExists(key)).to.equal(true);
  });

  it('is switched off by the guest or by the host, once', () => {
    rig.machine.shutdown({ delaySeconds: 5 });
    rig.time.pass(5000);
    rig.machine.switchOff();

    expect(heard).to.deep.equal(['off by guest']);
    expect(rig.machine.state.power).to.include({ on: false, offBy: 'guest' });
    expect(rig.time.waiting).to.equal(0);
  });

  describe('un-key task', () => {
    it('returns at once; later it removes the key, journals it and powers off', () => {
      expect(rig.machine.runTask('\\LYNCIMG\\unkey')).to.deep.equal({ ok: true });
      expect(heard).to.deep.equal([]);
      expect(rig.machine.state.access).to.equal('keyed');

      rig.time.pass(2000);
      expect(heard).to.deep.equal(['unkeyed', 'off by guest']);
      expect(rig.machine.state.access).to.equal('unkeyed');
      expect(rig.machine.state.journal.map(({ text }) => text).join('\n')).to.contain('password scrambled');
    });

    it('that is started twice runs once', () => {
      rig.machine.runTask('lyncimg\\unkey');
      rig.machine.runTask('lyncimg\\unkey');
      rig.time.pass(10_000);
      expect(heard).to.deep.equal(['unkeyed', 'off by guest']);
    });

    it('is not there for a name that nobody made', () => {
      expect(rig.machine.runTask('\\lyncimg\\other').ok).to.equal(false);
      rig.machine.createTask({ name: '\\Other', run: 'cmd /c exit', trigger: 'demand' });
      expect(rig.machine.runTask('other').ok).to.equal(true);
      expect(rig.machine.deleteTask('OTHER').ok).to.equal(true);
      expect(rig.machine.runTask('other').ok).to.equal(false);
    });
  });

  describe('state at rest', () => {
    it('is un-keyed when the host pulls the plug', () => {
      rig.machine.switchOff();
      expect(stateAtRest(rig.machine.state)).to.deep.include({ access: 'unkeyed' });
    });

    it('says when the guest went off with its key', () => {
      rig.machine.shutdown({ delaySeconds: 0 });
      rig.time.pass(0);
      expect(stateAtRest(rig.machine.state)).to.deep.include({ access: 'keyed' });
    });

    it('of a machine without boot task is sealed again', () => {
      rig.machine.deleteTask('\\lyncimg\\boot');
      rig.machine.switchOff();
      expect(stateAtRest(rig.machine.state)).to.deep.include({ access: 'sealed' });
    });
  });
});
