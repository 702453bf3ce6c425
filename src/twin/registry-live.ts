// Registry values that show how the machine is right now: the system, a restart that is pending, name, suffix, time
// zone, power plan, services, packages, .NET 3.5. They are worked out at each look, so that they can never disagree with
// the rest.
import { certificateKeys } from './certificate-stores.js';
import { dnsSuffixKey } from './dns-suffix.js';
import { firewallKey } from './firewall-registry.js';
import type { Guest } from './guest.js';
import { featureState } from './features.js';
import { servicedPackages } from './hotfixes.js';
import { adapterKeys } from './network.js';
import { packageKeys } from './package-registry.js';
import { systemKeys } from './registry-system.js';
import { dword, registryTable, text } from './registry-table.js';
import { lastUpdate, restartSigns } from './restart-reasons.js';
import { serviceList } from './services.js';
import { sqlKeys } from './sql-instances.js';
import type { RegistryData, RegistryKey, ServiceState } from './state.js';

const servicing = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing';
const control = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';
const servicesKey = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';

type Rows = (readonly [string, Record<string, RegistryData>])[];

export function liveKeys(guest: Guest): Map<string, RegistryKey> {
  return registryTable([
    ...systemKeys(guest),
    ...restartSigns(guest),
    ...lastUpdate(guest),
    ...packageKeys(guest),
    ...names(guest),
    ...settings(guest),
    ...packages(guest),
    ...dotNet35(guest),
    firewallKey(guest.os.id, guest.state.firewallRules),
    ...certificateKeys(guest),
    ...adapterKeys(guest),
    ...sqlKeys(guest.state.sqlInstances),
    ...serviceList(guest).map((service) => serviceKey(service)),
  ]);
}

function names(guest: Guest): Rows {
  const { name } = guest.state.computer;
  const [tcpip, suffixes] = dnsSuffixKey(guest);
  const computerName = { ComputerName: text(name.toUpperCase()) };
  return [
    [`${control}\\ComputerName\\ComputerName`, computerName],
    [`${control}\\ComputerName\\ActiveComputerName`, computerName],
    [tcpip, { Hostname: text(name), 'NV Hostname': text(name), ...suffixes }],
  ];
}

function settings(guest: Guest): Rows {
  const zone = guest.state.timeZone.replace(/_dstoff$/, '');
  return [
    [
      `${control}\\TimeZoneInformation`,
      {
        TimeZoneKeyName: text(zone),
        DynamicDaylightTimeDisabled: dword(zone === guest.state.timeZone ? 0 : 1),
      },
    ],
    [`${control}\\Power\\User\\PowerSchemes`, { ActivePowerScheme: text(guest.state.powerPlan) }],
  ];
}

/** CurrentState 112 is installed, 96 is pending, 80 is superseded (by observation in public scripts). */
function packages(guest: Guest): Rows {
  const numbers = { Installed: 112, 'Install Pending': 96, Superseded: 80 };
  return servicedPackages(guest).map(({ identifier, state }) => [
    `${servicing}\\Packages\\${identifier}`,
    { CurrentState: dword(numbers[state]) },
  ]);
}

function dotNet35(guest: Guest): Rows {
  const feature = guest.catalogue.find('NET-Framework-Core');
  if (feature === undefined || featureState(guest, feature) !== 'Installed') return [];
  const values = { Install: dword(1), SP: dword(1), Version: text('3.5.30729.4926') };
  return [['HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v3.5', values]];
}

function serviceKey(service: ServiceState): readonly [string, Record<string, RegistryData>] {
  const start = { auto: 2, delayed: 2, manual: 3, disabled: 4 }[service.startMode];
  return [
    `${servicesKey}\\${service.name}`,
    {
      DisplayName: text(service.displayName),
      ImagePath: { type: 'expandstring', data: service.path },
      ObjectName: text(service.account),
      Start: dword(start),
      ...(service.startMode === 'delayed' ? { DelayedAutostart: dword(1) } : {}),
    },
  ];
}
