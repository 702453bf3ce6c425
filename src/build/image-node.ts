// The node after the leaf: a sealed copy of the leaf's state, which is the image. On the twin sealing is a command of
// its own child, because nothing but commands/ may know the twin.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../errors/index.js';
import type { ImageManifest, LayerManifest, Stored } from '../images/index.js';
import { startTool } from '../tools/index.js';
import { record } from './baking.js';
import { selfEnvironment } from './child-environment.js';
import type { BuildContext } from './context.js';
import { howItEnded, lastWords } from './guest.js';
import { readRestingState } from './guest-state.js';
import { holderOf, verdictsName } from './layer-node.js';
import { stateName } from './workshop.js';

export interface ImageResult {
  status: 'built' | 'reused';
  stored: Stored<ImageManifest>;
}

/** @param layers what the image is made of, leaf last */
export async function ensureImage(
  context: BuildContext,
  layers: Stored<LayerManifest>[],
): Promise<ImageResult> {
  const { plan, store, run, force, signal, tell } = context;
  const reuse = async (): Promise<ImageResult | null> => {
    const stored = force ? null : await store.image(plan.seal.digest);
    if (stored === null) return null;
    tell({ type: 'image-reused', reference: stored.manifest.reference });
    return { status: 'reused', stored };
  };
  const before = await reuse();
  if (before !== null) return before;
  const { digest } = plan.seal;
  const lock = await store.lock(digest, {
    signal,
    run: run.id,
    onWaiting: (other) => {
      tell({ type: 'layer-waiting', layer: 'image', digest, holder: holderOf(other) });
    },
  });
  try {
    return (await reuse()) ?? (await sealImage(context, layers));
  } finally {
    await lock.release();
  }
}

async function sealImage(context: BuildContext, layers: Stored<LayerManifest>[]): Promise<ImageResult> {
  const { store, run, now, tell, signal, force } = context;
  const startedAt = now().getTime();
  const leaf = layers.at(-1);
  const state = leaf?.files[stateName];
  const verdicts = leaf?.files[verdictsName];
  if (leaf === undefined || state === undefined || verdicts === undefined)
    throw new Error('the leaf has no state');
  const sealed = join(run.folder, 'sealed.json');
  await seal(context, leaf.manifest.name, state, sealed);
  signal.throwIfAborted();
  const stored = await store.publishImage({
    manifest: manifestOf(context, layers, leaf.manifest),
    files: { [stateName]: sealed, [verdictsName]: verdicts },
    replace: force,
  });
  await rm(sealed, { force: true });
  const durationMs = now().getTime() - startedAt;
  tell({ type: 'image-sealed', reference: stored.manifest.reference, durationMs });
  return { status: 'built', stored };
}

async function seal(context: BuildContext, layer: string, input: string, output: string): Promise<void> {
  const { plan, run, signal, selfCommand, environment, temporary, tell } = context;
  const log = join(run.folder, 'seal.log');
  const failed = (reason: string): Error => fail('E_BUILD_SEAL_FAILED', { role: plan.role, reason, log });
  const [file = '', ...selfArgs] = selfCommand;
  tell({ type: 'tool-started', layer, tool: 'seal', log });
  const tool = await startTool({
    file,
    args: [...selfArgs, 'twin', 'seal', '--input', input, '--output', output],
    env: selfEnvironment({ from: environment, marker: run.marker, temporary }),
    cwd: run.folder,
    log,
    signal,
    stopSignal: 'SIGTERM',
  });
  await record(context, 'seal', tool);
  const ended = await tool.ended;
  signal.throwIfAborted();
  if (ended.exitCode !== 0) throw failed(`it ended with ${howItEnded(ended)}: ${lastWords(ended)}`);
  const state = await readRestingState(output);
  if (state?.access !== 'sealed') throw failed('its result is not sealed');
}

function manifestOf(
  { plan, now }: BuildContext,
  layers: Stored<LayerManifest>[],
  leaf: LayerManifest,
): Omit<ImageManifest, 'files' | 'reference'> {
  const manifests = layers.map(({ manifest }) => manifest);
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'Image',
    digest: plan.seal.digest,
    role: plan.role,
    os: plan.os.id,
    platform: plan.platform,
    rehearsal: manifests.some(({ rehearsal }) => rehearsal),
    builtAt: now().toISOString(),
    layers: manifests.map(({ name, digest }) => ({ name, digest })),
    tools: leaf.tools,
    placeholders: [...new Set(manifests.flatMap(({ placeholders }) => placeholders))],
    verdicts: leaf.verdicts,
    afterDeployment: plan.layers
      .flatMap(({ requirements }) => requirements)
      .filter(({ stage }) => stage === 'machine')
      .map(({ id, title }) => ({ id, title })),
  };
}
