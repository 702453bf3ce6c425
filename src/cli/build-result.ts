// What `build --json` prints, and its schema.
import { z } from 'zod';
import type { BuildOutcome } from '../build/index.js';
import type { Plan } from '../plan/index.js';

const counts = z.record(z.string(), z.int().nonnegative());
const digest = z.string().regex(/^[0-9a-f]{64}$/);

const builtImage = z.strictObject({
  reference: z.string().describe('What `images show` and `twin start --image` take.'),
  digest,
  role: z.string(),
  os: z.string(),
  platform: z.string(),
  rehearsal: z.boolean().describe('True where a twin stood in for Windows: no image of Windows was made.'),
  outcome: z
    .enum(['built', 'reused'])
    .describe('Reused: everything was stored already, and no tool was started.'),
  layers: z
    .array(
      z.strictObject({
        name: z.string(),
        digest,
        status: z.enum(['built', 'reused']),
        durationMs: z.number().nonnegative(),
      }),
    )
    .describe('First layer first.'),
  verdicts: counts.describe("The gate's verdicts, counted."),
  run: z.string(),
  folder: z.string().describe('Logs and reports of the run.'),
  durationMs: z.number().nonnegative(),
});
export type BuiltImage = z.infer<typeof builtImage>;

export const buildResultSchema = z
  .strictObject({
    apiVersion: z.literal('lyncimg/v1'),
    kind: z.literal('BuildResult'),
    images: z.array(builtImage).describe('One for each role, in the order asked for.'),
  })
  .meta({ title: 'Result of lyncimg build' });
export type BuildResult = z.infer<typeof buildResultSchema>;

/** As checked in at `schemas/build.schema.json`. */
export function buildResultJsonSchema(): unknown {
  return z.toJSONSchema(buildResultSchema);
}

/** The entry of an image that was built or found. */
export function builtImageOf(
  plan: Plan,
  outcome: Extract<BuildOutcome, { outcome: 'built' | 'reused' }>,
): BuiltImage {
  return {
    reference: outcome.reference,
    digest: outcome.digest,
    role: plan.role,
    os: plan.os.id,
    platform: plan.platform,
    rehearsal: outcome.rehearsal,
    outcome: outcome.outcome,
    layers: outcome.layers,
    verdicts: outcome.report.counts,
    run: outcome.run,
    folder: outcome.folder,
    durationMs: outcome.durationMs,
  };
}
