// From the first layer to the image, one after the other: each stands on the one before it.
import { readFile } from 'node:fs/promises';
import { fail, orThrow } from '../errors/index.js';
import type { LayerManifest, Stored } from '../images/index.js';
import type { BuildContext } from './context.js';
import { gateReportFromJson, type GateReport } from './gate.js';
import { ensureImage } from './image-node.js';
import { ensureLayer, verdictsName, type LayerResult } from './layer-node.js';

export interface ChainResult {
  reference: string;
  /** Of the image. */
  digest: string;
  image: 'built' | 'reused';
  layers: Omit<LayerResult, 'stored'>[];
  /** The image's gate, of this build or of the one that made it. */
  report: GateReport;
}

export async function buildChain(
  context: BuildContext,
  onVerdicts: (layer: string, report: GateReport) => void,
): Promise<ChainResult> {
  const { plan, signal } = context;
  const results: LayerResult[] = [];
  for (const [index, { name }] of plan.layers.entries()) {
    signal.throwIfAborted();
    const parent: Stored<LayerManifest> | null = results.at(-1)?.stored ?? null;
    const take = (report: GateReport): void => {
      onVerdicts(name, report);
    };
    results.push(await ensureLayer(context, { index, parent, onVerdicts: take }));
  }
  signal.throwIfAborted();
  const leaf = results.at(-1);
  // Nobody has run sysprep on what Packer made, and what is not sealed must not look like an image.
  if (context.setup !== null && leaf !== undefined) throw unsealed(context, leaf);
  const image = await ensureImage(
    context,
    results.map(({ stored }) => stored),
  );
  const { reference, digest } = image.stored.manifest;
  const layers = results.map(({ name, digest: own, status, durationMs }) => ({
    name,
    digest: own,
    status,
    durationMs,
  }));
  return {
    reference,
    digest,
    image: image.status,
    layers,
    report: await reportOf(image.stored.files[verdictsName]),
  };
}

function unsealed({ plan, platform }: BuildContext, { stored, digest }: LayerResult): Error {
  return fail('E_BUILD_UNSEALED', {
    role: plan.role,
    platform: platform.name,
    digest,
    folder: stored.folder,
  });
}

async function reportOf(file: string | undefined): Promise<GateReport> {
  if (file === undefined) throw new Error(`the image holds no ${verdictsName}`);
  return orThrow(gateReportFromJson(await readFile(file, 'utf8'), file));
}
