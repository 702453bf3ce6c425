// How a document is named where a person reads: title, publisher, date, and whose word it is where not Microsoft's.
import type { ConditionSheet, ConflictSheet, PitfallSheet, SourceSheet } from '../explain/index.js';

/** `Additional software requirements (Microsoft, 2016-12-08)` */
export function sourceWords({ title, publisher, date, confidence }: SourceSheet): string {
  const about = [
    publisher,
    ...(date === 'unknown' ? [] : [date]),
    ...(confidence === 'microsoft' || confidence === 'own' ? [] : [confidence]),
  ];
  return `${title} (${about.join(', ')})`;
}

/** `if conferencing is true`; empty without a condition. */
export function conditionWords(when: ConditionSheet | null): string {
  if (when === null) return '';
  const parts = Object.entries(when.option).map(([name, value]) => `${name} is ${String(value)}`);
  return `if ${parts.join(' and ')}`;
}

/** Ends with one full stop, whoever wrote it. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Sources that differ, in one sentence: what each says, and what is taken. */
export function conflictWords({ subject, says, take }: ConflictSheet): string {
  const claims = says.map(
    ({ claim, sources }) => `${claim} (${sources.map(({ title }) => title).join('; ')})`,
  );
  return `${subject}: ${claims.join(', against ')}. Taken: ${sentence(take)}`;
}

/** What goes wrong, the number that people search for, and what keeps it away. */
export function pitfallWords({ what, code, prevent }: PitfallSheet): string {
  const seen = code === null ? sentence(what) : `${sentence(what)} [${code}]`;
  return prevent === null ? seen : `${seen} ${sentence(prevent)}`;
}
