// Makes a layer on a machine that Packer itself makes at a hypervisor: discs and key first, then Packer, and beside it our
// own client, which waits for the guest's WinRM and says what is in the way (Packer cannot tell a wrong certificate
// from a wrong password, and repeats a wrong password until its time is over).
import { fail } from '../errors/index.js';
import type { Baking, Made } from './baking.js';
import { openMachineDesk, type MachineDesk } from './machine-desk.js';
import { keepMachine } from './machine-disk.js';
import { packLayer, type Packed } from './pack-layer.js';
import { recogniseFailure } from './failures.js';
import { waitForGuest } from './wait-for-guest.js';

/** Setup, and on 2008 R2 what first boot installs, come before a first layer's listener. */
const firstLimitMs = 4 * 3_600_000;
const nextLimitMs = 30 * 60_000;
const betweenLooksMs = 5000;

export async function makeByPacker(baking: Baking): Promise<Made> {
  const { context, layer, places } = baking;
  const desk = await openMachineDesk(baking);
  const { run, report } = await packBeside(baking, desk);
  if (run.ended.exitCode !== 0) {
    throw recogniseFailure({
      layer: layer.name,
      task: run.failedTask,
      lastLines: run.ended.tail,
      log: places.packerLog,
      folder: places.folder,
    });
  }
  if (report === null) {
    const reason = 'there is no report';
    throw fail('E_BUILD_GATE_MISSING', { layer: layer.name, reason, log: places.packerLog });
  }
  const { name } = desk;
  const { output, machineNote: note } = places;
  const files = await keepMachine({ layer: layer.name, platform: context.platform, name, output, note });
  return { report, files };
}

/** Packer with our own look at the guest beside it, where its address is known before it boots. */
async function packBeside(baking: Baking, desk: MachineDesk): Promise<Packed> {
  const giveUp = new AbortController();
  const packed = new AbortController();
  let refused: { error: unknown } | null = null;
  const wait = watchGuest(baking, desk, packed.signal).catch((error: unknown) => {
    if (packed.signal.aborted) return;
    refused = { error };
    giveUp.abort();
  });
  const reasonToStop = (): { error: unknown } | null => refused;
  try {
    const result = await packLayer(baking, { ...desk, giveUp: giveUp.signal });
    const reason = reasonToStop();
    if (reason !== null && result.run.ended.exitCode !== 0) throw reason.error;
    return result;
  } finally {
    packed.abort();
    await wait;
  }
}

async function watchGuest(
  { context, layer }: Baking,
  { guest, credentials }: MachineDesk,
  packed: AbortSignal,
): Promise<void> {
  const { address, port, user } = guest;
  if (address === null) return;
  await waitForGuest({
    connection: {
      host: address,
      port,
      // What Packer is about to use.
      auth: { method: 'basic', user, password: credentials.password },
      tls: { ca: credentials.caCertificate },
    },
    rehearsal: context.platform.rehearsal,
    placeholders: layer.media.filter(({ origin }) => origin === 'placeholder').length,
    limitMs: layer.parent === null ? firstLimitMs : nextLimitMs,
    intervalMs: betweenLooksMs,
    signal: AbortSignal.any([context.signal, packed]),
    onState: (state) => {
      context.tell({ type: 'guest-contact', layer: layer.name, ...state });
    },
  });
}
