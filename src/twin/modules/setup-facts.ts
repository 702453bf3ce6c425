// The facts of ansible.windows.setup 1.14.0, by subset (setup.ps1, read): keys and forms are the module's, values the
// machine's. What a model has none of (facter, local facts, BIOS serial) is empty, and the maker's name says what the
// machine is.
import type { MachineFacts } from '../machine.js';
import type { ModuleCall } from './call.js';
import type { JsonObject } from './json.js';

export const factSubsets: readonly { subsets: readonly string[]; read: (call: ModuleCall) => JsonObject }[] =
  [
    { subsets: ['all_ipv4_addresses', 'all_ipv6_addresses'], read: ofMachine(addresses) },
    { subsets: ['bios'], read: () => bios },
    { subsets: ['date_time'], read: ofMachine(dateTime) },
    { subsets: ['distribution'], read: ofMachine(distribution) },
    { subsets: ['env'], read: environment },
    { subsets: ['interfaces'], read: ofMachine(interfaces) },
    { subsets: ['memory'], read: ofMachine(memory) },
    { subsets: ['platform'], read: ofMachine(platform) },
    { subsets: ['powershell_version'], read: ofMachine(powershellVersion) },
    { subsets: ['processor'], read: ofMachine(processor) },
    { subsets: ['uptime'], read: ofMachine(uptime) },
    { subsets: ['user'], read: ofMachine(user) },
    { subsets: ['virtual'], read: () => virtual },
    { subsets: ['windows_domain'], read: ofMachine(windowsDomain) },
  ];

const bios = {
  ansible_bios_date: null,
  ansible_bios_version: null,
  // As Win32_ComputerSystem.Model has it.
  ansible_product_name: 'twin (a model, not Microsoft Windows)',
  ansible_product_serial: null,
};
const virtual = { ansible_virtualization_role: 'NA', ansible_virtualization_type: 'NA' };

function ofMachine(read: (facts: MachineFacts) => JsonObject): (call: ModuleCall) => JsonObject {
  return ({ machine }) => read(machine.facts());
}

function addresses({ adapters }: MachineFacts): JsonObject {
  return { ansible_ip_addresses: adapters.flatMap(({ ipv4 }) => ipv4) };
}

/** The machine's clock runs in UTC whatever its zone is called: a model keeps no table of zones. */
function dateTime({ now, timeZone }: MachineFacts): JsonObject {
  const iso = now.toISOString();
  const date = iso.slice(0, 10);
  const time = iso.slice(11, 19);
  const seconds = now.getTime() / 1000;
  const firstOfYear = Date.UTC(now.getUTCFullYear(), 0, 1);
  const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  return {
    ansible_date_time: {
      date,
      day: iso.slice(8, 10),
      epoch: String(seconds),
      epoch_local: String(seconds),
      epoch_int: Math.floor(seconds),
      hour: iso.slice(11, 13),
      iso8601: `${iso.slice(0, 19)}Z`,
      iso8601_basic: `${compact(iso)}${iso.slice(20, 23)}000`,
      iso8601_basic_short: compact(iso),
      iso8601_micro: `${iso.slice(0, 23)}000Z`,
      minute: iso.slice(14, 16),
      month: iso.slice(5, 7),
      second: iso.slice(17, 19),
      time,
      tz: timeZone,
      tz_offset: '+00:00',
      weekday: weekdays[now.getUTCDay()] ?? '',
      weekday_number: String(now.getUTCDay()),
      weeknumber: String(Math.floor((now.getTime() - firstOfYear) / 604_800_000)),
      year: iso.slice(0, 4),
    },
  };
}

function compact(iso: string): string {
  return iso.slice(0, 19).replace(/[-:]/g, '');
}

/** Environment.OSVersion.Version as text: with service pack 1 the last part is 65536 (.NET). */
function osVersion({ os }: MachineFacts): string {
  return `${os.version}.${os.servicePack * 65_536}`;
}

function distribution(facts: MachineFacts): JsonObject {
  return {
    ansible_distribution: facts.os.caption,
    ansible_distribution_version: osVersion(facts),
    ansible_distribution_major_version: facts.os.version.split('.')[0] ?? '',
    ansible_os_family: 'Windows',
    ansible_os_name: facts.os.caption,
    ansible_os_product_type: 'server',
    ansible_os_installation_type: facts.os.installationType,
  };
}

