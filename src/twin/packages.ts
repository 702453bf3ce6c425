// Running an installer: what the file is, whether it may go on here, what it leaves behind.
//
// Windows Installer's and setup programs' exit codes say little; why one refused stands in the machine's journal.
import { featureState } from './features.js';
import { makeGuestFolder, readGuestHead, removeGuestPath, writeGuestFile } from './files.js';
import { markRestart, type Guest } from './guest.js';
import type { InstallerFile, InstallerOutcome, InstallerRequest } from './outcomes.js';
import { findInstaller, packageTable, type InstallerEntry, type InstallerNeed } from './package-table.js';
import { parsePlaceholder } from './placeholder.js';
import { isComponentStoreWaiting, packageReason } from './restart-reasons.js';
import type { InstalledPackage } from './state.js';

/** ERROR_INSTALL_USEREXIT: what a setup gives that asks a person and gets no answer. */
const nobodyAnswered = 1602;
const restartRequired = 3010;
/** ERROR_SUCCESS_REBOOT_INITIATED: .NET deployment guide. */
export const restartInitiated = 1641;
const noRestart = ['/norestart', '-norestart'];

export async function installerFile(guest: Guest, path: string): Promise<InstallerFile | undefined> {
  const head = await readGuestHead(guest, path, 4096);
  if (head === undefined) return undefined;
  const kind = kindOf(head, path);
  if (kind === undefined) return { kind: 'other', title: null, productCode: null };
  const entry = entryOf(guest, head, path);
  const productCode = kind === 'msi' ? (entry?.programs[0]?.key ?? null) : null;
  return { kind, title: entry?.title ?? null, productCode };
}

/**
 * Undefined for a file that the model knows nothing of. After exit code 1641 the machine is to restart by itself: an
 * EXE that wants a restart was not told `/norestart`. msiexec is always told so by who runs it.
 */
export async function runInstaller(
  guest: Guest,
  request: InstallerRequest,
): Promise<InstallerOutcome | undefined> {
  const head = await readGuestHead(guest, request.path, 4096);
  const entry = head === undefined ? undefined : entryOf(guest, head, request.path);
  if (entry === undefined) return undefined;
  const stop = (exitCode: number, reason: string): InstallerOutcome => {
    guest.journal(`installer: ${entry.title} stopped: ${reason}`);
    return { exitCode, reason };
  };
  const words = request.words.map((word) => word.toLowerCase());
  if (entry.kind === 'exe' && !entry.silent.some((word) => words.includes(word)))
    return stop(nobodyAnswered, `it asks a person, unless it is given ${entry.silent.join(' or ')}`);
  const { property } = entry;
  if (property !== null && !words.includes(property.toLowerCase()))
    return stop(entry.refusal, `it is not given ${property}`);
  if (!entry.os.includes(guest.os.id))
    return stop(entry.refusal, `it is for ${entry.os.join(', ')}, this is ${guest.os.id}`);
  if (isNewerDotNet(guest, entry)) return stop(entry.refusal, 'the same or a later .NET is there');
  const missing = entry.needs.map((need) => missingNeed(guest, need)).find((each) => each !== null);
  if (missing !== undefined) return stop(entry.refusal, missing);
  // That a setup around a package of servicing says so with this code is a guess (low).
  if (entry.hotfix !== null && isComponentStoreWaiting(guest))
    return stop(entry.refusal, 'servicing waits for a restart');
  const mayRestart = entry.kind === 'exe' && !noRestart.some((word) => words.includes(word));
  return install(guest, entry, mayRestart);
}

/** msiexec /x. False when no such product is installed (1605). */
export function removeProduct(guest: Guest, productCode: string): boolean {
  if (!isProductInstalled(guest, productCode)) return false;
  const gone = productCode.toLowerCase();
  guest.journal(`installer: ${guest.state.packages[gone]?.displayName ?? gone} removed`);
  guest.state.packages = Object.fromEntries(
    Object.entries(guest.state.packages).filter(([key]) => key !== gone),
  );
  const entry = packageTable.find(({ programs: [first] }) => first?.key.toLowerCase() === gone);
  for (const path of entry?.leaves ?? []) removeGuestPath(guest, path);
  return true;
}

