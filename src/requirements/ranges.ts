// Ranges of whole numbers, both ends within: ports, and IPv4 addresses as numbers.

export interface Range {
  first: number;
  last: number;
}

/** Sorted; what overlaps or touches is one. */
export function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    const before = result.at(-1);
    if (before !== undefined && first <= before.last + 1) before.last = Math.max(before.last, last);
    else result.push({ first, last });
  }
  return result;
}

/** What of the wanted is in none of the given. */
export function missingFrom(given: readonly Range[], wanted: readonly Range[]): Range[] {
  let open = merged(wanted);
  for (const { first, last } of given)
    open = open.flatMap((range) =>
      [
        { first: range.first, last: Math.min(range.last, first - 1) },
        { first: Math.max(range.first, last + 1), last: range.last },
      ].filter((part) => part.first <= part.last),
    );
  return open;
}

/** What is in both. */
export function common(a: readonly Range[], b: readonly Range[]): Range[] {
  return a.flatMap((one) =>
    b
      .map((other) => ({ first: Math.max(one.first, other.first), last: Math.min(one.last, other.last) }))
      .filter(({ first, last }) => first <= last),
  );
}
