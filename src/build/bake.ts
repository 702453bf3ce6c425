// One layer on a guest that has just started: look, install, judge, un-key, switch off.
import { join } from 'node:path';
import { fail } from '../errors/index.js';
import { layerFolder } from '../render/index.js';
import type { ToolEnded } from '../tools/index.js';
import { packerEnvironment } from './child-environment.js';
import { recogniseFailure } from './failures.js';
import { gateProblem, readGate, type GateReport } from './gate.js';
import { howItEnded, type Guest } from './guest.js';
import { whyNotComplete } from './guest-state.js';
import { lookAtGuest } from './look.js';
import { runPacker, type PackerRun } from './packer-run.js';
import { record, secretsOf, type Baking, type Workshop } from './workshop.js';

/** Windows' own shutdown takes its time; a guest that is still there after this will not go. */
const powerOffTimeoutMs = 120_000;

/** Bakes on a guest that has just started. When it returns, the guest is off, un-keyed, and its state is complete. */
export async function bake(baking: Baking, { guest, credentials }: Workshop): Promise<GateReport> {
  const { context, layer, places, onVerdicts } = baking;
  const { signal } = context;
  await lookAtGuest({
    connection: {
      host: guest.address,
      port: guest.port,
      // What Packer is about to use.
      auth: { method: 'basic', user: guest.user, password: credentials.password },
      tls: { ca: credentials.caCertificate },
      signal,
    },
    rehearsal: context.platform.rehearsal,
    placeholders: layer.media.filter(({ origin }) => origin === 'placeholder').length,
  });
  const packer = await packLayer(baking, { guest, credentials });
  signal.throwIfAborted();

  const gate = {
    layer: layer.name,
    file: places.gateReport,
    host: `${guest.address}:${guest.port}`,
    log: places.packerLog,
  };
  const report = await readGate(gate);
  if (report !== null) {
    onVerdicts(report);
    const problem = gateProblem(layer.name, report, places.gateReport);
    if (problem !== null) throw problem;
  }
  if (packer.ended.exitCode !== 0) throw await packerProblem(baking, guest, packer);
  if (report === null) throw fail('E_BUILD_GATE_MISSING', { ...gate, reason: 'there is no report' });
  await waitForPowerOff(baking, guest);
  return report;
}

async function packLayer(
  { context, layer, index, places }: Baking,
  { guest, credentials }: Workshop,
): Promise<PackerRun> {
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
  });
  const guestDied = new AbortController();
  const watch = async (): Promise<void> => {
    // Its log may have failed it; then it has been ended, and whoever waits for it gets the reason.
    const ended = await guest.ended.catch(() => ({ exitCode: null, signal: null }));
    // A guest that went off as it should may be gone before Packer is.
    if ((await whyNotComplete(ended, places.state)) !== null) guestDied.abort();
  };
  void watch();
  context.tell({ type: 'tool-started', layer: layer.name, tool: 'packer', log: places.packerLog });
  return runPacker({
    packer: bench.packer.path,
    folder: join(bench.rendered, layerFolder(index, layer.name)),
    env,
    log: places.packerLog,
    ansibleEvents: places.ansibleEvents,
    secrets: secretsOf(credentials),
    signal: context.signal,
    giveUp: guestDied.signal,
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

/** Why Packer failed: the guest was gone, or what the failing task or Packer itself said. */
async function packerProblem({ layer, places }: Baking, guest: Guest, run: PackerRun): Promise<Error> {
  const dead = await Promise.race([guest.ended, Promise.resolve(null)]);
  if (dead !== null && (await whyNotComplete(dead, places.state)) !== null) {
    const task = run.failedTask?.name ?? run.openTask;
    return fail('E_BUILD_GUEST_DIED', {
      layer: layer.name,
      how: howItEnded(dead),
      task,
      log: places.twinLog,
    });
  }
  return recogniseFailure({
    layer: layer.name,
    task: run.failedTask,
    lastLines: run.ended.tail,
    log: places.packerLog,
    folder: places.folder,
  });
}

async function waitForPowerOff({ context, layer, places }: Baking, guest: Guest): Promise<void> {
  const stayed = (how: string): Error =>
    fail('E_BUILD_GUEST_STAYED', { layer: layer.name, how, log: places.twinLog });
  const ended = await within(guest.ended, powerOffTimeoutMs);
  context.signal.throwIfAborted();
  if (ended === null)
    throw stayed(`the guest was still on ${powerOffTimeoutMs / 1000} s after it was told to go`);
  const reason = await whyNotComplete(ended, places.state);
  if (reason !== null) throw stayed(reason);
}

async function within(ended: Promise<ToolEnded>, ms: number): Promise<ToolEnded | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null);
    }, ms);
  });
  try {
    return await Promise.race([ended, limit]);
  } finally {
    clearTimeout(timer);
  }
}
