// The state of a modelled Windows server: what survives a restart. Everything the protocols show is derived from it.

export type FeatureState = 'Installed' | 'Available' | 'Removed' | 'InstallPending' | 'UninstallPending';

export type RegistryData =
  | { type: 'string' | 'expandstring'; data: string }
  | { type: 'multistring'; data: string[] }
  | { type: 'dword' | 'qword'; /** Decimal text: a qword does not fit a double. */ data: string }
  | { type: 'binary'; /** Hex. */ data: string };

/** A registry key: names keep their spelling and are looked up in lower case. */
export interface RegistryKey {
  /** Full path with hive as written first, e.g. `HKLM\SOFTWARE\Microsoft`. */
  path: string;
  /** Lower-case value name -> value; the default value has the empty name. */
  values: Record<string, { name: string } & RegistryData>;
  /** A key of the model that somebody deleted, with all below it. */
  deleted?: true;
}

export interface ServiceState {
  name: string;
  displayName: string;
  startMode: 'auto' | 'delayed' | 'manual' | 'disabled';
  state: 'running' | 'stopped';
  account: string;
  path: string;
}

export interface Adapter {
  name: string;
  mac: string;
  ipv4: string[];
  subnet: string[];
  gateway: string[];
  dns: string[];
}

export interface MachineState {
  format: 1;
  /** Never absent: what holds this state is a model and says so. */
  rehearsal: true;
  os: string;
  installedAt: string;
  computer: {
    name: string;
    domain: string | null;
    workgroup: string | null;
    /** Primary DNS suffix; '' when none is set. */
    dnsSuffix: string;
    memoryMb: number;
    processors: number;
    adapters: Adapter[];
  };
  power: {
    on: boolean;
    /** Who switched it off last: the guest's own shutdown, or the host (SIGTERM, like pulling the plug). */
    offBy: 'guest' | 'host' | null;
    /** ISO 8601; of the last boot. */
    bootedAt: string | null;
    boots: number;
  };
  /**
   * keyed: has a password, certificate and listener. unkeyed: at rest, with the boot task that takes a new key from
   * a disc. sealed: no boot task either.
   */
  access: 'keyed' | 'unkeyed' | 'sealed';
  /** Only those that differ from a fresh install; by Windows' spelling. */
  features: Record<string, FeatureState>;
  hotfixes: { kb: string; installedOn: string; state: 'installed' | 'pending' }[];
  /** Lower-case full path -> key. Only what differs from what the model gives every machine. */
  registry: Record<string, RegistryKey>;
  /** Lower-case name -> service, only those that differ from the model's. */
  services: Record<string, ServiceState>;
  /** Why a restart is pending: `servicing`, `hotfix KB2919355`, … Empty when none is. */
  pendingReboot: string[];
  powerPlan: string;
  timeZone: string;
  /** Lower-case path -> a small file that somebody wrote to C:. */
  files: Record<string, { path: string; base64: string; modifiedAt: string }>;
  /** Lower-case path -> a folder that somebody made on C:, as it was spelled. */
  folders: Record<string, string>;
  /** Lower-case name -> scheduled task. */
  tasks: Record<string, { name: string; run: string; trigger: 'boot' | 'demand' }>;
  /** What the guest logged of itself (boot task, un-keying), newest last. */
  journal: { at: string; text: string }[];
}
