// Facts as a file: JSON lines, one host a line, so that a file of many hosts can be cut, joined and searched by line.
// What is read back is whatever lies there until it is checked.
import { z } from 'zod';
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import type { HostFacts } from './host-facts.js';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const row = z.record(z.string(), z.union([scalar, z.null(), z.array(scalar)]));
const unknownAnswer = z.strictObject({ known: z.literal(false), cause: z.string() });
const answerOf = <T extends z.ZodType>(value: T) =>
  z.union([z.strictObject({ known: z.literal(true), value }), unknownAnswer]);
const at = z.iso.datetime();

const cimAnswered = z.strictObject({
  at,
  query: z.strictObject({
    kind: z.literal('cim'),
    namespace: z.string().describe('With slashes, e.g. root/cimv2.'),
    className: z.string(),
    properties: z.array(z.string()),
    arrays: z.array(z.string()).optional().describe('Those of the properties that are arrays.'),
    where: z.string().optional().describe('A WQL condition.'),
  }),
  answer: answerOf(z.array(row)),
});

const registryKey = {
  hive: z.enum(['HKLM', 'HKU', 'HKCR']),
  key: z.string(),
};
const registryValue = z.strictObject({
  name: z.string(),
  type: z.enum(['string', 'expandstring', 'multistring', 'dword', 'qword', 'binary']),
});
const data = z.union([z.string(), z.array(z.string())]);

const registryAnswer = z.union([
  z.strictObject({ exists: z.literal(false), missing: z.enum(['key', 'value']) }),
  z.strictObject({ exists: z.literal(true), otherType: z.literal(true) }),
  z.strictObject({
    exists: z.literal(true),
    data: data
      .optional()
      .describe('Numbers are decimal text, binary is hex; absent where only the key was asked for.'),
  }),
]);

const registryAnswered = z.strictObject({
  at,
  query: z.strictObject({
    kind: z.literal('registry'),
    ...registryKey,
    value: registryValue.optional().describe('Absent: whether the key exists.'),
  }),
  answer: answerOf(registryAnswer),
});

const noKey = z.strictObject({ exists: z.literal(false) });

const registryKeysAnswered = z.strictObject({
  at,
  query: z.strictObject({
    kind: z.literal('registry-keys'),
    ...registryKey,
    values: z.array(registryValue).describe('Asked for of every direct subkey.'),
  }),
  answer: answerOf(
    z.union([
      noKey,
      z.strictObject({
        exists: z.literal(true),
        keys: z.array(
          z.strictObject({
            name: z.string(),
            values: z.record(z.string(), data).describe('Those that are there, with the type asked for.'),
          }),
        ),
      }),
    ]),
  ),
});

const registryValuesAnswered = z.strictObject({
  at,
  query: z.strictObject({ kind: z.literal('registry-values'), ...registryKey }),
  answer: answerOf(
    z.union([
      noKey,
      z.strictObject({
        exists: z.literal(true),
        values: z
          .array(z.strictObject({ name: z.string(), data: z.string() }))
          .describe('Those that are text; the default value has the empty name.'),
      }),
    ]),
  ),
});

export const identitySchema = z.strictObject({
  vendor: z.string().describe("WS-Management's ProductVendor."),
  version: z.string().describe("WS-Management's ProductVersion, e.g. OS: 6.3.9600 SP: 0.0 Stack: 3.0."),
});
export const authenticationSchema = z.strictObject({
  scheme: z.string().describe('ntlm, kerberos, basic or certificate.'),
  sealed: z.boolean().describe('The scheme sealed the messages; false where TLS protected them.'),
});
export const hostErrorSchema = z.strictObject({
  code: z.string().describe('As docs/errors.md lists it.'),
  message: z.string(),
});

const hostFacts = z
  .strictObject({
    apiVersion: z.literal('lyncimg/v1'),
    kind: z.literal('HostFacts'),
    host: z.string().min(1).describe('host:port'),
    answered: z.boolean().describe('It spoke WS-Management and let us ask.'),
    identity: identitySchema.nullable(),
    authentication: authenticationSchema.nullable(),
    error: hostErrorSchema.nullable().describe('Why it was not asked, or not to the end.'),
    startedAt: at,
    finishedAt: at,
    answers: z.array(z.union([cimAnswered, registryAnswered, registryKeysAnswered, registryValuesAnswered])),
  })
  .refine(({ answered, error }) => answered || error !== null, {
    error: 'a host that did not answer has no error',
    path: ['error'],
  })
  .meta({ title: 'Facts of one host: a line of what lyncimg verify --save-facts writes' });

/** As checked in at `schemas/host-facts.schema.json`: of one line. */
export function hostFactsJsonSchema(): unknown {
  return z.toJSONSchema(hostFacts);
}

/** The whole file: one line a host, in the given order. */
export function factsText(hosts: readonly HostFacts[]): string {
  return hosts.map((facts) => `${JSON.stringify(facts)}\n`).join('');
}

const mostProblems = 20;

/** `file` is the name under which the user knows it. Every wrong line at once, at most twenty. */
export function factsFromText(text: string, file: string): Checked<HostFacts[]> {
  const hosts: HostFacts[] = [];
  const found: LyncimgError[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    // Named by its number alone: a line is as long as all that a host answered.
    const where = { file: `${file}:${index + 1}` };
    if (typeof read === 'string') found.push(fail('E_VERIFY_FACTS', { reason: read }, { where }));
    else hosts.push(read);
    if (found.length === mostProblems) break;
  }
  if (found.length === 0 && hosts.length === 0)
    found.push(fail('E_VERIFY_FACTS', { reason: 'it holds no host' }, { where: { file } }));
  return found.length > 0 ? problems(found) : ok(hosts);
}

/** The facts, or why the line is none. */
function readLine(line: string): HostFacts | string {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch (error) {
    return (error as Error).message;
  }
  const parsed = hostFacts.safeParse(data);
  if (parsed.success) return parsed.data as HostFacts;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'not the facts of a host'}`;
}
