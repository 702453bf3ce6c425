// What doctor found, for a person: what stands in the way first, each with what mends it.
import { plainCharacters, plainLine } from './plain-characters.js';
import { hanging } from './wrapped.js';

type Level = 'ok' | 'warning' | 'problem' | 'unknown';

/** As doctor has it, which this room does not import. */
export interface FoundByDoctor {
  level: Level;
  what: string;
  detail: string | null;
  fix: readonly string[];
}

export interface DoctorSubject {
  /** Null: no platform was asked for. */
  platform: string | null;
  systems: readonly string[];
  findings: readonly FoundByDoctor[];
}

const words: Record<Level, string> = {
  problem: 'PROBLEM',
  warning: 'WARNING',
  unknown: 'unknown',
  ok: 'ok',
};
const order: readonly Level[] = ['problem', 'warning', 'unknown', 'ok'];

/** Ends with a newline. */
export function doctorText(
  { platform, systems, findings }: DoctorSubject,
  { width }: { width: number },
): string {
  const on = platform === null ? 'any platform (none is named)' : `platform ${plainLine(platform)}`;
  const blocks = order.flatMap((level) =>
    findings.filter((one) => one.level === level).flatMap((one) => linesOf(one, width)),
  );
  return [`Baking ${systems.join(', ')} on ${on}`, '', ...blocks, '', summary(findings), ''].join('\n');
}

const column = 9;

function linesOf({ level, what, detail, fix }: FoundByDoctor, width: number): string[] {
  const place = { indent: 0, column, width };
  return [
    ...hanging(words[level], plainLine(what), place),
    ...(detail === null ? [] : hanging('', plainLine(detail), place)),
    // Commands are copied: they stay on one line, as they are.
    ...fix.map((step) => `${' '.repeat(column)}-> ${plainCharacters(step).replaceAll('\n', ' ')}`),
  ];
}

function summary(findings: readonly FoundByDoctor[]): string {
  const counts = order.map((level) => [level, findings.filter((one) => one.level === level).length] as const);
  const told = counts.map(([level, count]) => `${count} ${nameOf(level, count)}`).join(', ');
  const usable = findings.every(({ level }) => level !== 'problem');
  return usable ? `Nothing stands in the way: ${told}.` : `A bake cannot succeed like this: ${told}.`;
}

function nameOf(level: Level, count: number): string {
  return level === 'ok' || level === 'unknown' || count === 1 ? level : `${level}s`;
}
