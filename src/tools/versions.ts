// Versions as the tools print them.

/** `1.6` of `1.6.6`: what goes into a layer's digest. */
export function majorMinor(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** Below zero where `a` is older; only the numbers count, a `-dev` does not. */
export function compareVersions(a: string, b: string): number {
  const left = numbers(a);
  const right = numbers(b);
  for (let at = 0; at < 3; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(version: string): number[] {
  return version.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0);
}
