// A twin on which every requirement of a pair holds: its state is changed by hand, one rule a kind, and never by the
// product's own tasks, which would only prove that the two agree.
import { deployed, parseDeployment } from '../../../src/twin/deploy.js';
import { loadFeatures } from '../../../src/twin/feature-catalogue.js';
import { freshState } from '../../../src/twin/fresh-state.js';
import { ModelledMachine } from '../../../src/twin/machine-model.js';
import { mediaFolder } from '../../../src/twin/media.js';
import { osModel } from '../../../src/twin/os.js';
import type { Detection } from '../../../src/requirements/index.js';
import { packageRoot } from '../../helpers/modelled-machine.js';
import { machines } from '../machines.js';
import { installedWith } from './feature-list.js';
import { featureName, inputAs, type KindName } from './inputs.js';
import type { Need, Pair } from './pairs.js';
import { settingValues, powerPlanGuids } from './setting-values.js';

type Meet = (machine: ModelledMachine, need: Need, os: Pair['os']) => void;

/** On; with the hardware, network and membership of test/matrix/machines.ts. */
export async function idealMachine({ role, os, needs }: Pair): Promise<ModelledMachine> {
  const model = osModel(os.id);
  const description = machines[role];
  if (model === undefined || description === undefined) throw new Error(`no machine for ${role} on ${os.id}`);
  const fresh = freshState({ os: os.id, now: new Date('2026-03-01T08:00:00Z') });
  const machine = new ModelledMachine({
    state: deployed(fresh, parseDeployment(description, 'machines.ts')),
    os: model,
    catalogue: await loadFeatures(packageRoot, os.id),
    media: mediaFolder(null),
  });
  machine.switchOn();
  for (const need of needs) {
    const meet = meets[need.requirement.kind as KindName] as Meet | undefined;
    if (meet === undefined) throw new Error(`the matrix does not know the kind ${need.requirement.kind}`);
    meet(machine, need, os);
  }
  return machine;
}

/** The machine of machines.ts is so already, and the gate of this test says when it is not. */
const asDeployed: Meet = () => undefined;

const meets: Record<KindName, Meet> = {
  feature(machine, need, os) {
    for (const { name } of installedWith(os.id, featureName(inputAs(need, 'feature'))))
      machine.state.features[name] = 'Installed';
  },

  hotfix(machine, need, os) {
    const entry = os.packages.find(inputAs(need, 'hotfix'));
    if (entry?.kb == null) throw new Error(`${need.requirement.id} has no number`);
    listHotfix(machine, entry.kb);
    for (const one of entry.detect) detect(machine, one);
  },

  package(machine, need, os) {
    for (const one of os.packages.find(inputAs(need, 'package'))?.detect ?? []) detect(machine, one);
  },

  updates(machine, need) {
    machine.state.updates.lastInstalledAt = '2026-02-28T03:00:00.000Z';
    for (const kb of inputAs(need, 'updates').required ?? []) listHotfix(machine, kb);
  },

  registry(machine, need) {
    const { path, name, type, data } = inputAs(need, 'registry');
    if (type !== 'dword') throw new Error(`${need.requirement.id}: the matrix sets numbers alone`);
    machine.setRegistryValue(path, name, { type, data: String(data) });
  },

  service(machine, need) {
    const { name, startMode, state } = inputAs(need, 'service');
    const before = machine.service(name);
    if (before === undefined) throw new Error(`the twin has no service ${name}`);
    machine.state.services[name.toLowerCase()] = {
      ...before,
      startMode: startMode ?? before.startMode,
      state: state ?? before.state,
    };
  },

  firewall(machine, need) {
    const { name, direction = 'in', protocol, ports, action } = inputAs(need, 'firewall');
    if (action === 'unblocked') return;
    const listed = ports.map(String);
    machine.state.firewallRules.push({
      ...{ id: `{${name}}`, name, group: '', description: '' },
      ...{ direction, action, enabled: true, protocol: protocol === 'tcp' ? 6 : 17 },
      ...(direction === 'in'
        ? { localPorts: listed, remotePorts: [] }
        : { localPorts: [], remotePorts: listed }),
      ...{ localAddresses: [], remoteAddresses: [], program: '', service: '' },
      profiles: ['domain', 'private', 'public'],
    });
  },

  setting(machine, need) {
    const input = inputAs(need, 'setting');
    const { powerPlan } = input;
    if (powerPlan !== undefined) {
      machine.state.powerPlan = powerPlanGuids[powerPlan] ?? '';
      return;
    }
    for (const { key, name, data } of settingValues(input))
      machine.setRegistryValue(key, name, { type: 'dword', data: String(data) });
  },

  sqlInstance(machine, need) {
    const { name } = inputAs(need, 'sqlInstance');
    machine.state.sqlInstances.push({ name, version: '11.0.3000.0', edition: 'Express Edition' });
  },

  certificates: asDeployed,
  pendingReboot: asDeployed,
  edition: asDeployed,
  computer: asDeployed,
  network: asDeployed,
  disk: asDeployed,
  hardware: asDeployed,
};

function listHotfix({ state }: ModelledMachine, kb: string): void {
  if (state.hotfixes.some((hotfix) => hotfix.kb === kb)) return;
  state.hotfixes.push({ kb, installedOn: '2026-02-28T03:00:00.000Z', state: 'installed' });
}

/** Every way in which a package shows, in the lowest version that will do. */
function detect(machine: ModelledMachine, detection: Detection): void {
  const { state } = machine;
  if ('uninstall' in detection) {
    const { uninstall: key, minVersion } = detection;
    state.packages[key.toLowerCase()] = {
      ...{ key, view: '64', displayName: `Program ${key}`, displayVersion: minVersion ?? '1.0' },
      ...{ publisher: 'Somebody', msi: false },
    };
  } else if ('dotnetRelease' in detection) {
    const release = Math.max(detection.dotnetRelease, state.dotNet?.release ?? 0);
    state.dotNet = { version: '4.5', release };
  } else if ('file' in detection) {
    machine.makeFolder(detection.file.replace(/\\[^\\]+$/, ''));
    machine.writeFile(detection.file, Buffer.from('a program'));
  } else if ('registry' in detection) {
    const { path, name, type, data } = detection.registry;
    machine.setRegistryValue(path, name, { type, data: String(data) });
  }
  // The version of PowerShell comes with the system, or with the update that holds it.
}
