// Network cards: what the registry keeps of each, and their DNS servers. Keys: Microsoft's pages of TCP/IP parameters
// and the source of Ansible's win_dns_client (high).
import { createHash } from 'node:crypto';
import { isIPv4 } from 'node:net';
import type { Guest } from './guest.js';
import { dword, text, type RegistryRows } from './registry-table.js';
import type { Adapter } from './state.js';

/** SettingID, made of the card's address, so that it stays the same. */
export function adapterGuid({ mac }: Adapter): string {
  const hex = createHash('sha256').update(mac.toUpperCase()).digest('hex').toUpperCase();
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return `{${parts.join('-')}}`;
}

export function adapterKeys(guest: Guest): RegistryRows {
  const services = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
  return guest.state.computer.adapters.flatMap((adapter): RegistryRows => {
    const interfaces = `Parameters\\Interfaces\\${adapterGuid(adapter)}`;
    const servers = (wanted: boolean): string =>
      adapter.dns.filter((server) => isIPv4(server) === wanted).join(',');
    return [
      [
        `${services}\\Tcpip\\${interfaces}`,
        {
          DefaultGateway: { type: 'multistring', data: adapter.gateway },
          EnableDHCP: dword(0),
          IPAddress: { type: 'multistring', data: adapter.ipv4 },
          NameServer: text(servers(true)),
          SubnetMask: { type: 'multistring', data: adapter.subnet },
        },
      ],
      [`${services}\\Tcpip6\\${interfaces}`, { NameServer: text(servers(false)) }],
    ];
  });
}

/** False when there is no such card. */
export function setDnsServers(guest: Guest, name: string, servers: readonly string[]): boolean {
  const adapter = guest.state.computer.adapters.find((each) => each.name === name);
  if (adapter === undefined) return false;
  adapter.dns = [...servers];
  return true;
}
