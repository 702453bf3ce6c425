// Windows Update: what is offered now, downloading, installing. The servers are part of the model: there is no network.
//
// An exclusive update is offered alone (MS-UAMG: RequiresExclusiveHandling; that nothing else is offered beside it is a
// strict choice). What waits for a restart is still offered, as not yet installed.
import { findHotfix } from './hotfix-table.js';
import { hotfixInfo } from './hotfixes.js';
import { markRestart, type Guest } from './guest.js';
import type { UpdateResult, UpdateRun, UpdateSearch, UpdateServer, UpdateView } from './outcomes.js';
import { keyValue } from './registry.js';
import { isServicingRestartPending, updateReason } from './restart-reasons.js';
import { findService } from './services.js';
import { updateTable, type UpdateEntry } from './update-table.js';

const policy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate';

/** HRESULTs: wuerror.h. */
const errors = {
  /** ERROR_SERVICE_DISABLED */
  serviceDisabled: '0x80070422',
  /** WU_E_PT_WINHTTP_NAME_NOT_RESOLVED */
  nameNotResolved: '0x8024402C',
  /** WU_E_PT_SUS_SERVER_NOT_SET: "WUServer policy value is missing in the registry"; that it is this one: low. */
  noManagedServer: '0x80244011',
  /** WU_E_INSTALL_NOT_ALLOWED: "… or the system was pending a mandatory restart". */
  installNotAllowed: '0x80240016',
  /** WU_E_DM_NOTDOWNLOADED */
  notDownloaded: '0x80246007',
} as const;

export function searchUpdates(guest: Guest, server: UpdateServer): UpdateSearch {
  if (findService(guest, 'wuauserv')?.startMode === 'disabled')
    return { ok: false, hresult: errors.serviceDisabled };
  const hasWsus = isManaged(guest);
  if (server === 'managed' && !hasWsus) return { ok: false, hresult: errors.noManagedServer };
  if (guest.state.updates.offline) return { ok: false, hresult: errors.nameNotResolved };
  const isWsus = hasWsus && server !== 'windows-update';
  const offered = offers(guest).filter(({ optional }) => !(isWsus && optional));
  return { ok: true, updates: offered.map((entry) => view(guest, entry)) };
}

export function downloadUpdates(guest: Guest, ids: readonly string[]): UpdateRun {
  if (guest.state.updates.offline) return { ok: false, hresult: errors.nameNotResolved };
  const { updates } = guest.state;
  updates.downloaded = [...new Set([...updates.downloaded, ...ids])];
  return { ok: true, results: ids.map((id) => ({ id, hresult: null, restartRequired: false })) };
}

export function installUpdates(guest: Guest, ids: readonly string[]): UpdateRun {
  if (isServicingRestartPending(guest)) return { ok: false, hresult: errors.installNotAllowed };
  return { ok: true, results: ids.map((id) => installOne(guest, id)) };
}

function installOne(guest: Guest, id: string): UpdateResult {
  const { updates } = guest.state;
  const entry = offers(guest).find((each) => each.id === id);
  if (entry === undefined || !updates.downloaded.includes(id))
    return { id, hresult: errors.notDownloaded, restartRequired: false };
  const restart = needsRestart(entry);
  if (entry.apart === null)
    guest.state.hotfixes.push({
      kb: entry.kb,
      installedOn: guest.now().toISOString(),
      state: restart ? 'pending' : 'installed',
    });
  else updates.installed.push(id);
  const program = entry.apart?.program ?? null;
  if (program !== null) guest.state.packages[program.key.toLowerCase()] = { ...program };
  // As a package of servicing .NET comes into force with the restart.
  const isLater = entry.apart === null && restart;
  if (entry.dotNet !== null && !isLater) guest.state.dotNet = { ...entry.dotNet };
  if (restart) markRestart(guest, updateReason(entry.kb));
  updates.downloaded = updates.downloaded.filter((each) => each !== id);
  updates.lastInstalledAt = guest.now().toISOString();
  guest.journal(`windows update: ${entry.title} installed`);
  return { id, hresult: null, restartRequired: restart };
}

/** What applies here and is not installed: an exclusive one alone, else all. */
function offers(guest: Guest): UpdateEntry[] {
  const all = updateTable.filter((entry) => entry.os === guest.os.id && isOffered(guest, entry));
  const exclusive = all.find((entry) => isExclusive(entry));
  return exclusive === undefined ? all : [exclusive];
}

function isOffered(guest: Guest, entry: UpdateEntry): boolean {
  if (!entry.after.every((kb) => hotfixInfo(guest, kb)?.state === 'Installed')) return false;
  const package_ = entry.apart === null ? hotfixInfo(guest, entry.kb) : undefined;
  if (package_?.state === 'InstallPending') return true;
  if (package_ !== undefined && (package_.state === 'Installed' || !package_.applicable)) return false;
  if (entry.dotNet !== null) return (guest.state.dotNet?.release ?? 0) < entry.dotNet.release;
  return !guest.state.updates.installed.includes(entry.id);
}

function view(guest: Guest, entry: UpdateEntry): UpdateView {
  const { id, kb, title, categories, optional } = entry;
  return {
    id,
    kb,
    title,
    categories: [...categories],
    optional,
    exclusive: isExclusive(entry),
    restart: needsRestart(entry),
    downloaded: guest.state.updates.downloaded.includes(id),
    restartPending: guest.state.pendingReboot.includes(updateReason(kb)),
  };
}

function isExclusive({ kb, os, apart }: UpdateEntry): boolean {
  return apart === null && findHotfix(kb, os)?.exclusive === true;
}

function needsRestart({ kb, os, apart }: UpdateEntry): boolean {
  return apart === null ? findHotfix(kb, os)?.restart === true : apart.restart;
}

/** A WSUS is named by policy, and the policy says that it is used. */
function isManaged(guest: Guest): boolean {
  const server = keyValue(guest, policy, 'WUServer');
  const use = keyValue(guest, `${policy}\\AU`, 'UseWUServer');
  return server !== undefined && server.data !== '' && use?.data === '1';
}
