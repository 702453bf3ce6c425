// What can be wrong, by kind.
import { mutateCertificates } from './certificates.js';
import { mutateFeature } from './features.js';
import { mutateFirewall } from './firewall.js';
import { mutateDisk, mutateHardware, mutateNetwork, mutateSqlInstance } from './hardware.js';
import type { KindName } from './inputs.js';
import { mutateInstalled } from './installed.js';
import type { Mutate } from './mutation.js';
import { mutateRegistry, mutateSetting } from './registry.js';
import { makeWrongRoots } from './root-certificates.js';
import { mutateService } from './services.js';
import { mutateComputer, mutateEdition, mutatePendingReboot, mutateUpdates } from './system.js';

export async function allMutates(): Promise<Readonly<Record<KindName, Mutate>>> {
  return {
    feature: mutateFeature,
    hotfix: mutateInstalled,
    package: mutateInstalled,
    updates: mutateUpdates,
    registry: mutateRegistry,
    service: mutateService,
    firewall: mutateFirewall,
    certificates: mutateCertificates(await makeWrongRoots()),
    setting: mutateSetting,
    pendingReboot: mutatePendingReboot,
    edition: mutateEdition,
    computer: mutateComputer,
    network: mutateNetwork,
    disk: mutateDisk,
    hardware: mutateHardware,
    sqlInstance: mutateSqlInstance,
  };
}
