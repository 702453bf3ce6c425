// One node of the chain: a layer that is in the store, or is put there. A layer depends on the store and on nothing
// else, so whatever killed an earlier build, this one goes on from what is complete.
import { existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { LyncimgError } from '../errors/index.js';
import type { LayerManifest, LockHolder, Stored } from '../images/index.js';
import { explainMiss, type Layer } from '../plan/index.js';
import type { Baking, Made, MakeLayer } from './baking.js';
import type { BuildContext } from './context.js';
import { makeByPacker } from './make-by-packer.js';
import { makeOnChild } from './make-on-child.js';
import { layerPlaces, type LayerPlaces } from './run-folders.js';

export interface LayerResult {
  name: string;
  digest: string;
  status: 'built' | 'reused';
  /** Of this build; 0 where it was reused. */
  durationMs: number;
  stored: Stored<LayerManifest>;
}

/** Name of the gate's report in a layer or image of the store. */
export const verdictsName = 'verify.json';

/** @param index the layer's place in the plan, from 0 @param parent what the layer stands on */
export async function ensureLayer(
  context: BuildContext,
  { index, parent, onVerdicts }: Pick<Baking, 'index' | 'parent' | 'onVerdicts'>,
): Promise<LayerResult> {
  const { plan, store, run, force, signal, tell } = context;
  const layer = plan.layers[index];
  if (layer === undefined) throw new Error(`the plan has no layer ${index}`);
  const reuse = async (): Promise<LayerResult | null> => {
    const stored = force ? null : await store.layer(layer.digest);
    if (stored === null) return null;
    tell({ type: 'layer-reused', layer: layer.name, digest: layer.digest });
    return { name: layer.name, digest: layer.digest, status: 'reused', durationMs: 0, stored };
  };

  const before = await reuse();
  if (before !== null) return before;
  const lock = await store.lock(layer.digest, {
    signal,
    run: run.id,
    onWaiting: (other) => {
      tell({ type: 'layer-waiting', layer: layer.name, digest: layer.digest, holder: holderOf(other) });
    },
  });
  try {
    // Whoever was waited for may have built it.
    return (await reuse()) ?? (await buildLayer({ context, layer, index, parent, onVerdicts }));
  } finally {
    await lock.release();
  }
}

/** Who is waited for, for people. */
export function holderOf({ pid, run }: LockHolder): string {
  return run === null ? `process ${pid}` : `run ${run} (process ${pid})`;
}

async function buildLayer(given: Omit<Baking, 'places'>): Promise<LayerResult> {
  const { context, layer, index } = given;
  const { signal, tell } = context;
  const startedAt = context.now().getTime();
  const places = layerPlaces(context.run, index, layer.name);
  tell({
    type: 'layer-started',
    layer: layer.name,
    digest: layer.digest,
    reason: await whyBuilt(context, layer),
  });
  try {
    const made = await makeAndTidy({ ...given, places });
    signal.throwIfAborted();
    tell({ type: 'phase-started', layer: layer.name, phase: 'publish' });
    const durationMs = context.now().getTime() - startedAt;
    const stored = await publish({ ...given, places }, made, durationMs);
    // The store has its own.
    for (const file of Object.values(made.files)) await rm(file, { force: true });
    tell({ type: 'layer-built', layer: layer.name, digest: layer.digest, durationMs });
    return { name: layer.name, digest: layer.digest, status: 'built', durationMs, stored };
  } catch (error) {
    if (!signal.aborted) tell({ type: 'layer-failed', layer: layer.name, ...describe(error, places) });
    throw error;
  } finally {
    // Of a disk that is a layer the store has its own name; any other is of no use.
    if (context.run.record.state !== 'kept') await rm(places.output, { recursive: true, force: true });
  }
}

/** Whatever happens, when this returns or throws the guest has ended (or is kept) and the layer's key is gone. */
async function makeAndTidy(baking: Baking): Promise<Made> {
  const { context, layer, places } = baking;
  const make: MakeLayer = context.platform.discs === 'folders' ? makeOnChild : makeByPacker;
  await context.workbench(); // what is wrong with the tools is said before anything is started
  context.tell({ type: 'phase-started', layer: layer.name, phase: 'start' });
  try {
    return await make(baking);
  } finally {
    if (context.run.record.state !== 'kept') {
      await rm(places.secrets, { recursive: true, force: true });
      await rm(places.media, { recursive: true, force: true });
    }
  }
}

async function whyBuilt({ store, force }: BuildContext, layer: Layer): Promise<string> {
  if (force) return 'asked for by --force';
  const stored = (await store.layers()).filter(({ name }) => name === layer.name).map(({ inputs }) => inputs);
  const changed = explainMiss(layer.inputs, stored);
  return changed.length === 0 ? 'not stored yet' : `changed: ${changed.join(', ')}`;
}

async function publish(
  { context, layer, places }: Baking,
  { report, files }: Made,
  durationMs: number,
): Promise<Stored<LayerManifest>> {
  const { plan, platform, store, force, now, version } = context;
  const { packer, ansible } = await context.workbench();
  return store.publishLayer({
    manifest: {
      apiVersion: 'lyncimg/v1',
      kind: 'Layer',
      name: layer.name,
      digest: layer.digest,
      parent: layer.parent,
      os: plan.os.id,
      platform: plan.platform,
      rehearsal: platform.rehearsal || report.rehearsal,
      inputs: layer.inputs,
      builtAt: now().toISOString(),
      durationMs,
      tools: { lyncimg: version, packer: packer.version, ansible: ansible.version },
      placeholders: layer.media.filter(({ origin }) => origin === 'placeholder').map(({ path }) => path),
      requirements: layer.requirements
        .filter(({ stage }) => stage === 'image')
        .map(({ id, title }) => ({ id, title })),
      verdicts: report.counts,
    },
    files: { [verdictsName]: places.gateReport },
    given: { ...files },
    replace: force,
  });
}

/** The guest's own log tells of these; Packer's does of all others, where there is one. */
const guestsEnds: readonly string[] = ['E_BUILD_GUEST_START', 'E_BUILD_GUEST_DIED', 'E_BUILD_GUEST_STAYED'];

/** Nothing was seen of the guest over the network: first boot tells on the serial port how far it came. */
const silentEnds: readonly string[] = [
  'E_BUILD_NO_WINRM',
  'E_BUILD_GUEST_REFUSED_PASSWORD',
  'E_BUILD_PACKER_TIMEOUT',
];

/** Names only a log that is there: what failed first may have come before any tool. */
function describe(
  error: unknown,
  places: LayerPlaces,
): { code: string; message: string; log: string | null } {
  if (!(error instanceof LyncimgError)) {
    return { code: 'E_INTERNAL', message: error instanceof Error ? error.message : String(error), log: null };
  }
  const logs = guestsEnds.includes(error.code) ? [places.twinLog] : [places.packerLog, places.twinLog];
  if (silentEnds.includes(error.code) && hasText(places.serialLog)) logs.unshift(places.serialLog);
  return { code: error.code, message: error.message, log: logs.find((log) => existsSync(log)) ?? null };
}

function hasText(log: string): boolean {
  return (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
