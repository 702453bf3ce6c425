// Makes a layer on a guest that is a child of the build (the twin): look, install, judge, un-key, switch off.
import { fail } from '../errors/index.js';
import type { ToolEnded } from '../tools/index.js';
import type { Baking, Made } from './baking.js';
import { recogniseFailure } from './failures.js';
import { howItEnded, type Guest } from './guest.js';
import { whyNotComplete } from './guest-state.js';
import { keepGuest } from './keep.js';
import { lookAtGuest } from './look.js';
import { packLayer } from './pack-layer.js';
import type { PackerRun } from './packer-run.js';
import { openWorkshop, stateName, type Workshop } from './workshop.js';

/** Windows' own shutdown takes its time; a guest that is still there after this will not go. */
const powerOffTimeoutMs = 120_000;

export async function makeOnChild(baking: Baking): Promise<Made> {
  const { context, layer, places } = baking;
  const workshop = await openWorkshop(baking);
  let kept = false;
  try {
    return await bake(baking, workshop);
  } catch (error) {
    if (context.keepOnFailure && !context.signal.aborted) {
      kept = await keepGuest(context, { layer: layer.name, places }, workshop);
    }
    throw error;
  } finally {
    if (!kept) await workshop.guest.stop();
  }
}

async function bake(baking: Baking, { guest, credentials }: Workshop): Promise<Made> {
  const { context, layer, places } = baking;
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
  const guestDied = new AbortController();
  const watch = async (): Promise<void> => {
    // Its log may have failed it; then it has been ended, and whoever waits for it gets the reason.
    const ended = await guest.ended.catch(() => ({ exitCode: null, signal: null }));
    // A guest that went off as it should may be gone before Packer is.
    if ((await whyNotComplete(ended, places.state)) !== null) guestDied.abort();
  };
  void watch();
  const { run, report } = await packLayer(baking, { guest, credentials, giveUp: guestDied.signal });
  if (run.ended.exitCode !== 0) throw await packerProblem(baking, guest, run);
  if (report === null) {
    const reason = 'there is no report';
    throw fail('E_BUILD_GATE_MISSING', { layer: layer.name, reason, log: places.packerLog });
  }
  await waitForPowerOff(baking, guest);
  return { report, files: { [stateName]: places.state } };
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
