import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import type { FirewallRule } from '../../../src/twin/state.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule } from './call-module.js';

describe('win_firewall_rule', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const ask = async (args: JsonObject, check = false): Promise<JsonObject> =>
    (await callModule(machine, 'community.windows.win_firewall_rule', args, { check })).result;
  const rule = (name = 'Lync SIP'): FirewallRule | undefined =>
    machine.firewallRules().find((each) => each.name === name);
  const sip = {
    name: 'Lync SIP',
    direction: 'in',
    action: 'allow',
    protocol: 'tcp',
    localport: '5061,5062',
    remoteip: '10.0.0.0/8,localsubnet',
    profiles: ['domain', 'private'],
    program: '%SystemRoot%\\x.exe',
    state: 'present',
  };

  it('makes a rule once, enabled unless it is told otherwise', async () => {
    expect(await ask(sip)).to.deep.equal({ changed: true, msg: "Firewall rule 'Lync SIP' created." });
    expect(rule()).to.deep.include({
      enabled: true,
      protocol: 6,
      localPorts: ['5061', '5062'],
      remoteAddresses: ['10.0.0.0/255.0.0.0', 'LocalSubnet'],
      profiles: ['domain', 'private'],
      program: 'C:\\Windows\\x.exe',
    });
    expect(await ask(sip)).to.deep.equal({
      changed: false,
      msg: "Firewall rule(s) changed '' - unchanged 'Lync SIP'",
    });
  });

  it('changes only what the task names, and only where it differs', async () => {
    await ask(sip);
    const same = { name: 'lync sip', remoteip: 'LocalSubnet,10.0.0.0/255.0.0.0', profile: 'private,domain' };
    expect(await ask(same)).to.include({ changed: false });

    expect(
      await ask({ name: 'Lync SIP', protocol: 'TCP', localport: '5062,5061', enable: 'no' }),
    ).to.deep.equal({
      changed: true,
      msg: "Firewall rule(s) changed 'Lync SIP' - unchanged ''",
    });
    expect(rule()).to.deep.include({ localPorts: ['5062', '5061'], enabled: false, protocol: 6 });
  });

  it('changes nothing in check mode', async () => {
    expect(await ask(sip, true)).to.include({ changed: true });
    expect(rule()).to.equal(undefined);
    await ask(sip);
    expect(await ask({ ...sip, localport: 1 }, true)).to.include({ changed: true });
    expect(await ask({ name: 'Lync SIP', state: 'absent' }, true)).to.include({ changed: true });
    expect(rule()?.localPorts).to.deep.equal(['5061', '5062']);
  });

  it('removes all rules of a name, and says when there is none', async () => {
    await ask(sip);
    machine.addFirewallRule({ ...rule()! });
    const absent = { name: 'Lync SIP', state: 'absent' };

    expect(await ask(absent)).to.deep.equal({
      changed: true,
      msg: "Firewall rule(s) 'Lync SIP', 'Lync SIP' removed.",
    });
    expect(await ask(absent)).to.deep.equal({
      changed: false,
      msg: "Firewall rule 'Lync SIP' does not exist.",
    });
  });

  it('works on all rules of a group', async () => {
    const group = '@FirewallAPI.dll,-30267';

    expect(await ask({ group, enabled: false })).to.include({ changed: true });
    expect(machine.firewallRules().filter((each) => each.group === group)).to.satisfy(
      (rules: FirewallRule[]) => rules.length === 2 && rules.every(({ enabled }) => !enabled),
    );
    expect(await ask({ group: 'None', enabled: false })).to.deep.equal({ changed: false });
    expect(await ask({ group: 'None', state: 'absent' })).to.deep.equal({
      changed: false,
      msg: "No firewall rules in group 'None' exist.",
    });
  });

  it('refuses in the words of the module', async () => {
    for (const [more, message] of [
      [{ name: '' }, 'Either name or group must be specified'],
      [{ action: 'deny' }, 'Get-AnsibleParam: Argument action needs to be one of allow,block but was deny.'],
      [{ protocol: 'sctp' }, "Unknown protocol 'sctp'."],
      [{ protocol: null }, 'Value does not fall within the expected range.'],
      [{ localport: 'http' }, 'Value does not fall within the expected range.'],
      [{ remoteip: 'example.net' }, 'Value does not fall within the expected range.'],
      [{ profiles: ['work'] }, "Unknown profile 'work'."],
      [{ interfacetypes: ['dialup'] }, "Unknown interface type 'dialup'."],
      [{ interfacetypes: ['lan'] }, 'the twin does not model interfacetypes of a firewall rule'],
      [{ edge: 'yes' }, 'the twin does not model edge of a firewall rule'],
      [{ security: 'authenc' }, 'the twin does not model security of a firewall rule'],
      [{ icmp_type_code: ['8:*'] }, 'the twin does not model icmp_type_code of a firewall rule'],
    ] as const)
      expect(await ask({ ...sip, ...more }), JSON.stringify(more)).to.include({ failed: true, msg: message });
    expect(rule()).to.equal(undefined);
  });

  it('sets ports before the protocol, so that a rule for any protocol cannot be narrowed to a port', async () => {
    await ask({ name: 'Wide', description: 'old' });

    const narrowed = await ask({ name: 'Wide', description: 'new', protocol: 'tcp', localport: 80 });

    expect(narrowed).to.include({ failed: true, msg: 'Value does not fall within the expected range.' });
    expect(rule('Wide')).to.deep.include({ description: 'new', protocol: null, localPorts: [] });
  });

  it('knows protocols by number and ICMP by name', async () => {
    await ask({ name: 'Ping', protocol: 'icmpv4-in' });
    await ask({ name: 'Gre', protocol: 47 });
    await ask({ name: 'Any', protocol: '256', interfacetypes: ['any'], edge: 'no', security: 'notrequired' });
    expect(['Ping', 'Gre', 'Any'].map((name) => rule(name)?.protocol)).to.deep.equal([1, 47, null]);
  });
});
