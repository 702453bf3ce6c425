// Holds the machine up: one state, and the rules that work on it behind the names of the public face.
import { EventEmitter } from 'node:events';
import { arrange } from './arrange.js';
import * as certificates from './certificate-stores.js';
import type { Deployment } from './deployment-schema.js';
import { environment, expandEnvironment } from './environment.js';
import { withoutFeatures, type FeatureTable } from './feature-catalogue.js';
import { featuresNotOffered } from './feature-extras.js';
import { featureView, featureViews, installFeatures, uninstallFeatures } from './features.js';
import * as files from './files.js';
import * as firewall from './firewall.js';
import type { Guest } from './guest.js';
import {
  installedHotfixes,
  installHotfix,
  packageContents,
  packageInfo,
  servicedPackages,
} from './hotfixes.js';
import type { Counters, Machine, MachineEvents } from './machine.js';
import { machineFacts } from './machine-facts.js';
import type { Media } from './media.js';
import { setDnsServers } from './network.js';
import type { OsModel } from './os.js';
import type {
  FeatureRequest,
  HotfixRequest,
  InstallerRequest,
  NewFirewallRule,
  ServiceChange,
  UpdateServer,
  UserChange,
} from './outcomes.js';
import * as packages from './packages.js';
import { Power, realTimers, type Timers } from './power.js';
import * as registry from './registry.js';
import { isUpdateRestartPending } from './restart-reasons.js';
import { securityPolicy, setSecurityPolicy } from './security-policy.js';
import { changeService, findService, serviceList } from './services.js';
import { powerPlans, setPowerPlan, setTimeZone } from './settings.js';
import type { MachineState, RegistryData } from './state.js';
import { createTask, deleteTask, findTask, noSuchTask, taskKey, unkeyTask } from './tasks.js';
import { timeZones } from './time-zones.js';
import * as updates from './updates.js';
import * as users from './users.js';

export interface MachineOptions {
  state: MachineState;
  os: OsModel;
  catalogue: FeatureTable;
  media: Media;
  now?: () => Date;
  timers?: Timers;
  /** A second, unless said otherwise. */
  restartMs?: number;
  /** Two seconds, unless said otherwise: the command that started the task has returned by then. */
  unkeyMs?: number;
}

/** The journal is for people: a machine that runs for a year must not grow its state without end. */
const longestJournal = 1000;

export class ModelledMachine implements Machine {
  readonly state: MachineState;
  readonly events = new EventEmitter<MachineEvents>();
  readonly counters: Counters = {
    shellsCreated: 0,
    commandsRun: 0,
    operations: 0,
    requests: 0,
    authentications: 0,
    authenticationFailures: 0,
  };
  readonly #guest: Guest;
  readonly #power: Power;

