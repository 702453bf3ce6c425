// Known failures of Windows, Ansible and Packer, recognised in one table. Packer turns everything into exit 1, so the
// reason has to be read from what the failing task said, and only where no task failed from Packer's own last lines.
import { fail, type Code, type LyncimgError } from '../errors/index.js';

export interface FailureEvidence {
  layer: string;
  /** The task that failed or lost the guest, if Ansible told of one. */
  task: { name: string; status: 'failed' | 'unreachable'; message: string } | null;
  /** The last lines that Packer printed (Ansible's among them), oldest first, secrets removed. */
  lastLines: string[];
  log: string;
  /** Where the run writes. */
  folder: string;
}

type LayerCode = Extract<
  Code,
  | 'E_BUILD_PAYLOAD_MISSING'
  | 'E_BUILD_HOTFIX_NOT_APPLICABLE'
  | 'E_BUILD_REBOOT_PENDING'
  | 'E_BUILD_CREDENTIALS'
  | 'E_BUILD_CERTIFICATE'
  | 'E_BUILD_NOT_MODELLED'
  | 'E_BUILD_PACKER_TIMEOUT'
>;

/** First match wins: what names its own reason comes before what merely surrounds it. */
const known: { code: LayerCode; text: RegExp }[] = [
  { code: 'E_BUILD_NOT_MODELLED', text: /the twin does not model/i },
  // CBS_E_SOURCE_MISSING
  { code: 'E_BUILD_PAYLOAD_MISSING', text: /0x800f081f|source files could not be (found|downloaded)/i },
  // WU_E_NOT_APPLICABLE, as wusa gives it (2359302 is "already installed" and no failure), and DISM's
  // CBS_E_NOT_APPLICABLE. In words only where an update is said not to be: much else can be "not applicable".
  {
    code: 'E_BUILD_HOTFIX_NOT_APPLICABLE',
    text: /0x80240017|-2145124329|0x800f081e|\b(update|hotfix|package) is not applicable\b/i,
  },
  // DISM's DISMAPI_E_REBOOT_REQUIRED, the words of Server Manager for it, and a plain statement: tasks that ask
  // "whether a restart is pending" state nothing.
  {
    code: 'E_BUILD_REBOOT_PENDING',
    text: /0x800f0816|Failed_Reboot_Required|server that you specified requires a restart|(?<!\b(?:whether|if|where|when) )\ba (reboot|restart) is (still )?pending/i,
  },
  // pywinrm's and requests' words for a 401
  {
    code: 'E_BUILD_CREDENTIALS',
    text: /credentials were rejected|\b401\b.*unauthori[sz]ed|unauthori[sz]ed.*\b401\b|http response error: 401/i,
  },
  {
    code: 'E_BUILD_CERTIFICATE',
    text: /certificate[_ ]verify[_ ]failed|x509: |certificate .*(not valid|expired)|hostname mismatch/i,
  },
  { code: 'E_BUILD_PACKER_TIMEOUT', text: /timeout waiting for winrm/i },
];

/** ENOSPC as C, Go and Python spell it. The guest's own disk is told in other words. */
const fullDisk = /no space left on device/i;

/** The error for a Packer run that did not end well. */
export function recogniseFailure({ layer, task, lastLines, log, folder }: FailureEvidence): LyncimgError {
  const said = task === null ? lastLines.filter(isTelling).join('\n') : task.message;
  // On a full disk everything fails somehow; what Packer prints tells of it even where a task has another message.
  if (fullDisk.test(lastLines.join('\n'))) return fail('E_DISK_FULL', { path: folder, quota: false });
  const facts = { layer, task: task?.name ?? null, message: essence(said, task === null), log };
  const entry = known.find(({ text }) => text.test(said));
  if (entry !== undefined) return fail(entry.code, facts);
  if (task === null) return fail('E_BUILD_PACKER_FAILED', facts);
  return fail(task.status === 'unreachable' ? 'E_BUILD_UNREACHABLE' : 'E_BUILD_TASK_FAILED', facts);
}

/** What fits into a sentence: the first lines of a task's message, the last telling lines of a log; never a dump. */
function essence(text: string, ofLog: boolean): string {
  const lines = text
    .split('\n')
    .map((line) => line.replaceAll(/\p{Cc}/gu, '').trim())
    .filter((line) => line !== '');
  const chosen = ofLog ? lines.slice(-3) : lines.slice(0, 3);
  const short = chosen.join(' ');
  return short === '' ? 'it gave no reason' : short.length > 600 ? `${short.slice(0, 600)}…` : short;
}

/** Packer ends every failed build with the same summary; it says nothing that the line above it has not said. */
const packersSummary =
  /^==> (Some builds didn't complete|Builds finished|Wait completed)|^--> .*: (Error executing|Script exited)/;
/**
 * What Ansible was about to do, and its sums (default callback, behind Packer's `    null.guest: `): titles are the
 * playbook's words, and must not be taken for what Windows said.
 */
const ansiblesFrame =
  /^(==>)?\s*([\w.-]+:\s+)?((TASK|PLAY|RUNNING HANDLER|HANDLER) \[|PLAY RECAP|NO MORE HOSTS LEFT|\S+\s+: ok=\d+)/;

function isTelling(line: string): boolean {
  return !packersSummary.test(line) && !ansiblesFrame.test(line);
}
