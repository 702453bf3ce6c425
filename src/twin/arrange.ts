// The second half of `--as machine.yaml`: what is other on this machine than on the one that it was made from, set when
// it is up, because a boot starts services and ends what waited for it. Nothing here asks whether Windows could have
// come to be so: a machine may be wrong in just one thing.
import { X509Certificate } from 'node:crypto';
import { thumbprintOf } from './certificate-stores.js';
import { wrongDeployment } from './deploy.js';
import type { Deployment } from './deployment-schema.js';
import { addRule, isNamed } from './firewall.js';
import { parseAddresses, parsePorts } from './firewall-values.js';
import { markRestart, type Guest } from './guest.js';
import * as registry from './registry.js';
import { findService } from './services.js';
import { setPowerPlan, setTimeZone } from './settings.js';
import type { RegistryData } from './state.js';

/** What is wrong with the description, as `key: reason`. */
type Refuse = (reason: string) => never;

/** Throws E_TWIN_DEPLOYMENT, with a part of it done. */
export function arrange(guest: Guest, as: Deployment): void {
  const refuse: Refuse = (reason) => {
    throw wrongDeployment(as.file, reason);
  };
  arrangeFeatures(guest, as, refuse);
  arrangeServices(guest, as, refuse);
  removeHotfixes(guest, as, refuse);
  removePackages(guest, as, refuse);
  arrangeCertificates(guest, as, refuse);
  arrangeFirewall(guest, as, refuse);
  if (as.powerPlan !== undefined && !setPowerPlan(guest, as.powerPlan))
    refuse(`powerPlan: there is no plan ${as.powerPlan}`);
  if (as.timeZone !== undefined && !setTimeZone(guest, as.timeZone))
    refuse(`timeZone: Windows knows no zone ${as.timeZone}`);
  if (as.pendingReboot === true) markRestart(guest, 'servicing');
  // Last, so that what it cannot change is seen.
  arrangeRegistry(guest, as, refuse);
}

function arrangeFeatures(guest: Guest, { features = {} }: Deployment, refuse: Refuse): void {
  for (const [name, state] of Object.entries(features)) {
    const feature = guest.catalogue.find(name);
    if (feature === undefined) return refuse(`features: ${name} is no feature of this Windows`);
    guest.state.features[feature.name] = state;
  }
}

function arrangeServices(guest: Guest, { services = {} }: Deployment, refuse: Refuse): void {
  for (const [name, { startMode, state }] of Object.entries(services)) {
    const before = findService(guest, name);
    if (before === undefined) return refuse(`services: the machine has no service ${name}`);
    guest.state.services[before.name.toLowerCase()] = {
      ...before,
      startMode: startMode ?? before.startMode,
      state: state ?? before.state,
    };
  }
}

function removeHotfixes(guest: Guest, { removeHotfixes: gone = [] }: Deployment, refuse: Refuse): void {
  for (const kb of gone) {
    const left = guest.state.hotfixes.filter((hotfix) => !isSame(hotfix.kb, kb));
    if (left.length === guest.state.hotfixes.length) refuse(`removeHotfixes: ${kb} is not installed`);
    guest.state.hotfixes = left;
  }
}

/** By the name in the list of programs, or by the uninstall key. */
function removePackages(guest: Guest, { removePackages: gone = [] }: Deployment, refuse: Refuse): void {
  for (const name of gone) {
    const left = Object.entries(guest.state.packages).filter(
      ([, { key, displayName }]) => !isSame(key, name) && !isSame(displayName, name),
    );
    if (left.length === Object.keys(guest.state.packages).length)
      refuse(`removePackages: ${name} is not installed`);
    guest.state.packages = Object.fromEntries(left);
  }
}

