// ansible.windows.win_dns_client 1.14.0 (win_dns_client.ps1, read). Every card of the model has fixed addresses, so
// DHCP plays no part. Not modelled: log_path, which is not written.
import { isIP, isIPv4 } from 'node:net';
import type { Adapter } from '../state.js';
import { dotNetText } from './basic-convert.js';
import type { ModuleCall } from './call.js';
import { LegacyArguments } from './legacy.js';
import { exitJson, type ModuleReply } from './reply.js';

const serverAliases = ['ipv4_addresses', 'ip_addresses', 'addresses'];

export function winDnsClient(call: ModuleCall): ModuleReply {
  const args = new LegacyArguments(call, { supportsCheckMode: true });
  const names = args.raw('adapter_names') ?? '*';
  const servers = textsOf(args.raw('dns_servers', { required: true, aliases: serverAliases }));
  const adapters = textsOf(names).flatMap((name) => adaptersOf(call, name));
  const invalid = servers.filter((server) => isIP(server) === 0);
  // The module throws, and nothing in it catches.
  if (invalid.length > 0) throw new Error(`Invalid IP address(es): (${invalid.join(', ')})`);
  const different = adapters.filter((adapter) => !matches(adapter, servers));
  if (!args.checkMode) for (const { name } of different) call.machine.setDnsServers(name, servers);
  return exitJson({ changed: different.length > 0 });
}

/** One text is one item, and an empty one is none: the module splits nothing. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(dotNetText);
  return value === null || value === '' ? [] : [dotNetText(value)];
}

/** Get-NetAdapter, or WMI's LIKE on 2008 R2; of those, the ones with an address. */
function adaptersOf(call: ModuleCall, name: string): Adapter[] {
  const { adapters, os } = call.machine.facts();
  const pattern = new RegExp(`^${name.replace(/[\\^$+?.()|[\]{}]/g, '\\$&').replaceAll('*', '.*')}$`, 'i');
  const found = adapters.filter((adapter) => pattern.test(adapter.name));
  const isPattern = name.includes('*');
  if (found.length === 0 && !isPattern && os.id !== '2008r2')
    throw new Error(
      `No MSFT_NetAdapter objects found with property 'Name' equal to '${name}'.  Verify the value of the property and retry.`,
    );
  const enabled = found.filter(({ ipv4 }) => ipv4.length > 0);
  if (enabled.length === 0 && !isPattern)
    throw new Error(
      `Get-NetAdapterInfo: Failed to find network adapter(s) that are IP enabled with the name '${name}'`,
    );
  return enabled;
}

/** Each family by itself, in order. */
function matches(adapter: Adapter, servers: readonly string[]): boolean {
  const ofFamily = (list: readonly string[], wanted: boolean): string =>
    list
      .filter((server) => isIPv4(server) === wanted)
      .join(' ')
      .toLowerCase();
  return [true, false].every((v4) => ofFamily(adapter.dns, v4) === ofFamily(servers, v4));
}
