import type { Requirement } from '../requirements/index.js';

/** Neighbours of one kind, which that kind may install in one task. */
export interface Batch {
  kind: string;
  requirements: Requirement[];
}

/** Splits ordered requirements into runs of the same kind; the order stays. */
export function batches(requirements: readonly Requirement[]): Batch[] {
  const result: Batch[] = [];
  for (const requirement of requirements) {
    const last = result.at(-1);
    if (last?.kind === requirement.kind) last.requirements.push(requirement);
    else result.push({ kind: requirement.kind, requirements: [requirement] });
  }
  return result;
}
