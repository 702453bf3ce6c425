// The one error class. What happened, where, what to do next; how the process ends.
import { catalogue, type Code, type FactsOf } from './catalogue.js';
import type { CodeEntry, ExitCode } from './code.js';
import type { Where } from './position.js';

/** What surrounds an error: all optional, all shown by the printer. */
export interface Circumstances {
  where?: Where | undefined;
  /** A second place that disagrees with the first, e.g. the parent role. */
  related?: { where: Where; text: string } | undefined;
  cause?: unknown;
  /** In addition to the code's own hint. */
  suggestions?: string[];
}

/** Anything that lyncimg reports by a code. As data it is a problem; thrown it ends the command. */
export class LyncimgError extends Error {
  readonly code: Code;
  readonly facts: unknown;
  readonly where: Where | undefined;
  readonly related: { where: Where; text: string } | undefined;
  readonly suggestions: string[];
  /** Both spellings are needed: oclif's --json path reads the first, its plain path the second. */
  readonly exitCode: ExitCode;
  readonly oclif: { exit: ExitCode };

  constructor(code: Code, entry: CodeEntry<never>, facts: unknown, around: Circumstances) {
    super(entry.message(facts as never), around.cause === undefined ? undefined : { cause: around.cause });
    this.name = 'LyncimgError';
    this.code = code;
    this.facts = facts;
    this.where = around.where;
    this.related = around.related;
    const hint = entry.hint?.(facts as never) ?? [];
    this.suggestions = [...(typeof hint === 'string' ? [hint] : hint), ...(around.suggestions ?? [])];
    this.exitCode = entry.exit;
    this.oclif = { exit: entry.exit };
  }
}

/** Makes an error by its code: `throw fail('E_ROLE_UNKNOWN', { role, near }, { where })`. */
export function fail<C extends Code>(code: C, facts: FactsOf<C>, around: Circumstances = {}): LyncimgError {
  return new LyncimgError(code, catalogue[code], facts, around);
}

/** Several problems of the same input, thrown as one; the exit code is that of wrong input, 2. */
export class ProblemsError extends Error {
  readonly problems: readonly LyncimgError[];
  readonly exitCode: ExitCode = 2;
  readonly oclif = { exit: 2 } as const;

  constructor(problems: readonly LyncimgError[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.name = 'ProblemsError';
    this.problems = problems;
  }
}

/** A value, or every problem that stands in its way. Stages that read input return this and never throw. */
export type Checked<T> = { ok: true; value: T } | { ok: false; problems: LyncimgError[] };

export function ok<T>(value: T): Checked<T> {
  return { ok: true, value };
}

export function problems(list: LyncimgError[]): { ok: false; problems: LyncimgError[] } {
  return { ok: false, problems: list };
}

/** The value, or all problems thrown as one error. */
export function orThrow<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new ProblemsError(checked.problems);
}
