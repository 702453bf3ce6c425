// What the machine answers when it is asked to change: Windows' own vocabulary, so that whoever speaks for a module
// (Ansible's win_feature, win_hotfix, …) only has to word it.
import type {
  Adapter,
  Disk,
  FeatureState,
  LocalUser,
  FirewallRule,
  RegistryData,
  ServiceState,
} from './state.js';

/** Install-WindowsFeature / Uninstall-WindowsFeature. */
export interface FeatureRequest {
  names: string[];
  includeSubFeatures: boolean;
  includeManagementTools: boolean;
  /** A folder on the guest, e.g. `E:\sources\sxs`; null when none is given. Uninstalling ignores it. */
  source: string | null;
  /** -WhatIf: the same answer, no change. */
  whatIf: boolean;
}

export interface FeatureResultItem {
  /** Win32_ServerFeature.ID; 0 where the catalogue has none. */
  id: number;
  name: string;
  displayName: string;
  success: boolean;
  restartNeeded: boolean;
  skipReason: 'NotSkipped';
  messages: { type: string; errorCode: number; text: string }[];
}

/** The object that Install-WindowsFeature returns. */
export interface FeatureAnswer {
  success: boolean;
  exitCode: 'Success' | 'SuccessRestartRequired' | 'NoChangeNeeded' | 'Failed';
  restartNeeded: 'No' | 'Yes' | 'Maybe';
  /** Empty when nothing was to do and when it failed. */
  featureResult: FeatureResultItem[];
  /** The error record beside a failed answer: what `-ErrorAction Stop` turns into an exception. */
  error: GuestError | null;
}

export type FeatureOutcome =
  | { ok: true; answer: FeatureAnswer }
  /** Refused before anything was looked at (unknown name): a terminating error. */
  | { ok: false; error: GuestError };

/** An error as the guest words it; never anything of the host in it. */
export interface GuestError {
  /** e.g. `ArgumentNotValid`, `DISMAPI_Error__Failed_To_Enable_Updates`. */
  id: string;
  /** e.g. `0x800F081F`; null where Windows gives none. */
  hresult: string | null;
  message: string;
}

/** What the metadata of a package file says (Get-WindowsPackage -PackagePath). */
export interface PackageInfo {
  /** Package identity, e.g. `Package_for_KB2919355~31bf3856ad364e35~amd64~~6.3.1.14`. */
  identifier: string;
  kb: string;
  state: 'NotPresent' | 'Installed' | 'InstallPending';
  applicable: boolean;
  /** Why it is not applicable, for the journal; Windows does not say. */
  reason: string | null;
}

/** One row of `dism /online /get-packages`. */
export interface ServicedPackage {
  identifier: string;
  state: 'Installed' | 'Install Pending' | 'Superseded';
  /** ISO 8601. */
  installedOn: string;
}

/** Why a package file gave no answer. The wording of win_hotfix belongs to whoever speaks for it. */
export type PackageLookup =
  | { ok: true; package: PackageInfo }
  /** `not-a-file`: nothing at that path. `not-a-package`: neither a placeholder nor a package known to the model. */
  | { ok: false; reason: 'not-a-file' | 'not-a-package'; error: GuestError };

export interface HotfixRequest {
  sourcePath: string;
  /** As given by the caller, e.g. `KB2919355`; must agree with the package. */
  kb: string | null;
  identifier: string | null;
  whatIf: boolean;
}

export type HotfixOutcome =
  | { ok: true; package: PackageInfo; changed: boolean; restartNeeded: boolean }
  | {
      ok: false;
      reason:
        | 'not-a-file'
        | 'not-a-package'
        | 'not-applicable'
        | 'kb-mismatch'
        | 'identifier-mismatch'
        /** Servicing refuses while a restart is pending. */
        | 'restart-pending';
      /** Where the file could be read. */
      package: PackageInfo | null;
      error: GuestError;
    };

/** What a file is to whoever wants to run it. */
export interface InstallerFile {
  /** `other`: nothing that Windows could run. */
  kind: 'msi' | 'exe' | 'other';
  /** Null where the model knows nothing of it. */
  title: string | null;
  /** Of an MSI that the model knows. */
  productCode: string | null;
}

