// The kinds that there are. A new kind is a new file and one line here.
import { computer } from './computer.js';
import { feature } from './feature.js';
import { hotfix } from './hotfix.js';
import type { Kind } from './kind.js';
import { registry } from './registry.js';
import { service } from './service.js';
import { setting } from './setting.js';

/** By the name that a role uses. What a kind resolved, only that kind may be given back. */
export const kinds: ReadonlyMap<string, Kind<unknown, unknown>> = new Map(
  ([feature, hotfix, registry, setting, service, computer] as Kind<unknown, unknown>[]).map((kind) => [
    kind.name,
    kind,
  ]),
);

export const kindNames: readonly string[] = [...kinds.keys()];

export function kindOf(name: string): Kind<unknown, unknown> | undefined {
  return kinds.get(name);
}
