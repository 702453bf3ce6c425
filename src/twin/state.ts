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

/**
 * A rule of Windows Firewall. Lists are empty where everything is meant; addresses are IPv4 or IPv6, subnets as
 * `10.0.0.0/255.0.0.0` (IPv6: a prefix length), ranges as `10.0.0.1-10.0.0.9`, or words as `LocalSubnet`.
 */
export interface FirewallRule {
  /** Its value's name in the registry: `{GUID}`, or a word for those that Windows brings. */
  id: string;
  name: string;
  /** '' where it has none. */
  group: string;
  description: string;
  direction: 'in' | 'out';
  action: 'allow' | 'block';
  enabled: boolean;
  /** IANA's number, e.g. 6 TCP, 17 UDP; null is any. */
  protocol: number | null;
  /** `5061`, `50000-59999`, or a word as `RPC`. */
  localPorts: string[];
  remotePorts: string[];
  localAddresses: string[];
  remoteAddresses: string[];
  /** '' is any. */
  program: string;
  service: string;
  /** Never empty; all three is any profile. */
  profiles: FirewallProfile[];
}
export type FirewallProfile = 'domain' | 'private' | 'public';

/** A certificate of the machine (LocalMachine). A logical store is made of several physical ones. */
export interface StoredCertificate {
  /** As the registry spells it: `ROOT`, `CA`, `MY`, … */
  store: string;
  /** Which physical store: the machine's own, group policy's, the enterprise's, or that of other authorities. */
  place: 'local' | 'policy' | 'enterprise' | 'third-party';
  /** DER. */
  base64: string;
}

export interface Disk {
  /** `C:` */
  letter: string;
  sizeBytes: number;
  freeBytes: number;
  fileSystem: 'NTFS' | 'ReFS' | 'FAT32';
  label: string;
  /** 512, or 4096 on a disk that shows its real sectors (4K native). */
  bytesPerSector: number;
  physicalSectorBytes: number;
}

/** An instance of SQL Server's database engine. */
export interface SqlInstance {
  /** Upper case; `MSSQLSERVER` is the default instance. */
  name: string;
  /** e.g. `11.0.2100.60` */
  version: string;
  /** e.g. `Express Edition` */
  edition: string;
}

/** A program as the list of installed programs has it: one uninstall key. */
export interface InstalledPackage {
  /** As it is spelled, e.g. `{41D635FE-4F9D-47F7-8230-9B29D6D42D31}`. */
  key: string;
  /** Which half of the registry it stands in. */
  view: '64' | '32';
  displayName: string;
  displayVersion: string;
  publisher: string;
  /** Installed by Windows Installer: the key is its ProductCode. */
  msi: boolean;
}

/** A local account. Its password is never kept, only whether it has one. */
export interface LocalUser {
  name: string;
  /** Last part of its SID: 500 and 501 are Windows' own, what is made starts at 1001. */
  rid: number;
  fullName: string;
  description: string;
  homeDirectory: string;
  loginScript: string;
  profile: string;
  hasPassword: boolean;
  passwordExpired: boolean;
  passwordNeverExpires: boolean;
  cannotChangePassword: boolean;
  disabled: boolean;
  /** SIDs of local groups. */
  groups: string[];
}

/** What Setup was told to install; os.ts says which there are of which system. */
export type Edition = 'standard' | 'enterprise' | 'datacenter' | 'web';
export type InstallationType = 'Server' | 'Server Core';

export interface MachineState {
  format: 1;
  /** Never absent: what holds this state is a model and says so. */
  rehearsal: true;
  os: string;
  edition: Edition;
  installationType: InstallationType;
  /** 1 is all that any of the modelled systems ever had; 2008 R2 was sold without it at first. */
  servicePack: 0 | 1;
  /** .NET Framework 4.x as the registry's NDP\v4\Full has it; null where there is none. */
  dotNet: { version: string; release: number } | null;
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
  /** Lower-case uninstall key -> program. */
  packages: Record<string, InstalledPackage>;
  updates: {
    /** No way to Windows Update nor to a WSUS: every search fails. */
    offline: boolean;
    /** Ids of updates that are downloaded and not yet installed. */
    downloaded: string[];
    /** Ids of installed updates that are no package of servicing; the others stand in `hotfixes`. */
    installed: string[];
    /** ISO 8601; when Windows Update last installed something, null when it never did. */
    lastInstalledAt: string | null;
  };
  firewallRules: FirewallRule[];
  certificates: StoredCertificate[];
  /** Without E:, which is the media disc. */
  disks: Disk[];
  sqlInstances: SqlInstance[];
  /** Lower-case name -> local account, only those that differ from the model's. */
  users: Record<string, LocalUser>;
  /** Lower-case `section\\key` -> value of the local security policy, only those that differ from the model's. */
  securityPolicy: Record<string, string>;
  /** What is broken on this machine: how its CIM classes of features fail. Nothing on a sound one. */
  quirks: {
    /** Win32_OptionalFeature on a broken component store: an error, or no answer. */
    optionalFeature?: 'fails' | 'hangs';
    serverFeature?: 'fails';
  };
  /** What the guest logged of itself (boot task, un-keying), newest last. */
  journal: { at: string; text: string }[];
}
