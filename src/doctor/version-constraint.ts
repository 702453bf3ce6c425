// `>= 1.0.0, < 2.0.0` and `~> 1.1`, as Packer writes what it asks of a plugin and Ansible what a collection asks of it.
import { compareVersions } from '../tools/index.js';

const part = /^(>=|<=|==|!=|=|>|<|~>)?\s*v?(\d+(?:\.\d+){0,2})[\w.+-]*$/;

/** Undefined where the constraint is none that can be understood. */
export function satisfies(version: string, constraint: string): boolean | undefined {
  const parts = constraint.split(',').map((text) => part.exec(text.trim()));
  if (parts.some((match) => match === null)) return undefined;
  return parts.every((match) => holds(version, match?.[1] ?? '=', match?.[2] ?? ''));
}

function holds(version: string, operator: string, wanted: string): boolean {
  const difference = compareVersions(version, wanted);
  switch (operator) {
    case '>=':
      return difference >= 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '<':
      return difference < 0;
    case '!=':
      return difference !== 0;
    case '~>': {
      const next = nextOf(wanted);
      return difference >= 0 && (next === null || compareVersions(version, next) < 0);
    }
    default:
      return difference === 0;
  }
}

/**
 * `~> 1.1.4` stays below 1.2 and `~> 1.1` below 2; `~> 1` has no upper bound (tried with hashicorp/go-version 1.9.0,
 * which Packer compares with).
 */
function nextOf(wanted: string): string | null {
  const kept = wanted.split('.').map(Number).slice(0, -1);
  const last = kept.pop();
  return last === undefined ? null : [...kept, last + 1].join('.');
}