/** MsiQueryProductState: installed for this machine. */
export function isProductInstalled(guest: Guest, productCode: string): boolean {
  return guest.state.packages[productCode.toLowerCase()]?.msi === true;
}

/** The registry values of the installers whose programs are there. */
export function installedValues(guest: Guest): InstallerEntry['values'] {
  return packageTable
    .filter(({ programs: [first] }) => first !== undefined && has(guest, first.key))
    .flatMap(({ values }) => values);
}

function install(guest: Guest, entry: InstallerEntry, mayRestart: boolean): InstallerOutcome {
  for (const program of entry.programs) addProgram(guest, program);
  for (const path of entry.leaves) leaveFile(guest, path);
  // As a package of servicing .NET comes into force with the restart.
  const isLater = entry.hotfix !== null && entry.restart;
  if (entry.dotNet !== null && !isLater) guest.state.dotNet = { ...entry.dotNet };
  if (entry.hotfix !== null)
    guest.state.hotfixes.push({
      kb: entry.hotfix,
      installedOn: guest.now().toISOString(),
      state: entry.restart ? 'pending' : 'installed',
    });
  guest.journal(`installer: ${entry.title} installed`);
  if (!entry.restart) return { exitCode: 0, reason: null };
  markRestart(guest, entry.hotfix === null ? packageReason(entry.title) : `hotfix ${entry.hotfix}`);
  return { exitCode: mayRestart ? restartInitiated : restartRequired, reason: null };
}

/** It is there, which is all that anybody asks; its content is the model's. */
function leaveFile(guest: Guest, path: string): void {
  makeGuestFolder(guest, path.slice(0, path.lastIndexOf('\\')));
  writeGuestFile(guest, path, Buffer.from('the twin: a file of an installed program\r\n'));
}

function addProgram(guest: Guest, program: InstalledPackage): void {
  guest.state.packages[program.key.toLowerCase()] = { ...program };
}

function isNewerDotNet(guest: Guest, entry: InstallerEntry): boolean {
  return entry.dotNet !== null && (guest.state.dotNet?.release ?? 0) >= entry.dotNet.release;
}

function missingNeed(guest: Guest, need: InstallerNeed): string | null {
  if ('feature' in need) {
    if (need.os?.includes(guest.os.id) === false) return null;
    const feature = guest.catalogue.find(need.feature);
    const isThere = feature !== undefined && featureState(guest, feature) === 'Installed';
    return isThere ? null : `${need.feature} must be installed first`;
  }
  if ('program' in need) return has(guest, need.program) ? null : `${need.program} must be installed first`;
  if ('dotNetRelease' in need)
    return (guest.state.dotNet?.release ?? 0) >= need.dotNetRelease
      ? null
      : '.NET Framework 4.5 must be installed first';
  return guest.state.pendingReboot.length === 0 ? null : 'a restart is pending';
}

function has(guest: Guest, key: string): boolean {
  return guest.state.packages[key.toLowerCase()] !== undefined;
}

/** A placeholder says which file it stands for; a real file is known by its first bytes and its name. */
function entryOf(guest: Guest, head: Buffer, path: string): InstallerEntry | undefined {
  if (kindOf(head, path) === undefined) return undefined;
  return findInstaller(parsePlaceholder(head)?.path ?? path, guest.os.id);
}

function kindOf(head: Buffer, path: string): InstallerEntry['kind'] | undefined {
  const name = parsePlaceholder(head)?.fileName;
  if (name !== undefined) return /\.msi$/i.test(name) ? 'msi' : /\.exe$/i.test(name) ? 'exe' : undefined;
  // A compound file is an MSI or an MSP; the name tells them apart.
  if (head.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1')
    return /\.msi$/i.test(path) ? 'msi' : undefined;
  return head.subarray(0, 2).toString('latin1') === 'MZ' ? 'exe' : undefined;
}
