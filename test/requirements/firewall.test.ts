import { expect } from 'chai';
import { describe, it } from 'mocha';
import { firewall } from '../../src/requirements/firewall.js';
import type { RegistryValuesAnswer } from '../../src/requirements/index.js';
import { context, factsOf, refusals, requirementOf, specOf } from './kit.js';

const local =
  'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules';
const policy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\FirewallRules';
const winrm = 'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=5985|App=System|Name=WinRM|';

const listOf = (rules: string[]): RegistryValuesAnswer => ({
  exists: true,
  values: rules.map((data, index) => ({ name: `{${String(index)}}`, data })),
});
const rule = (fields: string): string => `v2.10|Active=TRUE|Dir=In|Protocol=6|Name=Own|${fields}`;
const allow = (fields: string): string => rule(`Action=Allow|${fields}`);
const block = (fields: string): string => rule(`Action=Block|${fields}`);

const base = { name: 'Lync SIP', protocol: 'tcp', ports: [5061], action: 'allow' };
const judge = (more: object, ...rules: string[]) =>
  firewall.judge(
    specOf(firewall, { ...base, ...more }),
    factsOf({ registryValues: { [local]: listOf([winrm, ...rules]), [policy]: { exists: false } } }),
  );
const verdict = (more: object, ...rules: string[]): string => judge(more, ...rules).verdict;
const problems = (more: object): string[] => {
  const resolved = firewall.resolve(firewall.schema.parse({ ...base, ...more }), context.os);
  return resolved.ok ? [] : resolved.problems.map(({ message }) => message);
};

