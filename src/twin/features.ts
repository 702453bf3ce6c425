// The Server Manager engine: what Install-WindowsFeature and Uninstall-WindowsFeature do to a machine.
//
// One request is one servicing transaction: when any part of it needs a restart, all of it waits for the restart
// (chocolatey-community/boxstarter #224: every role service of such a request is listed with "You must restart this
// server"). While servicing waits, further requests are refused.
import {
  failure,
  removedPayload,
  restartRequired,
  succeeded,
  unknownFeature,
  whatIfAnswer,
} from './feature-answers.js';
import type { TwinFeature } from './feature-catalogue.js';
import { defaultRoleServices, managementTools } from './feature-extras.js';
import { hasPayload } from './feature-source.js';
import { markRestart, type Guest } from './guest.js';
import type { FeatureOutcome, FeatureRequest, FeatureView } from './outcomes.js';
import { isComponentStoreWaiting } from './restart-reasons.js';
import type { FeatureState } from './state.js';

export function featureState(guest: Guest, feature: TwinFeature): FeatureState {
  const changed = guest.state.features[feature.name];
  if (changed !== undefined) return changed;
  if (feature.removedByDefault) return 'Removed';
  return feature.installedByDefault ? 'Installed' : 'Available';
}

export function featureViews(guest: Guest): FeatureView[] {
  return guest.catalogue.all.map((feature) => featureView(guest, feature));
}

export function featureView(guest: Guest, feature: TwinFeature): FeatureView {
  return {
    name: feature.name,
    displayName: feature.displayName,
    parent: feature.parent,
    dism: feature.dism,
    id: feature.id ?? 0,
    removedByDefault: feature.removedByDefault,
    state: featureState(guest, feature),
  };
}

export async function installFeatures(guest: Guest, request: FeatureRequest): Promise<FeatureOutcome> {
  const named = lookUp(guest, request.names);
  if ('unknown' in named) return { ok: false, error: unknownFeature(named.unknown) };
  const wanted = installSet(guest, named.features, request);
  const missing = wanted.filter((feature) => featureState(guest, feature) !== 'Installed');
  if (missing.length === 0) return { ok: true, answer: succeeded([], false) };
  if (request.whatIf) return { ok: true, answer: whatIfAnswer(missing) };
  if (isComponentStoreWaiting(guest)) return { ok: true, answer: failure(restartRequired()) };
  for (const feature of missing) {
    if (featureState(guest, feature) !== 'Removed') continue;
    if (!(await hasPayload(guest, feature.name, request.source)))
      return { ok: true, answer: failure(removedPayload()) };
  }
  const restart = missing.some((feature) => feature.restart === true);
  for (const feature of missing)
    guest.state.features[feature.name] = restart ? 'InstallPending' : 'Installed';
  if (restart) markRestart(guest, 'servicing');
  return { ok: true, answer: succeeded(missing, restart) };
}

// eslint-disable-next-line @typescript-eslint/require-await -- the same shape as installing
export async function uninstallFeatures(guest: Guest, request: FeatureRequest): Promise<FeatureOutcome> {
  const named = lookUp(guest, request.names);
  if ('unknown' in named) return { ok: false, error: unknownFeature(named.unknown) };
  const present = uninstallSet(guest, named.features);
  if (present.length === 0) return { ok: true, answer: succeeded([], false) };
  if (request.whatIf) return { ok: true, answer: whatIfAnswer(present) };
  if (isComponentStoreWaiting(guest)) return { ok: true, answer: failure(restartRequired()) };
  const restart = present.some((feature) => feature.restart === true);
  for (const feature of present)
    guest.state.features[feature.name] = restart ? 'UninstallPending' : 'Available';
  if (restart) markRestart(guest, 'servicing');
  return { ok: true, answer: succeeded(present, restart) };
}

/** What a restart does to features that wait for one. */
export function completeFeatures(guest: Guest): void {
  for (const [name, state] of Object.entries(guest.state.features)) {
    if (state === 'InstallPending') guest.state.features[name] = 'Installed';
    if (state === 'UninstallPending') guest.state.features[name] = 'Available';
  }
}

function lookUp(guest: Guest, names: string[]): { features: TwinFeature[] } | { unknown: string[] } {
  const unknown = names.filter((name) => guest.catalogue.find(name) === undefined);
  if (unknown.length > 0) return { unknown };
  return { features: names.flatMap((name) => guest.catalogue.find(name) ?? []) };
}

/** The named ones with their parents, what they depend on, and what the request adds; in Server Manager order. */
function installSet(guest: Guest, named: TwinFeature[], request: FeatureRequest): TwinFeature[] {
  const set = new Set<TwinFeature>();
  const add = (feature: TwinFeature): void => {
    if (set.has(feature)) return;
    set.add(feature);
    const needed = [feature.parent ?? [], feature.dependsOn].flat();
    for (const name of needed) addNamed(name);
  };
  const addNamed = (name: string): void => {
    const feature = guest.catalogue.find(name);
    if (feature !== undefined) add(feature);
  };
  for (const feature of named) {
    add(feature);
    // Only a role that is named brings its default role services; a role service that pulls its role does not.
    if (featureState(guest, feature) !== 'Installed')
      defaultRoleServices(guest.os.id, feature.name).forEach(addNamed);
    if (request.includeSubFeatures) for (const child of descendants(guest, feature)) add(child);
    if (request.includeManagementTools)
      for (const each of [feature, ...ancestors(guest, feature)])
        managementTools(each.name).forEach(addNamed);
  }
  return guest.catalogue.all.filter((feature) => set.has(feature));
}

/** The named ones with their children and everything installed that depends on one of them. */
function uninstallSet(guest: Guest, named: TwinFeature[]): TwinFeature[] {
  const set = new Set<TwinFeature>();
  const remove = (feature: TwinFeature): void => {
    if (set.has(feature) || featureState(guest, feature) !== 'Installed') return;
    set.add(feature);
    for (const other of guest.catalogue.all) {
      const below = other.parent === feature.name || other.dependsOn.includes(feature.name);
      if (below) remove(other);
    }
  };
  named.forEach(remove);
  return guest.catalogue.all.filter((feature) => set.has(feature));
}

function descendants(guest: Guest, feature: TwinFeature): TwinFeature[] {
  return guest.catalogue.children(feature.name).flatMap((child) => [child, ...descendants(guest, child)]);
}

function ancestors(guest: Guest, feature: TwinFeature): TwinFeature[] {
  const parent = feature.parent === null ? undefined : guest.catalogue.find(feature.parent);
  return parent === undefined ? [] : [parent, ...ancestors(guest, parent)];
}