export interface InstallerRequest {
  path: string;
  /** Its arguments, split as the C runtime does. */
  words: readonly string[];
}

export interface InstallerOutcome {
  /** As the process ends: 0, 3010 (a restart is wanted), 1641 (the machine restarts by itself), 1602, 1603, … */
  exitCode: number;
  /** Why it stopped, as the journal has it; null when it did not. */
  reason: string | null;
}

/** ServerSelection of Windows Update's searcher. */
export type UpdateServer = 'default' | 'managed' | 'windows-update';

/** An update that is offered: not installed, or waiting for a restart. */
export interface UpdateView {
  id: string;
  kb: string;
  title: string;
  categories: string[];
  /** BrowseOnly. */
  optional: boolean;
  exclusive: boolean;
  /** Whether installing it asks for a restart. */
  restart: boolean;
  downloaded: boolean;
  restartPending: boolean;
}

/** `hresult`: why the whole call failed, e.g. `0x8024402C`. */
export type UpdateSearch = { ok: true; updates: UpdateView[] } | { ok: false; hresult: string };
export type UpdateRun = { ok: true; results: UpdateResult[] } | { ok: false; hresult: string };

export interface UpdateResult {
  id: string;
  /** Why this one failed; null when it did not. */
  hresult: string | null;
  restartRequired: boolean;
}

export type UserView = LocalUser;

/** What is not named stays as it is. A password is never read back. */
export type UserChange = Partial<Omit<LocalUser, 'name' | 'rid' | 'hasPassword'>> & { password?: string };

export type UserOutcome = { ok: true; user: UserView } | { ok: false; error: GuestError };

export interface LocalGroup {
  name: string;
  sid: string;
}

/** One row of Get-WindowsFeature. */
export interface FeatureView {
  name: string;
  displayName: string;
  parent: string | null;
  dism: string | null;
  id: number;
  removedByDefault: boolean;
  state: FeatureState;
}

export type ServiceView = ServiceState;
export type RegistryValue = { name: string } & RegistryData;

export interface ServiceChange {
  startMode?: ServiceState['startMode'];
  state?: ServiceState['state'];
}

export type ServiceOutcome =
  | { ok: true; before: ServiceState; after: ServiceState; changed: boolean }
  | { ok: false; reason: 'unknown' | 'disabled'; error: GuestError };

export interface PowerPlan {
  name: string;
  guid: string;
  active: boolean;
}

export interface FileStat {
  /** As the guest spells it. */
  path: string;
  isDirectory: boolean;
  sizeBytes: number;
  modifiedAt: Date;
  readOnly: boolean;
}

export type FileOutcome = { ok: true } | { ok: false; error: GuestError };

export type FirewallOutcome = { ok: true } | { ok: false; error: GuestError };

/** HNetCfg.FWRule: a rule that is not in force yet. */
export type NewFirewallRule = Omit<FirewallRule, 'id'>;

export type CertificateOutcome = { ok: true } | { ok: false; error: GuestError };

export type TaskOutcome = { ok: true } | { ok: false; error: GuestError };

/** The operating system as it is now: what Setup installed and what hotfixes changed since. */
export interface OsFacts {
  id: string;
  /** `Microsoft Windows Server 2012 R2 Standard`; ends with a space on 2008 R2. */
  caption: string;
  /** `Windows Server 2012 R2 Standard` */
  productName: string;
  /** `6.3.9600` */
  version: string;
  buildNumber: string;
  servicePack: number;
  /** OperatingSystemSKU, 7 is Standard. */
  sku: number;
  editionId: string;
  installationType: string;
  /** In force, e.g. `4.0`. */
  powershell: string;
  /** WinRM stack in force, e.g. `3.0`. */
  winrmStack: string;
}

/** `setup` and the CIM classes are worded from this. */
export interface MachineFacts {
  os: OsFacts;
  computerName: string;
  /** Null when it is a member of a workgroup. */
  domain: string | null;
  workgroup: string | null;
  dnsSuffix: string;
  /** Name with suffix or domain. */
  fqdn: string;
  memoryMb: number;
  processors: number;
  adapters: Adapter[];
  disks: Disk[];
  bootedAt: Date;
  now: Date;
  installedAt: Date;
  rebootPending: boolean;
  timeZone: string;
  user: { name: string; sid: string; profile: string };
}
