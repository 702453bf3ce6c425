// Two kinds as small as kinds can be, requirements of them, and facts to judge: verify must not care what they mean.
import { z } from 'zod';
import type { CimRow, Kind, Requirement } from '../../src/requirements/index.js';
import type {
  Assignment,
  HostFacts,
  JudgeOptions,
  KindLookup,
  OsName,
  Subject,
} from '../../src/verify/index.js';

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
  evidence: (spec, row) => row['Name'] === spec,
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
    source: {
      ...{ title: 'House rules', publisher: 'Microsoft', page: 'rules.md' },
      ...{ date: '2026-01-01', confidence: 'microsoft' },
    },
    role: 'house',
    where: 'roles/house.yaml:7:5',
    ...more,
  };
}

export const house: OsName = { id: '2012r2', title: 'Windows Server 2012 R2', version: '6.3.9600' };
export const oldHouse: OsName = { id: '2008r2', title: 'Windows Server 2008 R2 SP1', version: '6.1.7601' };

export const judging: JudgeOptions = { kindOf, gate: false, stage: 'all' };

/** A role of the lamps named, on 2012 R2 unless said otherwise. */
export function subject(role: string, lamps: string[], more: Partial<Subject> = {}): Subject {
  const requirements = lamps.map((name) => requirement('lamp', name, { role }));
  return { role, ancestors: [], questions: [{ os: house, requirements }], ...more };
}

export function assignment(subjects: Subject[], asserted: OsName | null = null): Assignment {
  return { asserted, assertedBy: '--os', subjects };
}

/** Facts of a host that could not be asked. */
export function lost(message = 'No connection to WinRM at fe01:5986: nobody listens.'): HostFacts {
  return document({
    ...{ answered: false, identity: null, authentication: null },
    error: { code: 'E_WSMAN_UNREACHABLE', message },
  });
}

export const serverRow: CimRow = {
  Caption: 'Microsoft Windows Server 2012 R2 Standard',
  ProductType: '3',
  Version: '6.3.9600',
};

/** A document as collectFacts makes it. */
export function document(more: Partial<HostFacts> = {}): HostFacts {
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'HostFacts',
    host: 'fe01:5986',
    answered: true,
    identity: { vendor: 'Microsoft Corporation', version: 'OS: 6.3.9600 SP: 0.0 Stack: 3.0' },
    authentication: { scheme: 'ntlm', sealed: false },
    error: null,
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
): HostFacts['answers'][number] {
  return {
    at: '2026-11-23T10:00:00.000Z',
    query: { kind: 'cim', namespace: 'root/cimv2', className, properties },
    answer: { known: true, value: rows },
  };
}

/** Subkeys with their values, of a key as Windows lists its programs in. */
export const programs = {
  at: '2026-11-23T10:00:00.000Z',
  query: {
    kind: 'registry-keys',
    hive: 'HKLM',
    key: 'SOFTWARE\\Uninstall',
    values: [
      { name: 'DisplayName', type: 'string' },
      { name: 'Version', type: 'dword' },
    ],
  },
  answer: {
    known: true,
    value: {
      exists: true,
      keys: [
        { name: '{A}', values: { DisplayName: 'Agent', Version: '15' } },
        { name: 'B', values: {} },
      ],
    },
  },
} satisfies HostFacts['answers'][number];

/** Values of a key as Windows keeps the rules of its firewall in. */
export const rules = {
  at: '2026-11-23T10:00:00.000Z',
  query: { kind: 'registry-values', hive: 'HKLM', key: 'SYSTEM\\Rules' },
  answer: {
    known: true,
    value: {
      exists: true,
      values: [
        { name: 'in', data: 'v2.10|Active=TRUE|' },
        { name: 'out', data: 'v2.10|Active=FALSE|' },
      ],
    },
  },
} satisfies HostFacts['answers'][number];

export function osAnswer(row: CimRow = serverRow): HostFacts['answers'][number] {
  return cimAnswer('Win32_OperatingSystem', ['Caption', 'ProductType', 'Version'], [row]);
}
