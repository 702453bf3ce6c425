// Reads a manifest. Whatever lies in the store may have been changed by anybody since: nothing of it is used before it
// was parsed here. Fields that a later lyncimg added are passed over.
import { z } from 'zod';
import { fail } from '../errors/index.js';
import { imageReference } from './reference.js';
import type { ImageManifest, LayerManifest } from './types.js';

/** Text that is printed: without control characters, which a terminal would obey. */
export const plainText = z.string().regex(/^\P{Cc}*$/u, 'holds control characters');
export const digestText = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256');
/** Relative, with forward slashes; each part begins with a letter or digit, so that none leads out of the folder. */
const fileName = z
  .string()
  .max(400)
  .regex(/^\w[\w .-]*(\/\w[\w .-]*)*$/, 'is no plain file name');
const instant = z.iso.datetime();
const counts = z.record(plainText, z.int().nonnegative());
const named = z.object({ id: plainText, title: plainText });

const common = {
  apiVersion: z.literal('lyncimg/v1'),
  digest: digestText,
  os: plainText,
  platform: plainText,
  rehearsal: z.boolean(),
  builtAt: instant,
  tools: z.object({ lyncimg: plainText, packer: plainText, ansible: plainText }),
  placeholders: z.array(plainText),
  verdicts: counts,
  files: z.record(fileName, digestText),
};

const layerSchema = z.object({
  ...common,
  kind: z.literal('Layer'),
  name: plainText,
  parent: digestText.nullable(),
  inputs: z.object({
    format: plainText,
    os: plainText,
    platform: plainText,
    parent: plainText,
    requirements: plainText,
    media: plainText,
    packer: plainText,
    ansible: plainText,
    content: plainText,
    twinModel: plainText,
    // What an earlier lyncimg stored has none: its layers are rehearsals, which no machine was made for.
    machine: plainText.default('none'),
  }),
  durationMs: z.number().nonnegative(),
  requirements: z.array(named),
}) satisfies z.ZodType<LayerManifest>;

const imageSchema = z.object({
  ...common,
  kind: z.literal('Image'),
  reference: plainText,
  role: plainText,
  layers: z.array(z.object({ name: plainText, digest: digestText })),
  afterDeployment: z.array(named),
}) satisfies z.ZodType<ImageManifest>;

export interface ManifestText {
  /** Path of the manifest, for errors. */
  path: string;
  /** Name of the folder that it lies in. */
  digest: string;
  text: string;
}

/** Throws E_STORE_CORRUPT or E_STORE_VERSION. */
export function parseLayerManifest(source: ManifestText): LayerManifest {
  return parse(source, layerSchema);
}

/** Throws E_STORE_CORRUPT or E_STORE_VERSION. */
export function parseImageManifest(source: ManifestText): ImageManifest {
  const manifest = parse(source, imageSchema);
  const expected = imageReference(manifest);
  if (manifest.reference !== expected)
    throw corrupt(source, `calls itself ${manifest.reference}, and is ${expected}`);
  return manifest;
}

function parse<Manifest extends { digest: string }>(
  source: ManifestText,
  schema: z.ZodType<Manifest>,
): Manifest {
  let data: unknown;
  try {
    data = JSON.parse(source.text);
  } catch {
    throw corrupt(source, 'is no JSON');
  }
  const version = z.object({ apiVersion: plainText }).safeParse(data).data?.apiVersion;
  if (version !== undefined && version !== 'lyncimg/v1' && version.startsWith('lyncimg/')) {
    throw fail('E_STORE_VERSION', { path: source.path, version });
  }
  const result = schema.safeParse(data);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw corrupt(source, `is no manifest (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`);
  }
  if (result.data.digest !== source.digest) throw corrupt(source, 'is the manifest of another digest');
  return result.data;
}

function corrupt({ path }: ManifestText, why: string): Error {
  return fail('E_STORE_CORRUPT', { path, why, rebuild: 'lyncimg build --force' });
}
