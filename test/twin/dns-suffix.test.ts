import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { makeRig, type Rig } from './rig.js';

const parameters = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';

describe('the primary DNS suffix of the twin', () => {
  let rig: Rig;
  const shown = (): (string | undefined)[] =>
    ['NV Domain', 'Domain'].map((name) => rig.machine.registryValue(parameters, name)?.data as string);
  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.close());

  it('is what was set after the next start, and not before', () => {
    expect(shown()).to.deep.equal(['', '']);
    rig.machine.setRegistryValue(parameters, 'NV Domain', { type: 'string', data: 'lync.example.net' });
    expect(shown()).to.deep.equal(['lync.example.net', '']);
    expect(rig.machine.facts().dnsSuffix).to.equal('');

    rig.machine.restart({ delaySeconds: 0 });
    rig.time.pass(60_000);
    expect(shown()).to.deep.equal(['lync.example.net', 'lync.example.net']);
    expect(rig.machine.facts().dnsSuffix).to.equal('lync.example.net');
  });

  it('of a member is the name of its domain, unless another was set', () => {
    rig.machine.state.computer.domain = 'lync.example.net';
    expect(shown()).to.deep.equal(['lync.example.net', 'lync.example.net']);
    rig.machine.setRegistryValue(parameters, 'NV Domain', { type: 'string', data: 'other.example.net' });
    expect(shown()).to.deep.equal(['other.example.net', 'lync.example.net']);
  });
});
