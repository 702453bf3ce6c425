// The public face of the modelled server: what the protocols and the modules that are spoken for may ask of it.
// machine-model.ts holds it up; the rules stand in features.ts, hotfixes.ts, registry.ts, services.ts, files.ts, power.ts.
import type { EventEmitter } from 'node:events';
import type {
  CertificateOutcome,
  FeatureOutcome,
  FeatureRequest,
  FeatureView,
  FileOutcome,
  FileStat,
  FirewallOutcome,
  HotfixOutcome,
  HotfixRequest,
  InstallerFile,
  InstallerOutcome,
  InstallerRequest,
  LocalGroup,
  MachineFacts,
  NewFirewallRule,
  PackageLookup,
  PowerPlan,
  RegistryValue,
  ServiceChange,
  ServicedPackage,
  ServiceOutcome,
  ServiceView,
  TaskOutcome,
  UpdateRun,
  UpdateSearch,
  UpdateServer,
  UserChange,
  UserOutcome,
  UserView,
} from './outcomes.js';
import type { FirewallRule, MachineState, RegistryData } from './state.js';

export type * from './outcomes.js';

/** Everything that a listener may hear. */
export interface MachineEvents {
  /** The guest goes down for a restart: connections drop, listeners close. */
  'restart-started': [];
  /** It is up again, with another boot time: listeners open. */
  booted: [];
  /** The un-key task has run: password and certificate are worth nothing from here on. */
  unkeyed: [];
  /** Switched off for good. */
  off: [{ by: 'guest' | 'host' }];
  journal: [{ at: string; text: string }];
  /** For `--trace`: one object a line, never a secret. */
  trace: [Record<string, unknown> & { type: string }];
}

/** Read by tests as class Lyncimg_TwinCounters of root/lyncimg. Whoever does the thing counts it. */
export interface Counters {
  shellsCreated: number;
  commandsRun: number;
  operations: number;
  /** HTTP requests, legs of authentication among them. */
  requests: number;
  authentications: number;
  authenticationFailures: number;
}

export interface Machine {
  /** Live; only the files of src/twin/ that own a part of it change it. */
  readonly state: MachineState;
  readonly events: EventEmitter<MachineEvents>;
  readonly counters: Counters;
  /** The clock that everything modelled uses. */
  now(): Date;
  facts(): MachineFacts;
  /** Whether a disc is in drive E:. */
  hasMedia(): boolean;
  journal(text: string): void;
  trace(entry: Record<string, unknown> & { type: string }): void;

  // Server Manager
  features(): FeatureView[];
  /** Without regard to case. */
  feature(name: string): FeatureView | undefined;
  installFeatures(request: FeatureRequest): Promise<FeatureOutcome>;
  uninstallFeatures(request: FeatureRequest): Promise<FeatureOutcome>;

  // Servicing
  packageInfo(sourcePath: string): Promise<PackageLookup>;
  installHotfix(request: HotfixRequest): Promise<HotfixOutcome>;
  /** The files in an .msu; undefined when there is none at that path. */
  packageContents(sourcePath: string): Promise<{ name: string; content: string }[] | undefined>;
  servicedPackages(): ServicedPackage[];
  /** What Windows lists: not what waits for a restart, nor what a later one holds. */
  installedHotfixes(): MachineState['hotfixes'];
  isRebootPending(): boolean;

  // Programs
  /** Undefined when there is no such file. */
  installerFile(path: string): Promise<InstallerFile | undefined>;
  /** Undefined for a file that the model knows nothing of. */
  runInstaller(request: InstallerRequest): Promise<InstallerOutcome | undefined>;
  /** Installed by Windows Installer under this ProductCode, in any case. */
  isProductInstalled(productCode: string): boolean;
  /** msiexec /x; false when it is not installed. */
  removeProduct(productCode: string): boolean;

  // Windows Update
  searchUpdates(server: UpdateServer): UpdateSearch;
  /** One result for each id, in their order. */
  downloadUpdates(ids: readonly string[]): UpdateRun;
  installUpdates(ids: readonly string[]): UpdateRun;
  /** Microsoft.Update.SystemInfo: what Windows Update installed waits for a restart. */
  isUpdateRestartPending(): boolean;

  // Local accounts and security policy
  /** Undefined when there is none; in any case. */
  user(name: string): UserView | undefined;
  changeUser(name: string, change: UserChange): UserOutcome;
  /** Not those that Windows made. */
  deleteUser(name: string): UserOutcome;
  /** Whether it is the account's password; null when that is not known. */
  isPasswordOf(name: string, password: string): boolean | null;
  localGroups(): readonly LocalGroup[];
  /** Section -> key -> value, as `secedit /export` writes them. */
  securityPolicy(): Record<string, Record<string, string>>;
  /** What secedit does not take it leaves as it was, without a word. */
  setSecurityPolicy(section: string, key: string, value: string): void;

