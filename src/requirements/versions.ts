/** Dotted numbers of any length, e.g. `11.0.50727`: negative where a is lower; null where either is no such version. */
export function compareVersions(a: string, b: string): number | null {
  const [left, right] = [a, b].map(parts);
  if (left === undefined || right === undefined) return null;
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parts(version: string): number[] | undefined {
  const text = version.trim();
  return /^\d+(\.\d+)*$/.test(text) ? text.split('.').map(Number) : undefined;
}
