// Adding a package (DISM): is the file one, does it apply here, may servicing take it now, does it want a restart.
//
// Windows says no more than "not applicable" for a package of another OS and for one whose prerequisite is missing:
// the applicability rules are inside the package (Microsoft KB2919355 names its prerequisite; win_hotfix reads
// `Applicable` of Get-WindowsPackage).
import { featureState } from './features.js';
import { readGuestHead } from './files.js';
import { markRestart, type Guest } from './guest.js';
import { findHotfix, packageIdentity, successors, type HotfixEntry } from './hotfix-table.js';
import type {
  GuestError,
  HotfixOutcome,
  HotfixRequest,
  PackageInfo,
  PackageLookup,
  ServicedPackage,
} from './outcomes.js';
import { parsePlaceholder, placeholderFor } from './placeholder.js';
import { isComponentStoreWaiting } from './restart-reasons.js';
import type { MachineState } from './state.js';

export async function packageInfo(guest: Guest, sourcePath: string): Promise<PackageLookup> {
  const head = await readGuestHead(guest, sourcePath, 4096);
  if (head === undefined)
    return {
      ok: false,
      reason: 'not-a-file',
      error: guestError('0x80070002', 'The system cannot find the file specified.'),
    };
  const name = packageName(head, sourcePath);
  const kb = knowledgeBaseNumber(name);
  if (kb === undefined)
    return { ok: false, reason: 'not-a-package', error: guestError('0x8007000D', 'The data is invalid.') };
  const entry = findHotfix(kb, systemOf(name) ?? guest.os.id);
  if (entry === undefined)
    return {
      ok: false,
      reason: 'not-a-package',
      error: { id: 'TwinDoesNotModel', hresult: null, message: `the twin does not model the package ${kb}` },
    };
  return { ok: true, package: describe(guest, entry) };
}

/**
 * What lies in an .msu, as expand.exe unpacks it: the package, and the metadata for Windows Update, which is none. The
 * hash that the catalogue puts behind a file's name is not in the name of the package. Undefined for no .msu.
 */
export async function packageContents(
  guest: Guest,
  sourcePath: string,
): Promise<{ name: string; content: string }[] | undefined> {
  const head = await readGuestHead(guest, sourcePath, 4096);
  const [, base] =
    /^(.+?)(?:_[0-9a-f]{40})?\.msu$/i.exec(packageName(head ?? Buffer.alloc(0), sourcePath)) ?? [];
  if (base === undefined) return undefined;
  return ['WSUSSCAN.cab', `${base}.cab`].map((name) => ({ name, content: placeholderFor(name) }));
}

export async function installHotfix(guest: Guest, request: HotfixRequest): Promise<HotfixOutcome> {
  const found = await packageInfo(guest, request.sourcePath);
  if (!found.ok) return { ...found, package: null };
  const info = found.package;
  const refusal = refuse(guest, info, request);
  if (refusal !== undefined) {
    if (info.reason !== null) guest.journal(`servicing: ${info.kb} does not apply: ${info.reason}`);
    return { ok: false, ...refusal, package: info };
  }
  if (info.state !== 'NotPresent')
    return { ok: true, package: info, changed: false, restartNeeded: info.state === 'InstallPending' };
  const restart = findHotfix(info.kb, guest.os.id)?.restart === true;
  if (request.whatIf) return { ok: true, package: info, changed: true, restartNeeded: false };
  guest.state.hotfixes.push({
    kb: info.kb,
    installedOn: guest.now().toISOString(),
    state: restart ? 'pending' : 'installed',
  });
  if (restart) markRestart(guest, `hotfix ${info.kb}`);
  return { ok: true, package: info, changed: true, restartNeeded: restart };
}

/** What a restart does to packages that wait for one. */
export function completeHotfixes(guest: Guest): void {
  for (const hotfix of guest.state.hotfixes) hotfix.state = 'installed';
}

function refuse(
  guest: Guest,
  info: PackageInfo,
  request: HotfixRequest,
): Pick<Extract<HotfixOutcome, { ok: false }>, 'reason' | 'error'> | undefined {
  if (!info.applicable)
    return {
      reason: 'not-applicable',
      error: guestError('0x800F081E', 'The specified package is not applicable to this image.'),
    };
  if (request.identifier !== null && request.identifier !== info.identifier)
    return { reason: 'identifier-mismatch', error: guestError(null, `The package is ${info.identifier}.`) };
  if (request.kb !== null && request.kb.toUpperCase() !== info.kb)
    return { reason: 'kb-mismatch', error: guestError(null, `The package is ${info.kb}.`) };
  const waits = isComponentStoreWaiting(guest);
  if (
    info.state === 'NotPresent' &&
    waits &&
    findHotfix(info.kb, guest.os.id)?.exclusive === true &&
    !request.whatIf
  )
    return {
      reason: 'restart-pending',
      error: guestError(
        // ERROR_FAIL_REBOOT_REQUIRED (3017).
        '0x80070BC9',
        'The requested operation failed. A system reboot is required to roll back changes made.',
      ),
    };
  return undefined;
}

