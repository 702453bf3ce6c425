// Reads `/switch value` pairs as Windows' own tools take them: slash or dash, any case.

export interface Switches {
  /** Lower-case name without its slash -> value; '' for one without a value. */
  values: Map<string, string>;
}

/** Undefined for anything that is not in the two lists. */
export function readSwitches(
  words: readonly string[],
  known: { flags: readonly string[]; valued: readonly string[] },
): Switches | undefined {
  const values = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const name = /^[/-](.+)$/.exec(words[at] ?? '')?.[1]?.toLowerCase();
    if (name === undefined) return undefined;
    if (known.flags.includes(name)) {
      values.set(name, '');
    } else if (known.valued.includes(name) && words[at + 1] !== undefined) {
      values.set(name, words[at + 1] ?? '');
      at++;
    } else {
      return undefined;
    }
  }
  return { values };
}
