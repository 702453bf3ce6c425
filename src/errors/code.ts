// What an entry of the catalogue of errors is: every bad end has one, worded and tested.

/**
 * The process's exit code, by what went wrong (docs/errors.md):
 * 1 a machine falls short, 2 wrong use or input, 3 a tool or a host, 4 not everything could be judged,
 * 70 a defect of lyncimg, 130 interrupted, 143 terminated.
 */
export type ExitCode = 1 | 2 | 3 | 4 | 70 | 130 | 143;

/** One error code: its wording is made from the facts given where it is raised. */
export interface CodeEntry<Facts> {
  /** A few words for the error reference. */
  title: string;
  /** What happened and why, with the value; no code, no position, no "Error:". */
  message: (facts: Facts) => string;
  /** What to do next: near matches, the exact command. */
  hint?: (facts: Facts) => string | string[];
  exit: ExitCode;
}

/** Gives an entry its type of facts: `E_X: code<{ role: string }>({ … })`. */
export function code<Facts>(entry: CodeEntry<Facts>): CodeEntry<Facts> {
  return entry;
}
