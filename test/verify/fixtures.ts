// Two kinds as small as kinds can be, requirements of them, and facts to judge: verify must not care what they mean.
import { z } from 'zod';
import type { CimRow, Kind, Requirement } from '../../src/requirements/index.js';
import type { FactsDocument, KindLookup } from '../../src/verify/index.js';

const noTasks = { phase: 1, schema: z.unknown(), tasks: () => [] };

/** Is a service there? Reads one row of a class. */
const lamp: Kind<unknown, unknown> = {
  ...noTasks,
  name: 'lamp',
  summary: '',
  example: '',
  stage: 'image',
  resolve: (input) => ({ ok: true, spec: input }),
  id: (spec) => `lamp/${String(spec)}`,
  title: (spec) => `Lamp ${String(spec)}`,
  facts: () => [
    { kind: 'cim', namespace: 'root/cimv2', className: 'Test_Lamp', properties: ['Name', 'State'] },
  ],
  judge(spec, facts) {
    const answer = facts.cim({
      kind: 'cim',
      namespace: 'root/cimv2',
      className: 'Test_Lamp',
      properties: ['Name', 'State'],
    });
    const expected = 'on';
    if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
    const row = answer.value.find(({ Name }) => Name === spec);
    if (row === undefined) return { verdict: 'fail', expected, actual: 'absent', fix: 'Buy one.' };
    if (typeof row['State'] !== 'string') throw new TypeError('State is no text');
    return row['State'] === 'on'
      ? { verdict: 'pass', expected, actual: 'on' }
      : { verdict: 'fail', expected, actual: row['State'], fix: `Switch ${String(spec)} on.` };
  },
};

/** Does a key of the registry exist? */
const key: Kind<unknown, unknown> = {
  ...noTasks,
  name: 'key',
  summary: '',
  example: '',
  stage: 'machine',
  resolve: (input) => ({ ok: true, spec: input }),
  id: (spec) => `key/${String(spec)}`,
  title: (spec) => `Key ${String(spec)}`,
  facts: (spec) => [{ kind: 'registry', hive: 'HKLM', key: String(spec) }],
  judge(spec, facts) {
    const answer = facts.registry({ kind: 'registry', hive: 'HKLM', key: String(spec) });
    if (!answer.known) return { verdict: 'unknown', expected: 'there', cause: answer.cause };
    return answer.value.exists
      ? { verdict: 'pass', expected: 'there', actual: 'there' }
      : { verdict: 'fail', expected: 'there', actual: 'not there', fix: 'Make it.' };
  },
};

export const kindOf: KindLookup = (name) => ({ lamp, key })[name];

export function requirement(
  kind: 'lamp' | 'key',
  spec: string,
  more: Partial<Requirement> = {},
): Requirement {
  const found = kindOf(kind)!;
  return {
    id: found.id(spec),
    kind,
    spec,
    title: found.title(spec),
    stage: found.stage,
    source: { title: 'House rules', page: 'rules.md', date: '2026-01-01', confidence: 'microsoft' },
    role: 'house',
    where: 'roles/house.yaml:7:5',
    ...more,
  };
}

export const house = { id: '2012r2', title: 'Windows Server 2012 R2', version: '6.3.9600' } as const;

export const serverRow: CimRow = {
  Caption: 'Microsoft Windows Server 2012 R2 Standard',
  ProductType: '3',
  Version: '6.3.9600',
};

/** A document as collectFacts makes it. */
export function document(more: Partial<FactsDocument> = {}): FactsDocument {
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'Facts',
    host: 'fe01:5986',
    identity: {
      vendor: 'Microsoft Corporation',
      version: 'OS: 6.3.9600 SP: 0.0 Stack: 3.0',
      rehearsal: false,
    },
    startedAt: '2026-11-23T10:00:00.000Z',
    finishedAt: '2026-11-23T10:00:01.204Z',
    answers: [],
    ...more,
  };
}

export function cimAnswer(
  className: string,
  properties: string[],
  rows: CimRow[],
): FactsDocument['answers'][number] {
  return {
    at: '2026-11-23T10:00:00.000Z',
    query: { kind: 'cim', namespace: 'root/cimv2', className, properties },
    answer: { known: true, value: rows },
  };
}

export function osAnswer(row: CimRow = serverRow): FactsDocument['answers'][number] {
  return cimAnswer('Win32_OperatingSystem', ['Caption', 'ProductType', 'Version'], [row]);
}