describe('a firewall requirement', () => {
  it('has its ports sorted and merged, and an id after its name', () => {
    const spec = specOf(firewall, {
      ...base,
      name: 'Lync media (AV)',
      ports: [5062, '443', '50000-59999', 5061, '59000-60001', '5063'],
    });
    expect(spec.ports).to.deep.equal(['443', '5061-5063', '50000-60001']);
    expect(firewall.id(spec)).to.equal('firewall/lync-media-av');
    expect(firewall.title(spec)).to.equal(
      'Firewall: inbound TCP 443, 5061-5063, 50000-60001 allowed (Lync media (AV))',
    );
  });

  it('refuses what is no port, address, program or name', () => {
    expect(problems({ ports: [443, 0] })).to.match(/0 is no port/);
    for (const ports of [['65536'], ['10-5'], ['RPC'], ['1-70000'], [-1], ['1-2-3'], ['']])
      expect(problems({ ports }), String(ports)).to.have.length(1);
    expect(
      problems({ remoteIps: ['10.0.0.0/8', 'LocalSubnet', '10.0.0.1-10.0.0.9', '10.0.0.300'] }),
    ).to.match(/10\.0\.0\.300/);
    expect(refusals(firewall, { ...base, name: 'a|b' })).to.match(/named with/);
    expect(refusals(firewall, { ...base, name: 'All' })).to.match(/for itself/);
    expect(refusals(firewall, { ...base, program: '%ProgramFiles%\\x.exe' })).to.match(/full path/);
    expect(firewall.schema.safeParse({ ...base, action: 'block' }).success).to.equal(false);
  });

  it('renders a rule where it opens ports, and nothing where none may be blocked', () => {
    const tasksOf = (more: object) =>
      firewall.tasks([requirementOf(firewall, specOf(firewall, { ...base, ...more }))], context);
    expect(tasksOf({ ports: ['50000-59999', 443] })[0]).to.deep.include({
      module: 'community.windows.win_firewall_rule',
      args: {
        name: 'Lync SIP',
        direction: 'in',
        action: 'allow',
        enabled: true,
        protocol: 'tcp',
        localport: '443,50000-59999',
        profiles: ['domain', 'private', 'public'],
        state: 'present',
      },
    });
    expect(
      tasksOf({
        direction: 'out',
        remoteIps: ['LocalSubnet', '10.0.0.0/8'],
        program: 'C:\\x.exe',
        profiles: ['domain'],
        description: 'why',
      })[0]?.args,
    ).to.deep.include({
      description: 'why',
      direction: 'out',
      remoteport: '5061',
      remoteip: '10.0.0.0/8,LocalSubnet',
      program: 'C:\\x.exe',
      profiles: ['domain'],
    });
    expect(tasksOf({ action: 'unblocked' })).to.deep.equal([]);
  });

  describe('allow', () => {
    it('is met by a rule for the port, for a range around it, for every port or every protocol', () => {
      for (const fields of ['LPort=5061|', 'LPort2_10=5000-6000|', 'LPort=80|LPort=5061|', ''])
        expect(verdict({}, allow(fields)), fields).to.equal('pass');
      expect(verdict({}, 'v2.10|Action=Allow|Active=TRUE|Dir=In|Name=All|')).to.equal('pass');
    });

    it('may be met by several rules together, each port and profile by one', () => {
      const rules = [allow('LPort2_10=1-500|'), allow('LPort2_10=501-600|')];
      expect(verdict({ ports: ['100-600'] }, ...rules)).to.equal('pass');
      expect(judge({ ports: ['100-700'] }, ...rules)).to.include({
        verdict: 'fail',
        actual: '601-700 not allowed (domain); 601-700 not allowed (private); 601-700 not allowed (public)',
      });
      expect(judge({}, allow('LPort=5061|Profile=Domain|Profile=Private|'))).to.include({
        verdict: 'fail',
        actual: '5061 not allowed (public)',
      });
      expect(verdict({ profiles: ['domain'] }, allow('LPort=5061|Profile=Domain|'))).to.equal('pass');
    });

    it('is not met by another port, protocol or direction, nor by a rule that is off', () => {
      expect(verdict({})).to.equal('fail');
      expect(verdict({}, allow('LPort=5062|'))).to.equal('fail');
      expect(verdict({}, allow('LPort=RPC|'))).to.equal('fail');
      expect(verdict({ protocol: 'udp' }, allow('LPort=5061|'))).to.equal('fail');
      expect(verdict({ direction: 'out' }, allow('LPort=5061|'))).to.equal('fail');
      expect(verdict({}, allow('LPort=5061|').replace('TRUE', 'FALSE'))).to.equal('fail');
    });

    it('is not met by a rule for one program, one service, some addresses or other conditions', () => {
      for (const fields of [
        'App=C:\\x.exe|',
        'App=System|',
        'Svc=w3svc|',
        'Svc=*|',
        'RA4=LocalSubnet|',
        'RA6=LocalSubnet|',
        'RA42=IntErnet|',
        'LA4=192.0.2.1|',
        'RPort=1024|',
        'Security=Authenticate|',
        'IFType=Wireless|',
        'Unheard=of|',
      ])
        expect(verdict({}, allow(`LPort=5061|${fields}`)), fields).to.equal('fail');
    });

    it('is met by a rule for the program, or the addresses, that it names', () => {
      expect(verdict({ program: 'C:\\X.EXE' }, allow('LPort=5061|App=c:\\x.exe|'))).to.equal('pass');
      expect(verdict({ program: 'C:\\x.exe' }, allow('LPort=5061|App=C:\\y.exe|'))).to.equal('fail');
      expect(verdict({ program: 'C:\\x.exe' }, allow('LPort=5061|'))).to.equal('pass');
      const some = { remoteIps: ['10.1.0.0/16', 'LocalSubnet'] };
      expect(verdict(some, allow('RA4=10.0.0.0/255.0.0.0|RA4=LocalSubnet|'))).to.equal('pass');
      expect(verdict(some, allow('RA4=10.0.0.0-10.255.255.255|RA4=localsubnet|'))).to.equal('pass');
      expect(verdict(some, allow('RA4=10.0.0.0/255.0.0.0|'))).to.equal('fail');
      expect(verdict(some, allow('RA4=10.1.0.0/255.255.255.0|RA4=LocalSubnet|'))).to.equal('fail');
      expect(verdict(some, allow(''))).to.equal('pass');
    });

    it('is not met where a rule blocks the port, whatever else allows it', () => {
      expect(judge({}, allow('LPort=5061|'), block('LPort=5061|'))).to.include({
        verdict: 'fail',
        actual: 'blocked by the rule "Own"',
      });
    });

    it('says how to open what is closed', () => {
      expect(judge({})).to.have.property(
        'fix',
        'netsh advfirewall firewall add rule name="Lync SIP" dir=in action=allow protocol=tcp localport=5061 profile=domain,private,public',
      );
    });
  });

  describe('unblocked', () => {
    const unblocked = { action: 'unblocked', ports: ['50000-59999'] };

    it('is met where no rule blocks the port: setup opens it', () => {
      expect(judge(unblocked)).to.include({
        verdict: 'pass',
        actual: 'inbound TCP 50000-59999 not blocked',
      });
      expect(verdict(unblocked, block('LPort=80|'))).to.equal('pass');
      expect(verdict(unblocked, block('').replace('TRUE', 'FALSE'))).to.equal('pass');
    });

    it('is not met where one blocks a part of it, or every port', () => {
      for (const fields of ['LPort=50100|', 'LPort2_10=1-50000|', '', 'App=System|', 'Profile=Public|'])
        expect(verdict(unblocked, block(fields)), fields).to.equal('fail');
      expect(verdict(unblocked, 'v2.10|Action=Block|Active=TRUE|Dir=In|Name=All|')).to.equal('fail');
    });

    it('is not touched by a rule for one program or service, or another profile', () => {
      expect(verdict(unblocked, block('App=C:\\game.exe|'))).to.equal('pass');
      expect(verdict(unblocked, block('Svc=w3svc|'))).to.equal('pass');
      expect(verdict({ ...unblocked, profiles: ['domain'] }, block('Profile=Public|'))).to.equal('pass');
      expect(verdict({ ...unblocked, program: 'C:\\x.exe' }, block('App=C:\\x.exe|'))).to.equal('fail');
    });

    it('is unknown where one blocks it for some addresses or by a word', () => {
      for (const fields of ['RA4=192.0.2.7|', 'LPort=RPC|', 'Security=Authenticate|', 'RPort=80|'])
        expect(verdict(unblocked, block(fields)), fields).to.equal('unknown');
    });

    it('weighs addresses where it names some itself', () => {
      const some = { ...unblocked, remoteIps: ['192.0.2.0/24'] };
      expect(verdict(some, block('RA4=192.0.2.7|'))).to.equal('fail');
      expect(verdict(some, block('RA4=198.51.100.0/255.255.255.0|'))).to.equal('pass');
      expect(verdict(some, block('RA4=LocalSubnet|'))).to.equal('unknown');
    });

    it('looks at the ports of the other side for what goes out', () => {
      const out = { ...unblocked, direction: 'out', ports: [80] };
      const outbound = (fields: string): string => block(fields).replace('Dir=In', 'Dir=Out');
      expect(verdict(out, outbound('RPort=80|'))).to.equal('fail');
      expect(verdict(out, outbound('LPort=80|'))).to.equal('unknown');
      expect(verdict(out, outbound('RPort=443|'))).to.equal('pass');
    });
  });

  describe('the lists of rules', () => {
    const spec = specOf(firewall, base);
    const verdictOf = (given: Record<string, RegistryValuesAnswer>): string =>
      firewall.judge(spec, factsOf({ registryValues: given })).verdict;

    it('are those of the machine and of group policy', () => {
      expect(verdictOf({ [local]: listOf([winrm]), [policy]: listOf([allow('LPort=5061|')]) })).to.equal(
        'pass',
      );
      expect(
        verdictOf({ [local]: listOf([allow('LPort=5061|')]), [policy]: listOf([block('LPort=5061|')]) }),
      ).to.equal('fail');
    });

    it('leave the verdict unknown where one was not read, or both are empty', () => {
      expect(verdictOf({ [local]: listOf([allow('LPort=5061|')]) })).to.equal('unknown');
      expect(verdictOf({ [policy]: { exists: false } })).to.equal('unknown');
      expect(verdictOf({ [local]: { exists: false }, [policy]: { exists: false } })).to.equal('unknown');
      expect(verdictOf({ [local]: listOf([]), [policy]: listOf([]) })).to.equal('unknown');
    });

    it('may hold rubbish, which Windows does not read either', () => {
      expect(verdict({}, 'rubbish', '', '|||', allow('LPort=5061|'))).to.equal('pass');
    });
  });
});
