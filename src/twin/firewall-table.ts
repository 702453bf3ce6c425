// Rules that Windows brings: a few of the hundreds. Ids, texts and the numbers of their texts in FirewallAPI.dll:
// public dumps of the registry (high for WinRM, Remote Desktop and DHCP); which are on: general knowledge (medium).
import type { FirewallRule } from './state.js';

interface BuiltInRule extends Pick<FirewallRule, 'id' | 'name' | 'description' | 'group'> {
  os: readonly string[];
  /** How the registry writes name and description: a text of a library. */
  indirect: { name: string; description: string };
  rest: Partial<FirewallRule> & Pick<FirewallRule, 'enabled' | 'protocol'>;
}

const since2012 = ['2012', '2012r2'];
const everywhere = ['2008r2', ...since2012];
const svchost = '%SystemRoot%\\system32\\svchost.exe';
const text = (number: number): string => `@FirewallAPI.dll,-${number}`;

const winrm = {
  name: 'Windows Remote Management (HTTP-In)',
  description: 'Inbound rule for Windows Remote Management via WS-Management. [TCP 5985]',
  group: text(30267),
  indirect: { name: text(30253), description: text(30256) },
};
const winrmPort = { enabled: true, protocol: 6, localPorts: ['5985'], program: 'System' };

const builtInRules: readonly BuiltInRule[] = [
  { id: 'WINRM-HTTP-In-TCP', os: ['2008r2'], ...winrm, rest: winrmPort },
  {
    id: 'WINRM-HTTP-In-TCP',
    os: since2012,
    ...winrm,
    rest: { ...winrmPort, profiles: ['domain', 'private'] },
  },
  {
    id: 'WINRM-HTTP-In-TCP-PUBLIC',
    os: since2012,
    ...winrm,
    rest: { ...winrmPort, profiles: ['public'], remoteAddresses: ['LocalSubnet'] },
  },
  {
    id: 'RemoteDesktop-In-TCP',
    os: ['2008r2'],
    name: 'Remote Desktop (TCP-In)',
    description: 'Inbound rule for the Remote Desktop service to allow RDP traffic. [TCP 3389]',
    group: text(28752),
    indirect: { name: text(28753), description: text(28756) },
    rest: { enabled: false, protocol: 6, localPorts: ['3389'], program: 'System' },
  },
  {
    id: 'RemoteDesktop-UserMode-In-TCP',
    os: since2012,
    name: 'Remote Desktop - User Mode (TCP-In)',
    description: 'Inbound rule for the Remote Desktop service to allow RDP traffic. [TCP 3389]',
    group: text(28752),
    indirect: { name: text(28775), description: text(28756) },
    rest: { enabled: false, protocol: 6, localPorts: ['3389'], program: svchost, service: 'termservice' },
  },
  {
    id: 'FPS-SMB-In-TCP',
    os: everywhere,
    name: 'File and Printer Sharing (SMB-In)',
    description:
      'Inbound rule for File and Printer Sharing to allow Server Message Block transmission and reception via Named Pipes. [TCP 445]',
    group: text(28502),
    indirect: { name: text(28511), description: text(28514) },
    rest: { enabled: false, protocol: 6, localPorts: ['445'], program: 'System' },
  },
  {
    id: 'CoreNet-DHCP-In',
    os: everywhere,
    name: 'Core Networking - Dynamic Host Configuration Protocol (DHCP-In)',
    description:
      'Allows DHCP (Dynamic Host Configuration Protocol) messages for stateful auto-configuration.',
    group: text(25000),
    indirect: { name: text(25301), description: text(25303) },
    rest: {
      enabled: true,
      protocol: 17,
      localPorts: ['68'],
      remotePorts: ['67'],
      program: svchost,
      service: 'dhcp',
    },
  },
];

export function freshFirewallRules(os: string): FirewallRule[] {
  return builtInRules
    .filter((rule) => rule.os.includes(os))
    .map(({ id, name, description, group, rest }) => ({
      ...{ id, name, description, group },
      ...{ direction: 'in', action: 'allow' },
      ...{ localPorts: [], remotePorts: [], localAddresses: [], remoteAddresses: [] },
      ...{ program: '', service: '' },
      profiles: ['domain', 'private', 'public'],
      ...rest,
    }));
}

/** Name and description as the registry writes them: a rule of Windows that nobody renamed points to a library. */
export function registryTexts(rule: FirewallRule): { name: string; description: string } {
  const known = builtInRules.find(({ id }) => id === rule.id);
  return {
    name: known?.name === rule.name ? known.indirect.name : rule.name,
    description: known?.description === rule.description ? known.indirect.description : rule.description,
  };
}
