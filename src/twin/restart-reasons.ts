// Who waits for a restart, by the texts in the state: `servicing` and `hotfix …` are the component store's, `update …` is
// what Windows Update installed, `package …` an installer's files in use. Each leaves another sign in the registry.
import type { Guest } from './guest.js';
import { text } from './registry-table.js';
import type { RegistryData } from './state.js';

const current = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion';

export function updateReason(kb: string): string {
  return `update ${kb}`;
}

export function packageReason(title: string): string {
  return `package ${title}`;
}

/** Microsoft.Update.SystemInfo.RebootRequired. */
export function isUpdateRestartPending(guest: Guest): boolean {
  return guest.state.pendingReboot.some(isUpdate);
}

/** Servicing waits for a reason that Windows Update has not given. */
export function isServicingRestartPending(guest: Guest): boolean {
  return guest.state.pendingReboot.some((reason) => !isUpdate(reason) && !isPackage(reason));
}

/** The component store takes nothing more before a restart; an installer's files in use do not trouble it. */
export function isComponentStoreWaiting(guest: Guest): boolean {
  return guest.state.pendingReboot.some((reason) => !isPackage(reason));
}

/** The keys and values that public detection scripts agree on. */
export function restartSigns(guest: Guest): (readonly [path: string, Record<string, RegistryData>])[] {
  const reasons = guest.state.pendingReboot;
  const signs: (readonly [string, Record<string, RegistryData>])[] = [];
  if (reasons.some((reason) => !isPackage(reason)))
    signs.push([`${current}\\Component Based Servicing\\RebootPending`, {}]);
  if (reasons.some(isUpdate)) signs.push([`${current}\\WindowsUpdate\\Auto Update\\RebootRequired`, {}]);
  if (reasons.some(isPackage)) {
    const files: RegistryData = { type: 'multistring', data: ['\\??\\C:\\Windows\\Temp\\installer.tmp', ''] };
    signs.push([
      'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager',
      { PendingFileRenameOperations: files },
    ]);
  }
  return signs;
}

/** When Windows Update last installed something, as `YYYY-MM-DD HH:MM:SS` in UTC. */
export function lastUpdate(guest: Guest): (readonly [path: string, Record<string, RegistryData>])[] {
  const at = guest.state.updates.lastInstalledAt;
  if (at === null) return [];
  const values = { LastSuccessTime: text(at.slice(0, 19).replace('T', ' ')) };
  return [[`${current}\\WindowsUpdate\\Auto Update\\Results\\Install`, values]];
}

function isUpdate(reason: string): boolean {
  return reason.startsWith('update ');
}

function isPackage(reason: string): boolean {
  return reason.startsWith('package ');
}
