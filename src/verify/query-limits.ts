// How long each question may take. A class that hangs must not take the time of all the others.
import type { FactQuery } from '../requirements/index.js';

/** Classes that are slow on a healthy host, in the order in which they are asked: after everything else. */
const slow: Readonly<Record<string, number>> = {
  // Server Manager's provider takes seconds at best, and can hang where the component store is broken.
  win32_serverfeature: 60_000,
  // Opens the component store: up to half a minute cold, longer where servicing is at work.
  win32_optionalfeature: 120_000,
  // Reads every package of the component store: up to a minute cold.
  win32_quickfixengineering: 120_000,
};
const usualMs = 30_000;
/** A firewall has 400 rules, and each is a call of its own. */
const manyValuesMs = 60_000;

/** For the whole question with all its pages and calls. */
export function timeLimitMs(query: FactQuery): number {
  switch (query.kind) {
    case 'cim':
      return slow[query.className.toLowerCase()] ?? usualMs;
    case 'registry':
      return usualMs;
    case 'registry-keys':
    case 'registry-values':
      return manyValuesMs;
  }
}

/** 0, 1, … among the slow classes; -1 for any other. */
export function slowRank(className: string): number {
  return Object.keys(slow).indexOf(className.toLowerCase());
}
