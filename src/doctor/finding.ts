// What a check found: data, for a person, for a pipeline, and for the build, which stops at problems before it starts.
import type { LyncimgError } from '../errors/index.js';
import type { CheckName, Finding, Level } from './doctor-schema.js';

interface More {
  detail?: string | null;
  fix?: string[];
}

export function found(
  check: CheckName,
  level: Level,
  what: string,
  { detail = null, fix = [] }: More = {},
): Finding {
  return { check, level, code: null, what, detail, fix };
}

/** An error of the catalogue as a finding: its first line says what, the others why, its advice is the way out. */
export function foundError(check: CheckName, error: LyncimgError, level: Level = 'problem'): Finding {
  const { code, message, suggestions } = error;
  const [what = '', ...why] = message.split('\n');
  const detail = why.length === 0 ? null : why.join(' ');
  return { check, level, code, what, detail, fix: [...suggestions] };
}