/** What Windows lists: not what waits for a restart, nor what a later one holds. */
export function installedHotfixes(guest: Guest): MachineState['hotfixes'] {
  return guest.state.hotfixes.filter(({ kb, state }) => state === 'installed' && !isSuperseded(guest, kb));
}

/** Whether one that is installed holds it: superseded packages no longer show (public scripts, medium). */
function isSuperseded(guest: Guest, kb: string): boolean {
  const entry = findHotfix(kb, guest.os.id);
  return entry !== undefined && successors(entry).some((later) => isInstalled(guest, later));
}

/** Every package that servicing knows of, as DISM lists it. */
export function servicedPackages(guest: Guest): ServicedPackage[] {
  return guest.state.hotfixes.flatMap(({ kb, state, installedOn }) => {
    const entry = findHotfix(kb, guest.os.id);
    if (entry === undefined) return [];
    const installed = isSuperseded(guest, kb) ? 'Superseded' : 'Installed';
    const identifier = packageIdentity(entry);
    return { identifier, state: state === 'pending' ? 'Install Pending' : installed, installedOn };
  });
}

/** How a package stands here, by its number alone: what Windows Update asks. Undefined when there is none such. */
export function hotfixInfo(guest: Guest, kb: string): PackageInfo | undefined {
  const entry = findHotfix(kb, guest.os.id);
  return entry === undefined ? undefined : describe(guest, entry);
}

function describe(guest: Guest, entry: HotfixEntry): PackageInfo {
  const present =
    entry.os === guest.os.id ? guest.state.hotfixes.find((hotfix) => hotfix.kb === entry.kb) : undefined;
  const reason = present === undefined ? whyNotApplicable(guest, entry) : null;
  return {
    identifier: packageIdentity(entry),
    kb: entry.kb,
    state:
      present === undefined ? 'NotPresent' : present.state === 'installed' ? 'Installed' : 'InstallPending',
    applicable: reason === null,
    reason,
  };
}

function whyNotApplicable(guest: Guest, entry: HotfixEntry): string | null {
  const { os, state, catalogue } = guest;
  if (entry.os !== os.id) return `it is for ${entry.os}, this is ${os.id}`;
  if (entry.servicePack !== undefined && state.servicePack < entry.servicePack)
    return `service pack ${entry.servicePack} must be installed first`;
  const later = successors(entry).find((kb) => isInstalled(guest, kb));
  if (later !== undefined) return `${later} holds it`;
  const missing = entry.requires.filter((kb) => !isInstalledOrHeld(guest, kb));
  if (missing.length > 0) return `${missing.join(', ')} must be installed first`;
  if (entry.dotNet !== undefined && (state.dotNet?.release ?? -1) < entry.dotNet)
    return '.NET Framework 4 must be installed first';
  const feature = entry.features?.find((name) => {
    const row = catalogue.find(name);
    return row === undefined || featureState(guest, row) !== 'Installed';
  });
  return feature === undefined ? null : `the feature ${feature} must be installed first`;
}

function isInstalledOrHeld(guest: Guest, kb: string): boolean {
  return isInstalled(guest, kb) || isSuperseded(guest, kb);
}

function isInstalled(guest: Guest, kb: string): boolean {
  return guest.state.hotfixes.some((hotfix) => hotfix.kb === kb && hotfix.state === 'installed');
}

/** A placeholder says which file it stands for; a real package (a cabinet) is known by its file name. */
function packageName(head: Buffer, path: string): string {
  const isCabinet = head.subarray(0, 4).toString('latin1') === 'MSCF';
  return parsePlaceholder(head)?.fileName ?? (isCabinet ? (path.split(/[\\/]/).at(-1) ?? '') : '');
}

function knowledgeBaseNumber(name: string): string | undefined {
  return /kb\d{6,8}/i.exec(name)?.[0].toUpperCase();
}

/** `Windows6.1-KB….msu`, `Windows8-RT-…`, `Windows8.1-…`: how Microsoft names its packages. */
function systemOf(name: string): string | undefined {
  const [, system] = /^windows(6\.1|8-rt|8\.1)-/i.exec(name) ?? [];
  return { '6.1': '2008r2', '8-rt': '2012', '8.1': '2012r2' }[system?.toLowerCase() ?? ''];
}

function guestError(hresult: string | null, message: string): GuestError {
  return { id: 'DismPackage', hresult, message };
}
