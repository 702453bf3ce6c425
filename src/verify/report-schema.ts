// The reports as schemas: what `verify --json` and `--output` promise, and the check of a report that is read back.
import { z } from 'zod';
import { fail, ok, problems, type Checked } from '../errors/index.js';
import { osIds } from '../requirements/index.js';
import { canonicalJson } from '../util/index.js';
import { authenticationSchema, hostErrorSchema, identitySchema } from './facts-schema.js';
import { addCounts, countVerdicts } from './judge.js';
import type { VerifyReport } from './types.js';

const stage = z.enum(['image', 'machine']);
const verdictName = z.enum(['pass', 'warn', 'fail', 'unknown', 'after-deployment']);
const count = z.int().nonnegative();
const counts = z.strictObject({
  pass: count,
  warn: count,
  fail: count,
  unknown: count,
  'after-deployment': count,
});

const source = z.strictObject({
  id: z.string().optional().describe('Under which the catalogue knows the document.'),
  title: z.string(),
  publisher: z.string().describe('Who wrote it.'),
  page: z.string().describe('Where it can be read today: path in a public repository, or address.'),
  date: z.string().describe('ISO date of the page, or unknown.'),
  confidence: z
    .enum(['microsoft', 'community', 'unverified', 'own'])
    .describe("own: the workspace's own decision."),
});

const evidence = z.strictObject({
  query: z.string().describe('WQL with its namespace, or methods of StdRegProv with the path.'),
  asked: z.boolean().describe('False where nobody asked; cause then says why.'),
  rows: count
    .nullable()
    .describe(
      'How many rows, subkeys or values came; null for a single registry value and where nothing came.',
    ),
  shown: z.array(z.string()).describe('What concerns the requirement: the first rows, each cut to a length.'),
  cause: z.string().nullable().describe('Why there is no answer.'),
});

const verdict = z.strictObject({
  id: z.string().describe("The requirement's id, stable over time; os/version for another Windows."),
  kind: z.string(),
  title: z.string(),
  role: z.string().describe('The role that declares it.'),
  stage,
  verdict: verdictName,
  expected: z.string(),
  actual: z.string().nullable().describe('Null where nothing was read.'),
  cause: z.string().nullable().describe('Why it is unknown.'),
  fix: z.string().nullable().describe('What to do; null for a pass.'),
  source: source.nullable().describe('Null for os/version: the one who asks is the source.'),
  where: z.string().describe('file:line:column of the requirement.'),
  evidence: z.array(evidence).optional().describe('Only with --explain.'),
});

const osId = z.enum(osIds);
const os = z.strictObject({
  expected: osId.nullable().describe('As asserted by --os or a plan; null where the host was to say.'),
  found: z
    .strictObject({ version: z.string().describe('e.g. 6.3.9600'), title: z.string() })
    .nullable()
    .describe('What the host told; null where it told nothing that can be read.'),
  judged: osId.nullable().describe('Whose requirements were judged; null where none could be.'),
  basis: z.enum(['host', 'asserted']).nullable().describe('Who said so.'),
  cause: z.string().nullable().describe("Why the host's own answer was not enough."),
});

const host = {
  host: z.string().describe('host:port'),
  answered: z.boolean().describe('It let us ask. False: everything is unknown, and error says why.'),
  rehearsal: z.boolean().describe('True when what answered says that it is a twin.'),
  identity: identitySchema.nullable(),
  os,
  authentication: authenticationSchema.nullable(),
  error: hostErrorSchema.nullable().describe('Why it was not asked, or not to the end.'),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
};

const roleReport = z.strictObject({
  role: z.string(),
  stage: z.enum(['image', 'machine', 'all']),
  counts,
  verdicts: z.array(verdict),
});

export const verifyReportSchema = z
  .strictObject({
    apiVersion: z.literal('lyncimg/v1'),
    kind: z.literal('VerifyReport'),
    hosts: z
      .array(z.strictObject({ ...host, reports: z.array(roleReport).describe('One for each role.') }))
      .describe('In the order given.'),
    counts: counts.describe('Of all verdicts.'),
    exit: z.literal([0, 1, 3, 4]).describe('As the command ends.'),
  })
  .meta({ title: 'Report of lyncimg verify' });

const roleReadiness = z.strictObject({
  role: z.string(),
  extends: z.string().nullable().describe('The role that it extends, where that one is listed too.'),
  state: z.enum(['ready', 'missing', 'unknown']),
  counts: counts.describe('Over all requirements, inherited ones too.'),
  missing: z.array(verdict).describe('What fails and is not listed already at a role that it extends.'),
  unknown: z.array(verdict).describe('What nobody knows, in the same way.'),
});

export const readinessReportSchema = z
  .strictObject({
    apiVersion: z.literal('lyncimg/v1'),
    kind: z.literal('ReadinessReport'),
    hosts: z
      .array(
        z.strictObject({
          ...host,
          roles: z.array(roleReadiness).describe("Those of the host's operating system, parents first."),
        }),
      )
      .describe('In the order given.'),
    exit: z.literal([0, 3, 4]).describe('0 answered, 4 partly, 3 not at all.'),
  })
  .meta({ title: 'Report of lyncimg verify without a role: what a machine is ready for' });

/** As checked in at `schemas/verify-report.schema.json`. */
export function verifyReportJsonSchema(): unknown {
  return z.toJSONSchema(verifyReportSchema);
}

/** As checked in at `schemas/readiness-report.schema.json`. */
export function readinessReportJsonSchema(): unknown {
  return z.toJSONSchema(readinessReportSchema);
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
  // By way of unknown: zod tells an absent property and an undefined one not apart.
  const read: unknown = parsed.data;
  const report = read as VerifyReport;
  // A reader decides by the counts: they must be those of the verdicts.
  const reports = report.hosts.flatMap((one) => one.reports);
  const agree =
    reports.every((one) => canonicalJson(one.counts) === canonicalJson(countVerdicts(one.verdicts))) &&
    canonicalJson(report.counts) === canonicalJson(addCounts(reports.map((one) => one.counts)));
  return agree ? ok(report) : bad('the counts do not agree with the verdicts');
}
