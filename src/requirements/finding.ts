// Several ways to prove one thing, of which any will do.

/** What one way found. */
export type Finding =
  { state: 'met'; actual: string } | { state: 'unmet'; actual: string } | { state: 'unknown'; cause: string };

/** Met where any is; else unknown where any is, because that one could have proved it; else unmet. */
export function anyOf(findings: readonly Finding[]): Finding {
  const met = findings.find(({ state }) => state === 'met');
  if (met !== undefined) return met;
  const causes = findings.flatMap((one) => (one.state === 'unknown' ? [one.cause] : []));
  if (causes.length > 0) return { state: 'unknown', cause: joined(causes) };
  return {
    state: 'unmet',
    actual: joined(findings.flatMap((one) => (one.state === 'unmet' ? [one.actual] : []))),
  };
}

function joined(texts: readonly string[]): string {
  return [...new Set(texts)].join('; ');
}