function arrangeCertificates(guest: Guest, as: Deployment, refuse: Refuse): void {
  for (const thumbprint of as.removeCertificates ?? []) {
    const wanted = thumbprint.replaceAll(' ', '');
    const left = guest.state.certificates.filter(
      ({ base64 }) => !isSame(thumbprintOf(Buffer.from(base64, 'base64')), wanted),
    );
    if (left.length === guest.state.certificates.length)
      refuse(`removeCertificates: no store has ${thumbprint}`);
    guest.state.certificates = left;
  }
  for (const [index, { store, place, pem }] of (as.certificates ?? []).entries())
    guest.state.certificates.push({ store, place, base64: derOf(pem, index, refuse) });
}

function derOf(pem: string, index: number, refuse: Refuse): string {
  try {
    return new X509Certificate(pem).raw.toString('base64');
  } catch {
    return refuse(`certificates.${index}.pem: it holds no certificate in PEM form`);
  }
}

/** A rule that is named as one that is there takes its place. */
function arrangeFirewall(guest: Guest, as: Deployment, refuse: Refuse): void {
  const remove = (name: string): boolean => {
    const left = guest.state.firewallRules.filter((rule) => !isNamed(rule, name));
    const wasThere = left.length < guest.state.firewallRules.length;
    guest.state.firewallRules = left;
    return wasThere;
  };
  for (const name of as.removeFirewallRules ?? [])
    if (!remove(name)) refuse(`removeFirewallRules: there is no rule ${name}`);
  for (const [index, rule] of (as.firewallRules ?? []).entries()) {
    remove(rule.name);
    const bad = (key: string): never =>
      refuse(`firewallRules.${index}.${key}: ${rule.name} cannot have this`);
    const { ok } = addRule(guest, {
      ...rule,
      protocol: protocolOf(rule.protocol),
      localPorts: parsePorts(rule.localPorts) ?? bad('localPorts'),
      remotePorts: parsePorts(rule.remotePorts) ?? bad('remotePorts'),
      localAddresses: parseAddresses(rule.localAddresses) ?? bad('localAddresses'),
      remoteAddresses: parseAddresses(rule.remoteAddresses) ?? bad('remoteAddresses'),
    });
    if (!ok) refuse(`firewallRules.${index}: ports need the protocol tcp or udp`);
  }
}

function protocolOf(protocol: 'tcp' | 'udp' | 'any' | number): number | null {
  if (typeof protocol === 'number') return protocol;
  return { tcp: 6, udp: 17, any: null }[protocol];
}

function arrangeRegistry(guest: Guest, { registry: entries = [] }: Deployment, refuse: Refuse): void {
  for (const [index, entry] of entries.entries()) {
    const { path } = entry;
    const where = `registry.${index}`;
    if (registry.registryPath(path)?.includes('\\') !== true)
      refuse(`${where}.path: ${path} begins with no hive, as HKLM\\ is one`);
    if ('delete' in entry) remove(guest, path, entry.name, where, refuse);
    // The schema holds type and data together.
    else set(guest, path, entry.name, { type: entry.type, data: entry.data } as RegistryData, where, refuse);
  }
}

function remove(guest: Guest, path: string, name: string | undefined, where: string, refuse: Refuse): void {
  const isThere = (): boolean =>
    name === undefined ? registry.keyExists(guest, path) : registry.keyValue(guest, path, name) !== undefined;
  if (!isThere()) refuse(`${where}: there is nothing to delete`);
  if (name === undefined) registry.deleteKey(guest, path);
  else registry.deleteValue(guest, path, name);
  if (isThere()) refuse(`${where}: ${shown}`);
}

function set(
  guest: Guest,
  path: string,
  name: string,
  data: RegistryData,
  where: string,
  refuse: Refuse,
): void {
  registry.setValue(guest, path, name, data);
  const now = registry.keyValue(guest, path, name);
  if (now?.type !== data.type || String(now.data) !== String(data.data)) refuse(`${where}: ${shown}`);
}

/** Why a value did not change. */
const shown = 'this shows how the machine is; change that by its own key';

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
