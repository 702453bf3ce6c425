// A machine right after Setup and first boot: the two tasks of the answer file are there, and what first boot brings a
// system that Ansible could not speak to otherwise; nothing else was done.
import { freshDisks } from './disks.js';
import { freshFirewallRules } from './firewall-table.js';
import { freshCertificates } from './made-up-roots.js';
import { osModel, type OsModel } from './os.js';
import { dword, registryTable } from './registry-table.js';
import { defaultPowerPlan, defaultTimeZone } from './settings.js';
import type { MachineState } from './state.js';
import { bootTask, taskKey, unkeyTask } from './tasks.js';
import { tls12ForServers } from './tls.js';

export interface FreshOptions {
  /** A modelled id. */
  os: string;
  now: Date;
  /** As Setup leaves it; only 2008 R2 knows a difference. */
  beforeFirstBoot?: boolean;
}

export function freshState({ os: id, now, beforeFirstBoot = false }: FreshOptions): MachineState {
  const os = osModel(id);
  if (os === undefined) throw new Error(`${id} is not modelled`);
  const state = asSetupLeavesIt(os, now);
  return hasOwnFirstBoot(id) && !beforeFirstBoot ? { ...state, ...firstBoot(now) } : state;
}

/** Whether first boot brings the system more than the two tasks. */
export function hasOwnFirstBoot(os: string): boolean {
  return os === '2008r2';
}

/**
 * 2008 R2 gets there what the answer disc brings: .NET 4.5, then WMF 3.0, which needs it; the servicing stack and SHA-2
 * updates that everything of today needs; and TLS 1.2 switched on for servers (Microsoft's page of SCHANNEL settings).
 */
function firstBoot(now: Date): Pick<MachineState, 'dotNet' | 'hotfixes' | 'registry'> {
  return {
    dotNet: { version: '4.5.50709', release: 378389 },
    hotfixes: ['KB4490628', 'KB4474419', 'KB2506143'].map((kb) => ({
      kb,
      installedOn: now.toISOString(),
      state: 'installed' as const,
    })),
    registry: Object.fromEntries(
      registryTable([[tls12ForServers, { Enabled: dword(1), DisabledByDefault: dword(0) }]]),
    ),
  };
}

function asSetupLeavesIt(os: OsModel, now: Date): MachineState {
  return {
    format: 1,
    rehearsal: true,
    os: os.id,
    edition: 'standard',
    installationType: 'Server',
    servicePack: os.servicePack,
    dotNet: os.dotNet,
    installedAt: now.toISOString(),
    computer: {
      name: 'LYNCIMG-TWIN',
      domain: null,
      workgroup: 'WORKGROUP',
      dnsSuffix: '',
      memoryMb: 4096,
      processors: 2,
      adapters: [
        {
          name: 'Ethernet',
          mac: '02:00:00:4C:59:01',
          // TEST-NET-1 (RFC 5737): an address that nobody mistakes for a real one.
          ipv4: ['192.0.2.10'],
          subnet: ['255.255.255.0'],
          gateway: [],
          dns: [],
        },
      ],
    },
    power: { on: false, offBy: null, bootedAt: null, boots: 0 },
    access: 'unkeyed',
    features: {},
    hotfixes: [],
    registry: {},
    services: {},
    pendingReboot: [],
    powerPlan: defaultPowerPlan,
    timeZone: defaultTimeZone,
    files: {},
    folders: {},
    tasks: {
      [taskKey(bootTask.name)]: { ...bootTask },
      [taskKey(unkeyTask.name)]: { ...unkeyTask },
    },
    packages: {},
    updates: { offline: false, downloaded: [], installed: [], lastInstalledAt: null },
    users: {},
    securityPolicy: {},
    firewallRules: freshFirewallRules(os.id),
    certificates: freshCertificates(),
    disks: freshDisks(),
    sqlInstances: [],
    quirks: {},
    journal: [],
  };
}
