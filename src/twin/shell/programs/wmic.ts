// wmic.exe, for one property of a class that it has a short name for. The form of what it prints into a pipe (padded
// columns, each line ended twice over) is that of many public logs (high).
import type { Machine } from '../../machine.js';
import { succeeded, type CommandResult } from '../result.js';

export function runWmic(machine: Machine, words: string[]): CommandResult | undefined {
  const [alias, verb, property, ...more] = words.map((word) => word.toLowerCase());
  if (alias !== 'qfe' || verb !== 'get' || property !== 'hotfixid' || more.length > 0) return undefined;
  const rows = ['HotFixID', ...machine.installedHotfixes().map(({ kb }) => kb)];
  const width = Math.max(...rows.map((row) => row.length)) + 2;
  return succeeded(`${rows.map((row) => `${row.padEnd(width)}\r\r\n`).join('')}\r\r\n`);
}
