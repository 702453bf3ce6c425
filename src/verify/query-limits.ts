// How long each question may take. A class that hangs must not take the time of all the others.
import type { FactQuery } from '../requirements/index.js';

/** Classes that are slow on a healthy host, in the order in which they are asked: after everything else. */
const slow: Readonly<Record<string, number>> = {
  // Opens the component store: up to half a minute cold, longer where servicing is at work.
  win32_optionalfeature: 120_000,
  // Reads every package of the component store: up to a minute cold.
  win32_quickfixengineering: 120_000,
};
const usualMs = 30_000;

/** For the whole question with all its pages. */
export function timeLimitMs(query: FactQuery): number {
  return query.kind === 'registry' ? usualMs : (slow[query.className.toLowerCase()] ?? usualMs);
}

/** 0, 1, … among the slow classes; -1 for any other. */
export function slowRank(className: string): number {
  return Object.keys(slow).indexOf(className.toLowerCase());
}
