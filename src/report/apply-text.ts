// What `apply` says to a person: what it would install and leave alone, what happens, and what was done.
import type { ApplyEvent, ChosenNeeds, WhyLeft } from '../build/index.js';
import type { HostReport, Verdict } from '../verify/index.js';
import { plainLine } from './plain-characters.js';
import { circumstances, osWords, rehearsalLine } from './report-words.js';
import { documentLines, firstColumn, verdictDetails, verdictRow, type Around } from './verdict-details.js';
import { hanging } from './wrapped.js';

export interface ApplyListOptions {
  host: HostReport;
  role: string;
  chosen: ChosenNeeds;
  /** `--reboot` was given. */
  reboot: boolean;
  restartPending: boolean | null;
  /** Columns of the terminal. */
  width: number;
}

const whyWords: Record<WhyLeft, string> = {
  owner: 'it is for whoever owns the machine to decide',
  restart: 'only a restart mends it, and none is allowed without --reboot',
  nothing: 'nothing that could be installed would mend it',
};

/** Ends in a newline. What would be installed says what it stands on; no machine has been touched yet. */
export function applyList({ host, role, chosen, reboot, restartPending, width }: ApplyListOptions): string {
  const around: Around = { width: Math.max(40, width), documents: new Map() };
  const lines = [
    ...(host.rehearsal ? [rehearsalLine] : []),
    `${plainLine(host.host)}  ${plainLine(role)}  ${osWords(host)}`,
    ...circumstances(host),
    '',
  ];
  if (chosen.install.length === 0) lines.push('Nothing is to be installed.');
  else lines.push('To be installed:', ...chosen.install.flatMap(({ verdict }) => entry(verdict, [], around)));
  if (chosen.left.length > 0)
    lines.push(
      '',
      'Left alone:',
      ...chosen.left.flatMap(({ verdict, why }) => entry(verdict, [['why', whyWords[why]]], around)),
    );
  if (around.documents.size > 0)
    lines.push('', 'Documents:', ...documentLines(around.documents, around.width));
  const restarts = restartLines({ chosen, reboot, restartPending });
  if (restarts.length > 0) lines.push('', ...restarts);
  return `${lines.join('\n')}\n`;
}

function entry(verdict: Verdict, more: readonly [string, string][], around: Around): string[] {
  return [
    verdictRow(verdict, around.width),
    // What would be done about it is said by the list that it stands in.
    ...verdictDetails({ ...verdict, fix: null }, around),
    ...more.flatMap(([label, text]) =>
      hanging(label, text, { indent: firstColumn, column: 10, width: around.width }),
    ),
  ];
}

function restartLines({
  chosen,
  reboot,
  restartPending,
}: Pick<ApplyListOptions, 'chosen' | 'reboot' | 'restartPending'>): string[] {
  const lines = restartPending === true ? ['A restart is pending already.'] : [];
  if (chosen.install.length === 0) return lines;
  if (!chosen.mayRestart) lines.push('Restarts: none is expected.');
  else if (reboot)
    lines.push('Restarts: likely; the machine is restarted where Windows asks for it (--reboot).');
  else
    lines.push(
      'Restarts: likely, and not allowed: the first that Windows asks for is the end (--reboot allows them).',
    );
  return lines;
}

/** One line; null for what nobody needs to see. */
export function applyEventLine(event: ApplyEvent): string | null {
  switch (event.type) {
    case 'run-started':
      return `Run ${event.run}, log and playbook in ${event.folder}`;
    case 'warning':
      return `warning: ${plainLine(event.message)}`;
    case 'serving':
      return `${event.files} ${event.files === 1 ? 'file is' : 'files are'} served to the machine at ${event.at}`;
    case 'ansible-started':
      return `Ansible runs, log ${event.log}`;
    case 'task-started':
      return `[${event.index}/${event.total}] ${plainLine(event.task)}`;
    case 'task-finished': {
      const { status, task, message } = event;
      if (status !== 'failed' && status !== 'unreachable') return null;
      return plainLine(`${status}: ${task}${message === '' ? '' : `: ${message}`}`);
    }
  }
}

export interface ApplyEndOptions {
  /** Names of the tasks that changed something, in order. */
  changed: readonly string[];
  /** The restart that it ended before. */
  restartHeldBack: string | null;
  restartPending: boolean | null;
  /** The folder on the machine in which files that were brought still lie. */
  filesLeftIn: string | null;
}

/** What was done, however it ended; ends in a newline. */
export function applyEnd(options: ApplyEndOptions): string {
  const { changed, restartHeldBack, restartPending, filesLeftIn } = options;
  const lines =
    changed.length === 0
      ? ['Nothing was changed on the machine.']
      : ['Changed on the machine:', ...changed.map((task) => `  ${plainLine(task)}`)];
  if (restartHeldBack !== null)
    lines.push(
      `A restart is pending, and --reboot was not given: ended before "${plainLine(restartHeldBack)}".`,
      'Restart the machine and run the same command again: it goes on from there.',
    );
  else if (restartPending === true) lines.push('A restart is pending: restart the machine.');
  if (filesLeftIn !== null)
    lines.push(`Files that were brought may still lie there in ${plainLine(filesLeftIn)}.`);
  return `${lines.join('\n')}\n`;
}