function environment(call: ModuleCall): JsonObject {
  const values = Object.entries(call.environment);
  // The module cuts the backslash at the end: ConvertTo-Json of PowerShell 3 fails on it.
  return {
    ansible_env: Object.fromEntries(values.map(([name, value]) => [name, value.replace(/\\+$/, '')])),
  };
}

function interfaces({ adapters, dnsSuffix }: MachineFacts): JsonObject {
  return {
    ansible_interfaces: adapters.map((adapter, index) => ({
      connection_name: adapter.name,
      default_gateway: adapter.gateway[0] ?? null,
      dns_domain: dnsSuffix === '' ? null : dnsSuffix,
      interface_index: index + 12,
      interface_name: adapter.name,
      ipv4: { address: adapter.ipv4[0] ?? null, prefix: prefixOf(adapter.subnet[0]) },
      ipv6: null,
      macaddress: adapter.mac.toUpperCase().replaceAll('-', ':'),
      mtu: 1500,
      speed: 1000,
    })),
  };
}

/** `255.255.255.0` -> `24` */
function prefixOf(mask: string | undefined): string | null {
  if (mask === undefined) return null;
  const bits = mask.split('.').map((part) => Number(part).toString(2));
  return String(bits.join('').replaceAll('0', '').length);
}

function memory({ memoryMb }: MachineFacts): JsonObject {
  return {
    ansible_memtotal_mb: memoryMb,
    ansible_memfree_mb: Math.ceil(memoryMb / 2),
    ansible_swaptotal_mb: 0,
    ansible_pagefiletotal_mb: 0,
    ansible_pagefilefree_mb: 0,
  };
}

function platform(facts: MachineFacts): JsonObject {
  return {
    ansible_domain: facts.domain ?? '',
    ansible_fqdn: facts.fqdn,
    ansible_hostname: facts.computerName,
    ansible_netbios_name: facts.computerName.slice(0, 15).toUpperCase(),
    ansible_kernel: osVersion(facts),
    ansible_nodename: facts.fqdn,
    // Cut off the RID 500 of the administrator: what is left is the machine's own SID.
    ansible_machine_id: facts.user.sid.replace(/-500$/, ''),
    ansible_owner_name: '',
    ansible_owner_contact: '',
    ansible_system: 'Win32NT',
    ansible_system_description: '',
    ansible_system_vendor: 'lyncimg',
    ansible_reboot_pending: facts.rebootPending,
    ansible_architecture: '64-bit',
    ansible_architecture2: 'x86_64',
  };
}

function powershellVersion({ os }: MachineFacts): JsonObject {
  return { ansible_powershell_version: Number.parseInt(os.powershell, 10) };
}

function processor({ processors }: MachineFacts): JsonObject {
  return {
    ansible_processor: Array.from({ length: processors }, (_, id) => [
      String(id),
      'lyncimg',
      'Modelled processor',
    ]).flat(),
    ansible_processor_count: 1,
    ansible_processor_cores: processors,
    ansible_processor_threads_per_core: 1,
    ansible_processor_vcpus: processors,
  };
}

function uptime({ bootedAt, now }: MachineFacts): JsonObject {
  return {
    ansible_lastboot: `${bootedAt.toISOString().slice(0, 19).replace('T', ' ')}Z`,
    ansible_uptime_seconds: Math.round((now.getTime() - bootedAt.getTime()) / 1000),
  };
}

function user({ user }: MachineFacts): JsonObject {
  return {
    ansible_user_dir: user.profile,
    ansible_user_gecos: '',
    ansible_user_id: user.name,
    ansible_user_sid: user.sid,
  };
}

function windowsDomain({ domain, workgroup }: MachineFacts): JsonObject {
  return {
    ansible_windows_domain: domain ?? workgroup ?? '',
    ansible_windows_domain_member: domain !== null,
    ansible_windows_domain_role: domain === null ? 'Stand-alone server' : 'Member server',
  };
}
