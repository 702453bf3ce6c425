// The ids of operating systems as people write them.
import { fail, type LyncimgError, type Where } from '../errors/index.js';
import { osIds, type OsId } from '../requirements/index.js';
import { nearest } from '../util/index.js';

/** The id that a text means, in any case; YAML reads an unquoted 2012 as a number. */
export function parseOsId(text: string | number): OsId | undefined {
  const wanted = String(text).trim().toLowerCase();
  return osIds.find((id) => id === wanted);
}

export function unknownOs(os: string | number, where?: Where): LyncimgError {
  const known = [...osIds];
  return fail('E_OS_UNKNOWN', { os: String(os), near: nearest(String(os), known), known }, { where });
}

/** A list of ids without repeats, and what is wrong with it. */
export function readOsIds(
  list: readonly (string | number)[] | undefined,
  where: (index: number) => Where,
): { ids: OsId[]; problems: LyncimgError[] } {
  const ids = new Set<OsId>();
  const problems: LyncimgError[] = [];
  for (const [index, text] of (list ?? []).entries()) {
    const id = parseOsId(text);
    if (id === undefined) problems.push(unknownOs(text, where(index)));
    else ids.add(id);
  }
  return { ids: [...ids], problems };
}
