// The background process of win_updates (Install-WindowsUpdate in win_updates.ps1, read): search, choose, download,
// install; each step leaves a line in the output file, the last one is `exit`.
import type { Machine, UpdateRun, UpdateServer, UpdateView } from '../machine.js';
import type { JsonObject } from './json.js';
import { notModelled } from './reply.js';

export interface UpdateWishes {
  categories: string[];
  /** Regular expressions over title and number. */
  accept: string[];
  reject: string[];
  server: string;
  state: string;
  skipOptional: boolean;
  checkMode: boolean;
}

/** One line of the output file. */
export interface ProgressLine {
  task: 'search_result' | 'download' | 'download_result' | 'install' | 'install_result' | 'exit';
  result: JsonObject;
}

/** What a `throw` of the script carries to its exit line. */
class Failure extends Error {
  readonly hresult: string | null;

  constructor(message: string, hresult: string | null = null) {
    super(message);
    this.hresult = hresult;
  }
}

const servers: Readonly<Record<string, UpdateServer>> = {
  default: 'default',
  managed_server: 'managed',
  windows_update: 'windows-update',
};

export function runUpdates(machine: Machine, wishes: UpdateWishes): ProgressLine[] {
  const lines: ProgressLine[] = [];
  const exit: JsonObject = {
    changed: false,
    failed: false,
    reboot_required: machine.isUpdateRestartPending(),
    action: null,
    exception: null,
  };
  try {
    work(machine, wishes, lines, exit);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    exit['failed'] = true;
    exit['exception'] = {
      message: error.message,
      exception: error.message,
      ...(error.hresult === null ? {} : { hresult: signed(error.hresult) }),
    };
  }
  return [...lines, { task: 'exit', result: exit }];
}

function work(machine: Machine, wishes: UpdateWishes, lines: ProgressLine[], exit: JsonObject): void {
  const isRestartPending = machine.isUpdateRestartPending();
  const found = machine.searchUpdates(servers[wishes.server] ?? 'default');
  if (!found.ok) throw comFailure('Searching for updates', found.hresult);
  const filtered = found.updates
    .map((update) => ({ id: update.id, reasons: reasonsAgainst(update, wishes) }))
    .filter(({ reasons }) => reasons.length > 0);
  const chosen = found.updates.filter(({ id }) => !filtered.some((one) => one.id === id));
  lines.push({ task: 'search_result', result: { updates: found.updates.map(updateInfo), filtered } });
  if (wishes.checkMode || wishes.state === 'searched' || chosen.length === 0) {
    exit['changed'] = chosen.length > 0 && wishes.state !== 'searched';
    return;
  }
  if (isRestartPending) throw new Failure('A reboot is required before more updates can be installed');
  download(machine, chosen, lines, exit);
  if (wishes.state === 'downloaded') return;
  install(machine, chosen, lines, exit);
}

function download(machine: Machine, chosen: UpdateView[], lines: ProgressLine[], exit: JsonObject): void {
  const missing = chosen.filter(({ downloaded }) => !downloaded);
  if (missing.length === 0) return;
  const run = machine.downloadUpdates(missing.map(({ id }) => id));
  if (!run.ok) throw comFailure('Downloading updates', run.hresult);
  exit['changed'] = true;
  lines.push(...run.results.map(({ id }) => progress('download', id)));
  lines.push({ task: 'download_result', result: { info: resultsOf(run, false) } });
  if (run.results.some(({ hresult }) => hresult !== null))
    throw new Failure('Failed to download all updates - see updates for more information');
}

function install(machine: Machine, chosen: UpdateView[], lines: ProgressLine[], exit: JsonObject): void {
  const run = machine.installUpdates(chosen.map(({ id }) => id));
  if (!run.ok) throw comFailure('Installing updates', run.hresult);
  exit['changed'] = true;
  if (run.results.some(({ restartRequired }) => restartRequired)) exit['reboot_required'] = true;
  lines.push(...run.results.map(({ id }) => progress('install', id)));
  lines.push({ task: 'install_result', result: { info: resultsOf(run, true) } });
  if (run.results.some(({ hresult }) => hresult !== null))
    throw new Failure('Failed to install all updates - see updates for more information');
  exit['reboot_required'] = machine.isUpdateRestartPending();
}

