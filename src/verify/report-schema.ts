// The report as a schema: what `verify --json` and `--output` promise, and the check of a report that is read back.
import { z } from 'zod';
import { fail, ok, problems, type Checked } from '../errors/index.js';
import { canonicalJson } from '../util/index.js';
import { countVerdicts } from './judge.js';
import type { VerifyReport } from './types.js';

const stage = z.enum(['image', 'machine']);
const verdictName = z.enum(['pass', 'warn', 'fail', 'unknown', 'after-deployment']);
const count = z.int().nonnegative();

const source = z.strictObject({
  id: z.string().optional().describe('Under which the catalogue knows the document.'),
  title: z.string(),
  page: z.string().describe('Path or address of the page.'),
  date: z.string().describe('ISO date of the page, or unknown.'),
  confidence: z.enum(['microsoft', 'community', 'unverified']),
});

const verdict = z.strictObject({
  id: z.string().describe("The requirement's id, stable over time."),
  kind: z.string(),
  title: z.string(),
  role: z.string().describe('The role that declares it.'),
  stage,
  verdict: verdictName,
  expected: z.string(),
  actual: z.string().nullable().describe('Null where nothing was read.'),
  cause: z.string().nullable().describe('Why it is unknown.'),
  fix: z.string().nullable().describe('What to do; null for a pass.'),
  source,
  where: z.string().describe('file:line:column of the requirement.'),
});

export const verifyReportSchema = z
  .strictObject({
    apiVersion: z.literal('lyncimg/v1'),
    kind: z.literal('VerifyReport'),
    host: z.string().describe('host:port'),
    role: z.string(),
    os: z.strictObject({
      expected: z.string().describe('Id of the operating system that the role was planned for.'),
      found: z
        .string()
        .nullable()
        .describe('Version that the host told, e.g. 6.3.9600; null where it told none.'),
    }),
    stage: z.enum(['image', 'machine', 'all']),
    rehearsal: z.boolean().describe('True when what answered says that it is a twin.'),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    counts: z.strictObject({
      pass: count,
      warn: count,
      fail: count,
      unknown: count,
      'after-deployment': count,
    }),
    verdicts: z.array(verdict),
  })
  .meta({ title: 'Report of lyncimg verify' });

/** As checked in at `schemas/verify-report.schema.json`. */
export function verifyReportJsonSchema(): unknown {
  return z.toJSONSchema(verifyReportSchema);
}

/** Reads a report that `verify --output` wrote. The file is whatever lies there until it is checked. */
export function verifyReportFromJson(text: string, file: string): Checked<VerifyReport> {
  const bad = (reason: string): Checked<VerifyReport> =>
    problems([fail('E_VERIFY_REPORT', { reason }, { where: { file } })]);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error));
  }
  const parsed = verifyReportSchema.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return bad(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a report'}`);
  }
  const report = parsed.data as VerifyReport;
  // A reader decides by the counts: they must be those of the verdicts.
  if (canonicalJson(report.counts) !== canonicalJson(countVerdicts(report.verdicts)))
    return bad('the counts do not agree with the verdicts');
  return ok(report);
}
