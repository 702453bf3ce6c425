import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { thumbprintOf } from '../../src/twin/certificate-stores.js';
import { deployed, parseDeployment } from '../../src/twin/deploy.js';
import { freshCertificates } from '../../src/twin/made-up-roots.js';
import { parseState } from '../../src/twin/state-file.js';
import type { MachineState } from '../../src/twin/state.js';
import { makeRig, type Rig } from './rig.js';

const der = Buffer.from(freshCertificates()[0]?.base64 ?? '', 'base64');
const pem = ['-----BEGIN CERTIFICATE-----', der.toString('base64'), '-----END CERTIFICATE-----'];

describe('a machine that is other than its image', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig((state) => {
      state.hotfixes = [{ kb: 'KB2919442', installedOn: state.installedAt, state: 'installed' }];
      state.packages = {
        agent: {
          ...{ key: 'Agent', view: '64', displayName: 'Monitoring Agent', displayVersion: '1.0' },
          ...{ publisher: 'Example', msi: false },
        },
      };
    });
  });
  afterEach(() => rig.close());

  const arrange = (text: string): void => {
    rig.machine.arrange(parseDeployment(text, 'machine.yaml'));
  };
  const value = (path: string, name: string): unknown => rig.machine.registryValue(path, name)?.data;

  it('has features and services in any state, those too that Windows would not leave so', () => {
    arrange(`
features: {telnet-client: Installed, NET-Framework-45-Core: Removed, Web-Server: InstallPending}
services:
  W32Time: {startMode: disabled, state: running}
  winrm: {startMode: manual}
`);

    expect(
      ['Telnet-Client', 'NET-Framework-45-Core', 'Web-Server'].map((name) => rig.state(name)),
    ).to.deep.equal(['Installed', 'Removed', 'InstallPending']);
    expect(rig.machine.service('W32Time')).to.include({ startMode: 'disabled', state: 'running' });
    expect(rig.machine.service('WinRM')).to.include({ startMode: 'manual', state: 'running' });
  });

  it('lacks hotfixes and programs, and waits for a restart', () => {
    arrange('removeHotfixes: [kb2919442]\nremovePackages: [monitoring agent]\npendingReboot: true\n');

    expect(rig.machine.state.hotfixes).to.deep.equal([]);
    expect(rig.machine.state.packages).to.deep.equal({});
    expect(rig.machine.isRebootPending()).to.equal(true);
  });

  it('has other certificates', () => {
    const [, second] = freshCertificates().map(({ base64 }) => thumbprintOf(Buffer.from(base64, 'base64')));
    arrange(
      JSON.stringify({
        removeCertificates: [second?.replace(/(..)/g, '$1 ')],
        certificates: [
          { store: 'my', pem: pem.join('\n') },
          { store: 'root', place: 'policy', pem: pem.join('\n') },
        ],
      }),
    );

    expect(rig.machine.storeCertificates('MY')?.map(thumbprintOf)).to.deep.equal([thumbprintOf(der)]);
    const roots = rig.machine.state.certificates.filter(({ store }) => store === 'ROOT');
    expect(roots.map(({ place }) => place)).to.deep.equal(['local', 'third-party', 'third-party', 'policy']);
  });

  it('has other firewall rules: one takes the place of its name', () => {
    const before = rig.machine.firewallRules().length;
    arrange(`
firewallRules:
  - {name: Lync SIP, protocol: tcp, localPorts: 5061}
  - {name: lync sip, protocol: tcp, localPorts: [5062, 50000-59999], profiles: [domain], remoteAddresses: LocalSubnet}
removeFirewallRules: ['File and Printer Sharing (SMB-In)']
`);

    expect(rig.machine.firewallRules()).to.have.length(before);
    expect(rig.machine.firewallRules().at(-1)).to.deep.include({
      name: 'lync sip',
      action: 'allow',
      enabled: true,
      localPorts: ['5062', '50000-59999'],
      remoteAddresses: ['LocalSubnet'],
    });
  });

  it('has other settings and registry values', () => {
    arrange(`
powerPlan: High performance
timeZone: UTC
registry:
  - {path: 'HKLM\\SOFTWARE\\Example', name: Number, type: dword, data: 4294967295}
  - {path: 'HKLM:\\SOFTWARE\\Example', name: List, type: multistring, data: [a, b]}
  - {path: 'HKLM\\SOFTWARE\\Example', name: Bytes, type: binary, data: BEEF}
  - {path: 'HKLM\\SOFTWARE\\Example', type: string, data: default}
  - {path: 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon', name: Shell, delete: true}
  - {path: 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa', delete: true}
`);

    expect(rig.machine.powerPlans().find(({ active }) => active)?.name).to.equal('High performance');
    expect(rig.machine.timeZone()).to.equal('UTC');
    const key = 'HKLM\\SOFTWARE\\Example';
    expect(['Number', 'List', 'Bytes', ''].map((name) => value(key, name))).to.deep.equal([
      '4294967295',
      ['a', 'b'],
      'beef',
      'default',
    ]);
    expect(value('HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon', 'Shell')).to.equal(
      undefined,
    );
    expect(rig.machine.registryKeyExists('HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa')).to.equal(false);
  });

  it('is other hardware, another edition, and has instances of SQL Server', () => {
    const machine = deployed(
      rig.machine.state,
      parseDeployment(
        `
edition: datacenter
installationType: Server Core
dotNet: {version: 4.7.03062, release: 461310}
quirks: {optionalFeature: fails}
disks:
  - {letter: 'C:', sizeBytes: 64424509440, freeBytes: 1073741824}
  - {letter: 'F:', sizeBytes: 1000, freeBytes: 10, bytesPerSector: 4096}
sqlInstances: [{name: RTCLOCAL, version: 11.0.2100.60, edition: Express Edition}]
`,
        'machine.yaml',
      ),
    );

    expect(machine).to.deep.include({
      edition: 'datacenter',
      installationType: 'Server Core',
      dotNet: { version: '4.7.03062', release: 461310 },
      quirks: { optionalFeature: 'fails' },
    });
    expect(
      machine.disks.map(({ letter, label, bytesPerSector }) => [letter, label, bytesPerSector]),
    ).to.deep.equal([
      ['C:', 'TWIN', 512],
      ['F:', 'TWIN', 4096],
    ]);
  });

  it('can be kept and started again', () => {
    arrange(`
features: {Telnet-Client: Installed}
firewallRules: [{name: Any}]
certificates: [{store: CA, pem: ${JSON.stringify(pem.join('\n'))}}]
`);
    const rest: MachineState = { ...rig.machine.state, power: { ...rig.machine.state.power, on: false } };

    expect(parseState(JSON.stringify(rest), 'state.json')).to.deep.equal(rest);
  });

  for (const [text, reason] of [
    ['features: {Web-Sever: Installed}', 'features: Web-Sever is no feature of this Windows'],
    ['services: {Nobody: {state: stopped}}', 'services: the machine has no service Nobody'],
    ['removeHotfixes: [KB2919355]', 'removeHotfixes: KB2919355 is not installed'],
    ['removePackages: [Nothing]', 'removePackages: Nothing is not installed'],
    ['removeCertificates: [ABCD]', 'removeCertificates: no store has ABCD'],
    ['certificates: [{store: MY, pem: text}]', 'certificates.0.pem: it holds no certificate in PEM form'],
    ['removeFirewallRules: [None]', 'removeFirewallRules: there is no rule None'],
    [
      'firewallRules: [{name: X, protocol: tcp, localPorts: http}]',
      'firewallRules.0.localPorts: X cannot have this',
    ],
    ['firewallRules: [{name: X, localPorts: 80}]', 'firewallRules.0: ports need the protocol tcp or udp'],
    ['powerPlan: Warp', 'powerPlan: there is no plan Warp'],
    ['timeZone: Mars', 'timeZone: Windows knows no zone Mars'],
    ['registry: [{path: Lsa, delete: true}]', 'registry.0.path: Lsa begins with no hive'],
    ['registry: [{path: HKLM\\X, delete: true}]', 'registry.0: there is nothing to delete'],
    [
      'registry: [{path: HKLM\\SYSTEM\\CurrentControlSet\\Services\\WinRM, name: Start, type: dword, data: 4}]',
      'registry.0: this shows how the machine is; change that by its own key',
    ],
    [
      'registry: [{path: HKLM\\SYSTEM\\CurrentControlSet\\Services\\WinRM, name: Start, delete: true}]',
      'registry.0: this shows how the machine is; change that by its own key',
    ],
  ] as const)
    it(`is refused: ${text}`, () => {
      expect(() => {
        arrange(text);
      })
        .to.throw(LyncimgError, `machine.yaml does not describe a machine: ${reason}`)
        .with.property('code', 'E_TWIN_DEPLOYMENT');
    });
});