function reasonsAgainst(update: UpdateView, wishes: UpdateWishes): string[] {
  // PowerShell's text + list of one is one text, without a blank between.
  const words = `${update.title}${update.kb}`;
  const categories = update.categories.map((name) => name.toLowerCase());
  const isCategory =
    wishes.categories.length === 0 ||
    wishes.categories.some((name) => name === '*' || categories.includes(name.toLowerCase()));
  const reasons: string[] = [];
  if (wishes.accept.length > 0 && !matches(words, wishes.accept)) reasons.push('accept_list');
  if (wishes.reject.length > 0 && matches(words, wishes.reject)) reasons.push('reject_list');
  if (!isCategory) reasons.push('category_names');
  if (wishes.skipOptional && update.optional) reasons.push('skip_optional');
  return reasons;
}

/** -imatch. What JavaScript cannot read, .NET may: it is refused by name. */
function matches(words: string, patterns: string[]): boolean {
  return patterns.some((pattern) => {
    try {
      return new RegExp(pattern, 'i').test(words);
    } catch {
      throw new Failure(notModelled(`the regular expression ${pattern}`));
    }
  });
}

/** Format-UpdateInfo. */
function updateInfo(update: UpdateView): JsonObject {
  return {
    id: update.id,
    title: update.title,
    description: '',
    kb: [update.kb],
    type: 'Software',
    deployment_action: 'Installation',
    auto_select_on_websites: !update.optional,
    browse_only: update.optional,
    revision_number: 200,
    categories: update.categories,
    is_installed: false,
    is_hidden: false,
    is_present: update.restartPending,
    reboot_required: update.restartPending,
    impact: update.exclusive ? 'RequiresExclusiveHandling' : 'Normal',
    reboot_behaviour: update.restart ? 'CanRequestReboot' : 'NeverReboots',
    is_beta: false,
    is_downloaded: update.downloaded,
    is_mandatory: false,
    is_uninstallable: false,
    auto_selection: 'LetWindowsUpdateDecide',
    auto_download: 'LetWindowsUpdateDecide',
  };
}

/** The last of the many progress reports that Windows Update gives of one update. */
function progress(task: 'download' | 'install', id: string): ProgressLine {
  const bytes = 1_048_576;
  const ofDownload = {
    CurrentUpdateBytesDownloaded: bytes,
    CurrentUpdateBytesToDownload: bytes,
    CurrentUpdateDownloadPhase: 3,
    TotalBytesDownloaded: bytes,
    TotalBytesToDownload: bytes,
  };
  const result = {
    CurrentUpdateId: id,
    CurrentUpdatePercentComplete: 100,
    PercentComplete: 100,
    ...(task === 'download' ? ofDownload : {}),
  };
  return { task, result: { progress: result, result: { ResultCode: 2, HResult: 0 } } };
}

function resultsOf(run: Extract<UpdateRun, { ok: true }>, withRestart: boolean): JsonObject[] {
  return run.results.map(({ id, hresult, restartRequired }) => ({
    id,
    // OperationResultCode: 2 succeeded, 4 failed.
    result_code: hresult === null ? 2 : 4,
    hresult: hresult === null ? 0 : signed(hresult),
    ...(withRestart ? { reboot_required: restartRequired } : {}),
  }));
}

function comFailure(action: string, hresult: string): Failure {
  return new Failure(`${action}: Exception from HRESULT: ${hresult}`, hresult);
}

/** .NET gives an HRESULT as a signed number. */
function signed(hresult: string): number {
  return Number(hresult) | 0;
}
