import type { VerifyReport } from '../verify/index.js';

/** A warning stops nobody; what falls short outweighs what nobody knows. */
export function exitCodeOf({ counts }: Pick<VerifyReport, 'counts'>): 0 | 1 | 4 {
  if (counts.fail > 0) return 1;
  return counts.unknown > 0 ? 4 : 0;
}
