// Many machines in a line each: as they are done, and in a sum at the end.
import type { HostReadiness, HostReport } from '../verify/index.js';
import { plainLine } from './plain-characters.js';

/** `3 of 50  fe03:5986  falls short: 2 fail, 0 unknown` */
export function progressLine(
  host: HostReport | HostReadiness,
  { done, total }: { done: number; total: number },
): string {
  return [`${done} of ${total}`, plainLine(host.host), plainLine(outcomeOf(host))].join('  ');
}

/** `Of 50 hosts 3 fall short, 2 were not judged in full, 1 did not answer, 44 have everything.` */
export function fleetSummary(hosts: readonly HostReport[]): string {
  const states = hosts.map(stateOf);
  const count = (state: State): number => states.filter((one) => one === state).length;
  const said = (number: number, one: string, many: string): string[] =>
    number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
  const parts = [
    ...said(count('short'), 'falls short', 'fall short'),
    ...said(count('partly'), 'was not judged in full', 'were not judged in full'),
    ...said(count('silent'), 'did not answer', 'did not answer'),
    ...said(count('fine'), 'has everything', 'have everything'),
  ];
  return `Of ${hosts.length} hosts ${parts.join(', ')}.`;
}

type State = 'short' | 'partly' | 'silent' | 'fine';

function stateOf(host: HostReport): State {
  if (!host.answered) return 'silent';
  const { fail, unknown } = sums(host);
  if (fail > 0) return 'short';
  return unknown > 0 ? 'partly' : 'fine';
}

function outcomeOf(host: HostReport | HostReadiness): string {
  if (!host.answered) return `did not answer: ${host.error?.message.split('\n')[0] ?? ''}`;
  if ('roles' in host) {
    const ready = host.roles.filter(({ state }) => state === 'ready').length;
    return `ready for ${ready} of ${host.roles.length} roles`;
  }
  const { fail, unknown } = sums(host);
  const numbers = `${fail} fail, ${unknown} unknown`;
  if (fail > 0) return `falls short: ${numbers}`;
  return unknown > 0 ? `not judged in full: ${numbers}` : 'has everything';
}

function sums({ reports }: HostReport): { fail: number; unknown: number } {
  const sum = (name: 'fail' | 'unknown'): number =>
    reports.reduce((total, { counts }) => total + counts[name], 0);
  return { fail: sum('fail'), unknown: sum('unknown') };
}
