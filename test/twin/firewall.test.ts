import { expect } from 'chai';
import { describe, it } from 'mocha';
import { invokeStdRegProv } from '../../src/twin/cim/std-reg-prov.js';
import type { ModelledMachine } from '../../src/twin/machine-model.js';
import type { NewFirewallRule } from '../../src/twin/outcomes.js';
import { modelledMachine } from '../helpers/modelled-machine.js';

const policy = 'SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const sip: NewFirewallRule = {
  name: 'Lync SIP',
  group: '',
  description: 'Front End',
  direction: 'in',
  action: 'allow',
  enabled: true,
  protocol: 6,
  localPorts: ['5061', '49152-57500', '5062'],
  remotePorts: [],
  localAddresses: [],
  remoteAddresses: ['10.0.0.0/255.0.0.0', 'LocalSubnet', 'fe80::/64'],
  program: 'C:\\Lync\\RTCSrv.exe',
  service: 'RTCSRV',
  profiles: ['domain', 'private'],
};

describe('the firewall of the twin', () => {
  const ask = (
    machine: ModelledMachine,
    method: string,
    key: string,
    name?: string,
  ): Record<string, unknown> =>
    invokeStdRegProv(machine, method, {
      hDefKey: '2147483650',
      sSubKeyName: `${policy}\\${key}`,
      ...(name !== undefined && { sValueName: name }),
    });
  const rulesOf = (machine: ModelledMachine): string[] =>
    (ask(machine, 'EnumValues', 'FirewallRules')['sNames'] as string[]).map(
      (name) => ask(machine, 'GetStringValue', 'FirewallRules', name)['sValue'] as string,
    );

  it('shows each rule as one text of the registry, with the version of its Windows', async () => {
    for (const [os, version] of [
      ['2008r2', 'v2.10'],
      ['2012', 'v2.20'],
      ['2012r2', 'v2.22'],
    ] as const) {
      const machine = await modelledMachine({ os });
      expect(machine.addFirewallRule(sip)).to.deep.equal({ ok: true });

      expect(rulesOf(machine).at(-1)).to.equal(
        `${version}|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|Profile=Private|LPort=5061|LPort=5062|` +
          'LPort2_10=49152-57500|RA4=10.0.0.0/255.0.0.0|RA4=LocalSubnet|RA6=LocalSubnet|RA6=fe80::/64|' +
          'App=C:\\Lync\\RTCSrv.exe|Svc=RTCSRV|Name=Lync SIP|Desc=Front End|',
      );
    }
  });

  it('leaves out what a rule does not say', async () => {
    const machine = await modelledMachine();
    machine.addFirewallRule({
      ...sip,
      ...{ action: 'block', direction: 'out', enabled: false, protocol: null, description: '' },
      ...{ localPorts: [], remoteAddresses: [], program: '', service: '', group: 'Lync' },
      profiles: ['domain', 'private', 'public'],
    });

    expect(rulesOf(machine).at(-1)).to.equal(
      'v2.22|Action=Block|Active=FALSE|Dir=Out|Name=Lync SIP|EmbedCtxt=Lync|',
    );
  });

  it('names a rule by a GUID that the same bake makes again, and no two alike', async () => {
    const ids = async (): Promise<string[]> => {
      const machine = await modelledMachine();
      machine.addFirewallRule(sip);
      machine.addFirewallRule(sip);
      return machine.firewallRules().map(({ id }) => id);
    };

    const first = await ids();
    expect(first.at(-1)).to.match(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/);
    expect(new Set(first).size).to.equal(first.length);
    expect(await ids()).to.deep.equal(first);
  });

  it('has a few rules of Windows, whose texts point to a library', async () => {
    const machine = await modelledMachine();

    const text = ask(machine, 'GetStringValue', 'FirewallRules', 'WINRM-HTTP-In-TCP-PUBLIC')['sValue'];
    expect(text).to.equal(
      'v2.22|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Public|LPort=5985|RA4=LocalSubnet|RA6=LocalSubnet|' +
        'App=System|Name=@FirewallAPI.dll,-30253|Desc=@FirewallAPI.dll,-30256|EmbedCtxt=@FirewallAPI.dll,-30267|',
    );
    expect(machine.firewallRules().find(({ id }) => id === 'WINRM-HTTP-In-TCP-PUBLIC')?.name).to.equal(
      'Windows Remote Management (HTTP-In)',
    );
  });

  it('is on in every profile, until somebody switches it off', async () => {
    const machine = await modelledMachine();
    const profile = (name: string): Record<string, unknown> =>
      ask(machine, 'GetDWORDValue', `${name}Profile`, 'EnableFirewall');
    for (const name of ['Domain', 'Standard', 'Public'])
      expect(profile(name), name).to.deep.equal({ ReturnValue: 0, uValue: 1 });

    machine.setRegistryValue(`HKLM\\${policy}\\PublicProfile`, 'EnableFirewall', {
      type: 'dword',
      data: '0',
    });
    expect(profile('Public')).to.deep.equal({ ReturnValue: 0, uValue: 0 });
  });

  it('takes ports with TCP and UDP alone, and no bar in a text', async () => {
    const machine = await modelledMachine();
    for (const change of [{ protocol: null }, { protocol: 1 }, { name: 'a|b' }, { description: 'a|b' }]) {
      const outcome = machine.addFirewallRule({ ...sip, ...change });
      expect(outcome.ok, JSON.stringify(change)).to.equal(false);
    }
    machine.addFirewallRule({ ...sip, protocol: null, localPorts: [] });
    const id = machine.firewallRules().at(-1)?.id ?? '';
    expect(machine.changeFirewallRule(id, { localPorts: ['1'] })).to.have.property('ok', false);
  });
});
