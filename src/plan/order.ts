// The order in which a layer installs. It depends on what the requirements are and on nothing else: a role's list is
// a set, so that moving a line in a file never makes another image. Who must come first says so (`after` of a kind).
import type { Requirement } from '../requirements/index.js';
import type { KindLookup } from './kinds.js';

/**
 * What can hold in an image before what only a machine can have; then as `after` demands; then by the kinds' phase;
 * then by id. `cycle` names requirements that wait for each other; it is empty when all could be ordered.
 */
export function orderLayer(
  requirements: readonly Requirement[],
  kinds: KindLookup,
): { ordered: Requirement[]; cycle: string[] } {
  const ids = new Set(requirements.map(({ id }) => id));
  const waiting = requirements
    .map((requirement) => {
      const kind = kinds(requirement.kind);
      const after = kind?.after?.(requirement.spec) ?? [];
      return {
        requirement,
        rank: [requirement.stage === 'machine' ? 1 : 0, kind?.phase ?? 0] as const,
        // What is not in this layer stands in one below, or comes with Windows.
        after: new Set(after.filter((id) => ids.has(id))),
      };
    })
    .sort(
      (a, b) =>
        a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || (a.requirement.id < b.requirement.id ? -1 : 1),
    );

  const ordered: Requirement[] = [];
  const done = new Set<string>();
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ after }) => [...after].every((id) => done.has(id)));
    if (next < 0) break;
    for (const { requirement } of waiting.splice(next, 1)) {
      ordered.push(requirement);
      done.add(requirement.id);
    }
  }
  // Some of these only wait for the cycle; naming them too is still true: none of them can be ordered.
  return { ordered, cycle: waiting.map(({ requirement }) => requirement.id) };
}