  // Registry: paths as `HKLM\SOFTWARE\…` or `HKLM:\SOFTWARE\…` or `HKEY_LOCAL_MACHINE\…`, any case.
  registryKeyExists(path: string): boolean;
  /** Undefined when key or value is missing. The default value has the empty name. */
  registryValue(path: string, name: string): RegistryValue | undefined;
  /** Undefined when the key is missing. */
  registryValues(path: string): RegistryValue[] | undefined;
  /** Names of the direct subkeys; undefined when the key is missing. */
  registrySubkeys(path: string): string[] | undefined;
  createRegistryKey(path: string): void;
  /** Makes the key and its parents too. */
  setRegistryValue(path: string, name: string, data: RegistryData): void;
  /** False when there was none. */
  deleteRegistryValue(path: string, name: string): boolean;
  /** With everything below it; false when there was none. */
  deleteRegistryKey(path: string): boolean;

  // Services
  services(): ServiceView[];
  service(name: string): ServiceView | undefined;
  /** `whatIf` gives the same answer without changing. */
  changeService(name: string, change: ServiceChange, whatIf: boolean): ServiceOutcome;

  // Windows Firewall
  firewallRules(): FirewallRule[];
  addFirewallRule(rule: NewFirewallRule): FirewallOutcome;
  changeFirewallRule(id: string, change: Partial<NewFirewallRule>): FirewallOutcome;
  /** Of several rules of that name, one. */
  removeFirewallRule(name: string): void;

  // Certificates of the machine (LocalMachine), as DER; stores by their logical name, any case.
  /** Undefined when there is no such store. */
  storeCertificates(store: string): Buffer[] | undefined;
  /** False when it is there already. */
  addCertificate(store: string, der: Uint8Array): boolean;
  /** In one of the physical stores that the logical one is made of. */
  removeCertificate(store: string, thumbprint: string): CertificateOutcome;

  /** Of the network card of this name; false when there is none such. */
  setDnsServers(adapter: string, servers: readonly string[]): boolean;

  powerPlans(): PowerPlan[];
  /** By name or GUID, any case; false when there is none such. */
  setPowerPlan(plan: string): boolean;
  /** Windows' id, e.g. `W. Europe Standard Time`. */
  timeZone(): string;
  timeZones(): string[];
  /** False when Windows knows no such id (tzutil /s fails). */
  setTimeZone(id: string): boolean;

  // Files: C: is small and in the state, E: is the media disc and read-only. Paths in any case, either slash.
  stat(path: string): Promise<FileStat | undefined>;
  readFile(path: string): Promise<Buffer | undefined>;
  /** Parent folders must exist. */
  writeFile(path: string, data: Uint8Array): FileOutcome;
  makeFolder(path: string): FileOutcome;
  /** A file, or a folder with all in it; no complaint when it is not there. */
  removePath(path: string): FileOutcome;
  /** Lower-case hex; undefined when there is no such file. */
  hashFile(path: string, algorithm: HashAlgorithm): Promise<string | undefined>;
  /** Names in a folder; undefined when it is none. */
  listFolder(path: string): Promise<string[] | undefined>;

  /** Replaces %NAME% where NAME is known, as Windows does. */
  expandEnvironment(text: string): string;
  environment(): Record<string, string>;

  // Scheduled tasks: names with their folder, e.g. `\lyncimg\unkey`.
  task(name: string): MachineState['tasks'][string] | undefined;
  createTask(task: MachineState['tasks'][string]): TaskOutcome;
  deleteTask(name: string): TaskOutcome;
  /** Starts it and returns at once, as schtasks /run does. */
  runTask(name: string): TaskOutcome;

  // Power. Both are announced and happen later; a second announcement is refused (1190), abortShutdown (1116 when none).
  restart(options: {
    delaySeconds: number;
    message?: string;
  }): { ok: true } | { ok: false; error: GuestErrorCode };
  shutdown(options: {
    delaySeconds: number;
    message?: string;
  }): { ok: true } | { ok: false; error: GuestErrorCode };
  abortShutdown(): { ok: true } | { ok: false; error: GuestErrorCode };
}

export type HashAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** A Win32 error as the tool prints it: `A system shutdown has already been scheduled.(1190)`. */
export interface GuestErrorCode {
  code: number;
  message: string;
}
