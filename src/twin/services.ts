// Services: the table of the model, those of installed features and of SQL Server among them, with what was changed
// on this machine.
import { featureState } from './features.js';
import type { Guest } from './guest.js';
import type { GuestError, ServiceChange, ServiceOutcome } from './outcomes.js';
import { serviceTable, type ServiceEntry } from './service-table.js';
import { sqlServices } from './sql-instances.js';
import type { ServiceState } from './state.js';

/** By name, as sc.exe lists them. */
export function serviceList(guest: Guest): ServiceState[] {
  const ofWindows = serviceTable(guest.os.id)
    .filter((entry) => isPresent(guest, entry))
    .map(plain);
  return [...ofWindows, ...sqlServices(guest.state.sqlInstances)]
    .map((service) => guest.state.services[service.name.toLowerCase()] ?? service)
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

export function findService(guest: Guest, name: string): ServiceState | undefined {
  return serviceList(guest).find((service) => service.name.toLowerCase() === name.toLowerCase());
}

/** Start mode first, then state: a disabled service does not start (1058). */
export function changeService(
  guest: Guest,
  name: string,
  change: ServiceChange,
  whatIf: boolean,
): ServiceOutcome {
  const before = findService(guest, name);
  if (before === undefined) return { ok: false, reason: 'unknown', error: unknownService(name) };
  const after = {
    ...before,
    startMode: change.startMode ?? before.startMode,
    state: change.state ?? before.state,
  };
  if (after.startMode === 'disabled' && after.state === 'running' && before.state === 'stopped')
    return { ok: false, reason: 'disabled', error: disabledService(before) };
  const changed = after.startMode !== before.startMode || after.state !== before.state;
  if (changed && !whatIf) guest.state.services[before.name.toLowerCase()] = after;
  return { ok: true, before, after, changed };
}

/** What a boot does: automatic services run, the others do not unless Windows itself runs them. */
export function startServices(guest: Guest): void {
  const table = serviceTable(guest.os.id);
  for (const [key, service] of Object.entries(guest.state.services)) {
    const usual = table.find((entry) => entry.name.toLowerCase() === key);
    const automatic = service.startMode === 'auto' || service.startMode === 'delayed';
    const byNeed =
      service.startMode === 'manual' && usual?.startMode === 'manual' && usual.state === 'running';
    // RemoteRegistry is automatic and stopped: it starts on a trigger.
    const triggered = usual?.startMode === 'auto' && usual.state === 'stopped';
    service.state = (automatic && !triggered) || byNeed ? 'running' : 'stopped';
  }
}

function isPresent(guest: Guest, entry: ServiceEntry): boolean {
  if (entry.feature === null) return true;
  const feature = guest.catalogue.find(entry.feature);
  return feature !== undefined && featureState(guest, feature) === 'Installed';
}

function plain({ name, displayName, startMode, state, account, path }: ServiceEntry): ServiceState {
  return { name, displayName, startMode, state, account, path };
}

function unknownService(name: string): GuestError {
  return {
    id: 'ServiceDoesNotExist',
    hresult: '0x80070424',
    message: `The specified service does not exist as an installed service: ${name}.`,
  };
}

function disabledService(service: ServiceState): GuestError {
  return {
    id: 'ServiceDisabled',
    hresult: '0x80070422',
    message: `The service ${service.displayName} (${service.name}) cannot be started: it is disabled.`,
  };
}
