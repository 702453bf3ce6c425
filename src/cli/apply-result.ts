// What `apply --json` prints, and its schema.
import { z } from 'zod';
import type { ApplyOutcome, ChosenNeeds } from '../build/index.js';
import { verifyReportSchema, type VerifyReport } from '../verify/index.js';
import type { Look } from './apply-look.js';

const need = {
  id: z.string().describe("The requirement's id."),
  title: z.string(),
};

const schema = z
  .strictObject({
    apiVersion: z.literal('lyncimg/v1'),
    kind: z.literal('ApplyResult'),
    host: z.string().describe('host:port'),
    outcome: z
      .enum(['nothing-to-do', 'declined', 'applied', 'restart-needed'])
      .describe(
        'restart-needed: it ended before a restart that was not allowed; more may be left to install.',
      ),
    changed: z
      .array(
        z.strictObject({
          ...need,
          before: z.string().nullable().describe('As it was found; null where nothing was read.'),
          after: z.string().nullable(),
        }),
      )
      .describe('What was to be installed and is found otherwise than before.'),
    leftAlone: z
      .array(
        z.strictObject({
          ...need,
          why: z
            .enum(['owner', 'restart', 'nothing'])
            .describe(
              "owner: a decision of the machine's owner. restart: only a restart would mend it. nothing: nothing that can be installed would.",
            ),
        }),
      )
      .describe('What is not met and was not to be installed.'),
    restartPending: z.boolean().nullable().describe('Null where it could not be read.'),
    run: z
      .strictObject({ id: z.string(), folder: z.string().describe('Log and playbook of the run.') })
      .nullable()
      .describe('Null where nothing was started.'),
    report: verifyReportSchema.describe('As lyncimg verify finds the machine in the end.'),
  })
  .meta({ title: 'Result of lyncimg apply' });

export type ApplyResult = Omit<z.infer<typeof schema>, 'report'> & { report: VerifyReport };

/** As checked in at `schemas/apply.schema.json`. */
export function applyResultJsonSchema(): unknown {
  return z.toJSONSchema(schema);
}

export interface ApplyEnd {
  outcome: ApplyResult['outcome'];
  chosen: ChosenNeeds;
  /** At the end; the first look where nothing was started. */
  look: Look;
  run: ApplyOutcome | null;
}

export function applyResult({ outcome, chosen, look, run }: ApplyEnd): ApplyResult {
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'ApplyResult',
    host: look.host.host,
    outcome,
    changed: run === null ? [] : changedNeeds(chosen, look),
    leftAlone: chosen.left.map(({ requirement: { id, title }, why }) => ({ id, title, why })),
    // Windows may ask for a restart that shows nowhere: then the one who asked is believed.
    restartPending: outcome === 'restart-needed' ? true : look.restartPending,
    run: run === null ? null : { id: run.run, folder: run.folder },
    report: look.report,
  };
}

function changedNeeds({ install }: ChosenNeeds, { role }: Look): ApplyResult['changed'] {
  const after = new Map(role.verdicts.map((verdict) => [verdict.id, verdict]));
  return install.flatMap(({ requirement: { id, title }, verdict: before }) => {
    const now = after.get(id);
    if (now === undefined || (now.verdict === before.verdict && now.actual === before.actual)) return [];
    return [{ id, title, before: before.actual, after: now.actual }];
  });
}
