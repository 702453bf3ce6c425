// Names that are two here and one to Windows.

/** Each pair of paths (of files, or of folders that lead to them) that cannot both be on a disc. */
export function collisions(paths: readonly string[]): [string, string][] {
  const found = new Map<string, [string, string]>();
  const taken = new Map<string, { path: string; isFolder: boolean }>();
  for (const file of [...paths].sort()) {
    const names = file.split('/');
    for (let depth = 1; depth <= names.length; depth++) {
      const path = names.slice(0, depth).join('/');
      const isFolder = depth < names.length;
      const key = caseKey(path);
      const other = taken.get(key);
      if (other === undefined) taken.set(key, { path, isFolder });
      else if (other.path !== path || !isFolder || !other.isFolder) {
        const pair: [string, string] = [other.path, isFolder && !other.isFolder ? file : path];
        found.set(pair.join('\n'), pair);
        // What lies below it is wrong for the same reason.
        break;
      }
    }
  }
  return [...found.values()];
}

/**
 * The same for names that Windows takes for one: it compares them in upper case, code unit by code unit
 * (RtlUpcaseUnicodeString, in CDFS: namesup.c). That table could not be looked at; JavaScript's is that of Unicode.
 */
export function caseKey(path: string): string {
  return path.replace(/[^]/g, (unit) => {
    const upper = unit.toUpperCase();
    return upper.length === 1 ? upper : unit;
  });
}