  constructor(options: MachineOptions) {
    const now = options.now ?? ((): Date => new Date());
    this.state = options.state;
    this.#guest = {
      state: options.state,
      os: options.os,
      catalogue: withoutFeatures(options.catalogue, featuresNotOffered(options.os.id, options.state.edition)),
      media: options.media,
      now,
      journal: (text) => {
        this.journal(text);
      },
    };
    this.#power = new Power({
      guest: this.#guest,
      events: this.events,
      timers: options.timers ?? realTimers,
      restartMs: options.restartMs ?? 1000,
      unkeyMs: options.unkeyMs ?? 2000,
    });
  }

  now(): Date {
    return this.#guest.now();
  }
  facts(): ReturnType<Machine['facts']> {
    return machineFacts(this.#guest);
  }
  hasMedia(): boolean {
    return this.#guest.media.present;
  }
  journal(text: string): void {
    const entry = { at: this.now().toISOString(), text };
    this.state.journal = [...this.state.journal, entry].slice(-longestJournal);
    this.events.emit('journal', entry);
  }
  trace(entry: Record<string, unknown> & { type: string }): void {
    this.events.emit('trace', entry);
  }

  features(): ReturnType<Machine['features']> {
    return featureViews(this.#guest);
  }
  feature(name: string): ReturnType<Machine['feature']> {
    const found = this.#guest.catalogue.find(name);
    return found === undefined ? undefined : featureView(this.#guest, found);
  }
  installFeatures(request: FeatureRequest): ReturnType<Machine['installFeatures']> {
    return installFeatures(this.#guest, request);
  }
  uninstallFeatures(request: FeatureRequest): ReturnType<Machine['uninstallFeatures']> {
    return uninstallFeatures(this.#guest, request);
  }

  packageInfo(sourcePath: string): ReturnType<Machine['packageInfo']> {
    return packageInfo(this.#guest, sourcePath);
  }
  installHotfix(request: HotfixRequest): ReturnType<Machine['installHotfix']> {
    return installHotfix(this.#guest, request);
  }
  packageContents(sourcePath: string): ReturnType<Machine['packageContents']> {
    return packageContents(this.#guest, sourcePath);
  }
  servicedPackages(): ReturnType<Machine['servicedPackages']> {
    return servicedPackages(this.#guest);
  }
  installedHotfixes(): ReturnType<Machine['installedHotfixes']> {
    return installedHotfixes(this.#guest);
  }
  isRebootPending(): boolean {
    return this.state.pendingReboot.length > 0;
  }

  installerFile(path: string): ReturnType<Machine['installerFile']> {
    return packages.installerFile(this.#guest, path);
  }
  async runInstaller(request: InstallerRequest): ReturnType<Machine['runInstaller']> {
    const outcome = await packages.runInstaller(this.#guest, request);
    if (outcome?.exitCode === packages.restartInitiated) this.#power.restart(0);
    return outcome;
  }
  isProductInstalled(productCode: string): boolean {
    return packages.isProductInstalled(this.#guest, productCode);
  }
  removeProduct(productCode: string): boolean {
    return packages.removeProduct(this.#guest, productCode);
  }

  searchUpdates(server: UpdateServer): ReturnType<Machine['searchUpdates']> {
    return updates.searchUpdates(this.#guest, server);
  }
  downloadUpdates(ids: readonly string[]): ReturnType<Machine['downloadUpdates']> {
    return updates.downloadUpdates(this.#guest, ids);
  }
  installUpdates(ids: readonly string[]): ReturnType<Machine['installUpdates']> {
    return updates.installUpdates(this.#guest, ids);
  }
  isUpdateRestartPending(): boolean {
    return isUpdateRestartPending(this.#guest);
  }

  user(name: string): ReturnType<Machine['user']> {
    return users.findUser(this.#guest, name);
  }
  changeUser(name: string, change: UserChange): ReturnType<Machine['changeUser']> {
    return users.changeUser(this.#guest, name, change);
  }
  deleteUser(name: string): ReturnType<Machine['deleteUser']> {
    return users.deleteUser(this.#guest, name);
  }
  isPasswordOf(name: string, password: string): boolean | null {
    return users.isPasswordOf(this.#guest, name, password);
  }
  localGroups(): ReturnType<Machine['localGroups']> {
    return users.localGroups;
  }
  securityPolicy(): ReturnType<Machine['securityPolicy']> {
    return securityPolicy(this.#guest);
  }
  setSecurityPolicy(section: string, key: string, value: string): void {
    setSecurityPolicy(this.#guest, section, key, value);
  }

  registryKeyExists(path: string): boolean {
    return registry.keyExists(this.#guest, path);
  }
  registryValue(path: string, name: string): ReturnType<Machine['registryValue']> {
    return registry.keyValue(this.#guest, path, name);
  }
  registryValues(path: string): ReturnType<Machine['registryValues']> {
    return registry.keyValues(this.#guest, path);
  }
  registrySubkeys(path: string): string[] | undefined {
    return registry.subkeys(this.#guest, path);
  }
  createRegistryKey(path: string): void {
    registry.createKey(this.#guest, path);
  }
  setRegistryValue(path: string, name: string, data: RegistryData): void {
    registry.setValue(this.#guest, path, name, data);
  }
  deleteRegistryValue(path: string, name: string): boolean {
    return registry.deleteValue(this.#guest, path, name);
  }
  deleteRegistryKey(path: string): boolean {
    return registry.deleteKey(this.#guest, path);
  }

  services(): ReturnType<Machine['services']> {
    return serviceList(this.#guest);
  }
  service(name: string): ReturnType<Machine['service']> {
    return findService(this.#guest, name);
  }
  changeService(name: string, change: ServiceChange, whatIf: boolean): ReturnType<Machine['changeService']> {
    return changeService(this.#guest, name, change, whatIf);
  }

  firewallRules(): ReturnType<Machine['firewallRules']> {
    return this.state.firewallRules;
  }
  addFirewallRule(rule: NewFirewallRule): ReturnType<Machine['addFirewallRule']> {
    return firewall.addRule(this.#guest, rule);
  }
  changeFirewallRule(
    id: string,
    change: Partial<NewFirewallRule>,
  ): ReturnType<Machine['changeFirewallRule']> {
    return firewall.changeRule(this.#guest, id, change);
  }
  removeFirewallRule(name: string): void {
    firewall.removeRule(this.#guest, name);
  }

  storeCertificates(store: string): Buffer[] | undefined {
    return certificates.storeCertificates(this.#guest, store);
  }
  addCertificate(store: string, der: Uint8Array): boolean {
    return certificates.addCertificate(this.#guest, store, der);
  }
  removeCertificate(store: string, thumbprint: string): ReturnType<Machine['removeCertificate']> {
    return certificates.removeCertificate(this.#guest, store, thumbprint);
  }

  setDnsServers(adapter: string, servers: readonly string[]): boolean {
    return setDnsServers(this.#guest, adapter, servers);
  }

  powerPlans(): ReturnType<Machine['powerPlans']> {
    return powerPlans(this.#guest);
  }
  setPowerPlan(plan: string): boolean {
    return setPowerPlan(this.#guest, plan);
  }
  timeZone(): string {
    return this.state.timeZone;
  }
  timeZones(): string[] {
    return timeZones.map(({ id }) => id);
  }
  setTimeZone(id: string): boolean {
    return setTimeZone(this.#guest, id);
  }

  stat(path: string): ReturnType<Machine['stat']> {
    return files.statPath(this.#guest, path);
  }
  readFile(path: string): ReturnType<Machine['readFile']> {
    return files.readGuestFile(this.#guest, path);
  }
  writeFile(path: string, data: Uint8Array): ReturnType<Machine['writeFile']> {
    return files.writeGuestFile(this.#guest, path, data);
  }
  makeFolder(path: string): ReturnType<Machine['makeFolder']> {
    return files.makeGuestFolder(this.#guest, path);
  }
  removePath(path: string): ReturnType<Machine['removePath']> {
    return files.removeGuestPath(this.#guest, path);
  }
  hashFile(path: string, algorithm: string): Promise<string | undefined> {
    return files.hashGuestFile(this.#guest, path, algorithm);
  }
  listFolder(path: string): Promise<string[] | undefined> {
    return files.listGuestFolder(this.#guest, path);
  }

  expandEnvironment(text: string): string {
    return expandEnvironment(this.#guest, text);
  }
  environment(): Record<string, string> {
    return environment(this.#guest);
  }

  task(name: string): ReturnType<Machine['task']> {
    return findTask(this.#guest, name);
  }
  createTask(task: MachineState['tasks'][string]): ReturnType<Machine['createTask']> {
    return createTask(this.#guest, task);
  }
  deleteTask(name: string): ReturnType<Machine['deleteTask']> {
    return deleteTask(this.#guest, name);
  }
  runTask(name: string): ReturnType<Machine['runTask']> {
    const task = findTask(this.#guest, name);
    if (task === undefined) return { ok: false, error: noSuchTask() };
    this.journal(`task scheduler: ${task.name} started`);
    // Only the twin's own task does something: what others would run is not modelled.
    if (taskKey(name) === taskKey(unkeyTask.name) && task.run === unkeyTask.run) this.#power.unkeyAndOff();
    return { ok: true };
  }

  restart({ delaySeconds }: { delaySeconds: number }): ReturnType<Machine['restart']> {
    return this.#power.restart(delaySeconds);
  }
  shutdown({ delaySeconds }: { delaySeconds: number }): ReturnType<Machine['shutdown']> {
    return this.#power.shutdown(delaySeconds);
  }
  abortShutdown(): ReturnType<Machine['abortShutdown']> {
    return this.#power.abort();
  }
  /** The host presses the button. */
  switchOn(): void {
    this.#power.boot();
  }
  /** Makes the machine, which is on, other than its image in what the description says. Throws E_TWIN_DEPLOYMENT. */
  arrange(as: Deployment): void {
    arrange(this.#guest, as);
  }
  /** The host pulls the plug. */
  switchOff(): void {
    this.#power.off('host');
  }
}
