// The kinds that there are. A new kind is a new file and one line here.
import { certificates } from './certificates.js';
import { computer } from './computer.js';
import { disk } from './disk.js';
import { edition } from './edition.js';
import { feature } from './feature.js';
import { firewall } from './firewall.js';
import { hardware } from './hardware.js';
import { hotfix } from './hotfix.js';
import type { Kind } from './kind.js';
import { network } from './network.js';
import { packageKind } from './package.js';
import { pendingReboot } from './pending-reboot.js';
import { registry } from './registry.js';
import { service } from './service.js';
import { setting } from './setting.js';
import { sqlInstance } from './sql-instance.js';
import { updates } from './updates.js';

/** By the name that a role uses. What a kind resolved, only that kind may be given back. */
export const kinds: ReadonlyMap<string, Kind<unknown, unknown>> = new Map(
  (
    [
      feature,
      hotfix,
      packageKind,
      updates,
      registry,
      service,
      firewall,
      certificates,
      setting,
      pendingReboot,
      edition,
      computer,
      network,
      disk,
      hardware,
      sqlInstance,
    ] as Kind<unknown, unknown>[]
  ).map((kind) => [kind.name, kind]),
);

export const kindNames: readonly string[] = [...kinds.keys()];

export function kindOf(name: string): Kind<unknown, unknown> | undefined {
  return kinds.get(name);
}
