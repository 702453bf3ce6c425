// Adding a package (DISM): is the file one, does it apply here, may servicing take it now, does it want a restart.
//
// Windows says no more than "not applicable" for a package of another OS and for one whose prerequisite is missing:
// the applicability rules are inside the package (Microsoft KB2919355 names its prerequisite; win_hotfix reads
// `Applicable` of Get-WindowsPackage).
import { readGuestHead } from './files.js';
import { markRestart, type Guest } from './guest.js';
import { findHotfix, packageIdentity, type HotfixEntry } from './hotfix-table.js';
import type { GuestError, HotfixOutcome, HotfixRequest, PackageInfo, PackageLookup } from './outcomes.js';
import { parsePlaceholder } from './placeholder.js';

export async function packageInfo(guest: Guest, sourcePath: string): Promise<PackageLookup> {
  const head = await readGuestHead(guest, sourcePath, 4096);
  if (head === undefined)
    return {
      ok: false,
      reason: 'not-a-file',
      error: guestError('0x80070002', 'The system cannot find the file specified.'),
    };
  const kb = knowledgeBaseNumber(head, sourcePath);
  if (kb === undefined)
    return { ok: false, reason: 'not-a-package', error: guestError('0x8007000D', 'The data is invalid.') };
  const entry = findHotfix(kb);
  if (entry === undefined)
    return {
      ok: false,
      reason: 'not-a-package',
      error: { id: 'TwinDoesNotModel', hresult: null, message: `the twin does not model the package ${kb}` },
    };
  return { ok: true, package: describe(guest, entry) };
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
  const entry = findHotfix(info.kb);
  const restart = entry?.restart === true;
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
  const waits = guest.state.pendingReboot.length > 0;
  if (info.state === 'NotPresent' && waits && findHotfix(info.kb)?.exclusive === true && !request.whatIf)
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

function describe(guest: Guest, entry: HotfixEntry): PackageInfo {
  const reason = whyNotApplicable(guest, entry);
  const present = guest.state.hotfixes.find((hotfix) => hotfix.kb === entry.kb);
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
  if (!entry.os.includes(guest.os.id)) return `it is for ${entry.os.join(', ')}, this is ${guest.os.id}`;
  const missing = entry.requires.filter((kb) => !isInstalled(guest, kb));
  return missing.length === 0 ? null : `${missing.join(', ')} must be installed first`;
}

function isInstalled(guest: Guest, kb: string): boolean {
  return guest.state.hotfixes.some((hotfix) => hotfix.kb === kb && hotfix.state === 'installed');
}

/** A placeholder says which file it stands for; a real package (a cabinet) is known by its file name. */
function knowledgeBaseNumber(head: Buffer, path: string): string | undefined {
  const placeholder = parsePlaceholder(head);
  const isCabinet = head.subarray(0, 4).toString('latin1') === 'MSCF';
  const name = placeholder?.fileName ?? (isCabinet ? (path.split(/[\\/]/).at(-1) ?? '') : '');
  return /kb\d{6,8}/i.exec(name)?.[0].toUpperCase();
}

function guestError(hresult: string | null, message: string): GuestError {
  return { id: 'DismPackage', hresult, message };
}
