// Events in words: what plain progress and the log file say, line by line.
import type { BuildEvent, LayerPhase } from '../../build/index.js';
import { durationInWords, unreachable } from '../../util/index.js';

/** Said wherever a rehearsal begins or ends, so that nobody takes it for an image. */
export const rehearsalNotice =
  'REHEARSAL: the twin is a model of Windows Server. What this makes proves the bake; it is not an image of Windows.';

const phaseNames: Record<LayerPhase, string> = {
  start: 'starting the guest',
  ansible: 'installing (Ansible)',
  gate: 'verifying (gate)',
  unkey: 'un-keying and shutting down',
  publish: 'storing the layer',
};

export function phaseName(phase: LayerPhase): string {
  return phaseNames[phase];
}

/** The lines of one event; none for what only a live display shows. */
export function describeEvent(event: BuildEvent): string[] {
  switch (event.type) {
    case 'build-started':
      return [
        ...(event.rehearsal ? [rehearsalNotice] : []),
        `Building ${event.role} on ${event.os}, platform ${event.platform}: ${event.layers.map(({ name }) => name).join(' -> ')}`,
        `Run ${event.run}, logs in ${event.folder}`,
      ];
    case 'warning':
      return [`warning: ${event.message}`];
    case 'layer-reused':
      return [`${event.layer}: stored already (${short(event.digest)})`];
    case 'layer-waiting':
      return [`${event.layer}: waiting for ${event.holder}, which builds it`];
    case 'layer-started':
      return [`${event.layer}: building ${short(event.digest)} (${event.reason})`];
    case 'phase-started':
      return [`${event.layer}: ${phaseName(event.phase)}`];
    case 'guest-contact':
      return [`${event.layer}: ${describeContact(event)}`];
    case 'tool-started':
      return [`${event.layer}: ${event.tool} runs, log ${event.log}`];
    case 'task-started':
      return [`${event.layer}: [${event.index}/${event.total}] ${event.task}`];
    case 'task-finished':
      return event.status === 'failed' || event.status === 'unreachable'
        ? [`${event.layer}: ${event.status}: ${event.task}${event.message ? `: ${event.message}` : ''}`]
        : [];
    case 'gate-judged':
      return [`${event.layer}: gate: ${describeCounts(event.counts)}`];
    case 'layer-built':
      return [`${event.layer}: built and stored (${short(event.digest)}) in ${elapsed(event.durationMs)}`];
    case 'layer-failed':
      return [
        `${event.layer}: failed (${event.code}): ${event.message}`,
        ...(event.log === null ? [] : [`${event.layer}: log ${event.log}`]),
      ];
    case 'image-reused':
      return [`image: stored already (${event.reference})`];
    case 'image-sealed':
      return [`image: sealed ${event.reference} in ${elapsed(event.durationMs)}`];
    case 'kept':
      return [`${event.layer}: kept: ${event.message}`];
    case 'cleaned':
      return [`cleaned: ${event.what}`];
    case 'build-finished':
      return [
        `${outcomeNames[event.outcome]} after ${elapsed(event.durationMs)}`,
        ...(event.rehearsal ? [rehearsalNotice] : []),
      ];
    default:
      return unreachable(event);
  }
}

const outcomeNames = {
  built: 'Done',
  reused: 'Nothing to build: everything is stored already. Done',
  failed: 'Failed',
  interrupted: 'Stopped; complete layers are kept. Ended',
};

type GuestContact = Extract<BuildEvent, { type: 'guest-contact' }>;

const contactNames: Record<GuestContact['state'], string> = {
  'never-answered': 'never answered',
  'other-certificate': "answers without this build's certificate",
  'not-ready': "answers with this build's certificate, but is not ready",
  'went-away': 'answered and went away',
  'password-refused': "refuses this build's password",
  reached: 'answers',
};

/** `waiting for WinRM: never answered (3 min)`, with the states before it on its left. */
export function describeContact({ state, durations, reason }: GuestContact): string {
  const times = Object.entries(durations) as [GuestContact['state'], number][];
  const seen = times.filter(([key]) => key !== state).map(([key, ms]) => said(key, ms));
  if (state === 'reached') return `WinRM answers${seen.length === 0 ? '' : `, after: ${seen.join(' -> ')}`}`;
  const chain = [...seen, said(state, durations[state] ?? 0)].join(' -> ');
  return `waiting for WinRM: ${chain}${reason === null ? '' : `. ${reason}`}`;
}

function said(state: GuestContact['state'], ms: number): string {
  return `${contactNames[state]} (${durationInWords(ms)})`;
}

/** `12 pass, 1 warn`; names that count nothing are left out. */
export function describeCounts(counts: Record<string, number>): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return parts.length === 0
    ? 'nothing to judge'
    : parts.map(([name, count]) => `${count} ${name}`).join(', ');
}

/** `0:07`, `12:34`, `1:02:03`. */
export function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (part: number): string => String(part).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A digest as people quote it. */
export function short(digest: string): string {
  return digest.slice(0, 12);
}
