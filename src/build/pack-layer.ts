// Packer's run for one layer, and what its gate left: the same for every platform.
import { join } from 'node:path';
import { layerFolder } from '../render/index.js';
import { packerEnvironment, type GuestPlace } from './child-environment.js';
import { gateProblem, readGate, type GateReport } from './gate.js';
import { runPacker, type PackerRun } from './packer-run.js';
import { record, secretsOf, type Baking } from './baking.js';
import type { Credentials } from './credentials.js';

export interface Packing {
  guest: GuestPlace;
  credentials: Credentials;
  /** What else the template takes from the environment: paths of discs, the platform's secrets. */
  values?: Readonly<Record<string, string>>;
  /** Taken out of all that Packer prints, beside the key of the build. */
  secrets?: readonly string[];
  /** Aborted when going on makes no sense, such as when the guest has died. */
  giveUp: AbortSignal;
}

export interface Packed {
  run: PackerRun;
  /** Null where the gate did not come to its turn. */
  report: GateReport | null;
}

/** Runs Packer and tells the verdicts. Throws E_BUILD_GATE_* where the layer may not be kept, or the signal's reason. */
export async function packLayer(baking: Baking, packing: Packing): Promise<Packed> {
  const { context, layer, places, onVerdicts } = baking;
  const run = await packer(baking, packing);
  context.signal.throwIfAborted();
  const { address, port } = packing.guest;
  const report = await readGate({
    layer: layer.name,
    file: places.gateReport,
    host: address === null ? null : `${address}:${port}`,
    log: places.packerLog,
  });
  if (report !== null) {
    onVerdicts(report);
    const problem = gateProblem(layer.name, report, places.gateReport);
    if (problem !== null) throw problem;
  }
  return { run, report };
}

async function packer({ context, layer, index, places }: Baking, packing: Packing): Promise<PackerRun> {
  const { credentials, guest, values = {}, secrets = [], giveUp } = packing;
  const bench = await context.workbench();
  const { env } = packerEnvironment({
    from: context.environment,
    marker: context.run.marker,
    guest,
    password: credentials.password,
    caFile: places.caFile,
    trustBundle: places.trustBundle,
    selfCommand: context.selfCommand,
    reports: places.reports,
    temporary: context.temporary,
    ansibleConfig: join(bench.rendered, 'ansible.cfg'),
    ansible: bench.ansible.path,
    values,
  });
  context.tell({ type: 'tool-started', layer: layer.name, tool: 'packer', log: places.packerLog });
  return runPacker({
    packer: bench.packer.path,
    folder: join(bench.rendered, layerFolder(index, layer.name)),
    env,
    log: places.packerLog,
    ansibleEvents: places.ansibleEvents,
    secrets: [...secretsOf(credentials), ...secrets],
    signal: context.signal,
    giveUp,
    onStarted: (tool) => record(context, 'packer', tool),
    onPhase: (phase) => {
      context.tell({ type: 'phase-started', layer: layer.name, phase });
    },
    onTask: (event) => {
      const { task } = event;
      if (event.type === 'task-started') {
        context.tell({ type: event.type, layer: layer.name, task, index: event.index, total: event.total });
      } else {
        const message = event.message === '' ? {} : { message: event.message };
        context.tell({ type: event.type, layer: layer.name, task, status: event.status, ...message });
      }
    },
  });
}
