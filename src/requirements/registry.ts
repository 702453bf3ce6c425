// One registry value, in the 64-bit view.
import { z } from 'zod';
import type { Facts, Hive, RegistryQuery, RegistryType } from './facts.js';
import type { Judgement, Kind, Requirement } from './kind.js';
import { sameText } from './rows.js';
import { sourceLines } from './source-note.js';
import type { AnsibleTask } from './task.js';

/** Other hives hold nothing that a machine's role needs: HKCU is the asking user's, HKCC a view of HKLM. */
const hives: Readonly<Record<string, Hive>> = {
  HKLM: 'HKLM',
  HKEY_LOCAL_MACHINE: 'HKLM',
  HKU: 'HKU',
  HKEY_USERS: 'HKU',
  HKCR: 'HKCR',
  HKEY_CLASSES_ROOT: 'HKCR',
};
/** In any case, without a flag: JSON Schema, which editors use, has none. */
const anyCase = (word: string): string =>
  word.replaceAll(/[A-Z]/g, (letter) => `[${letter}${letter.toLowerCase()}]`);
const pathPattern = new RegExp(
  `^(${Object.keys(hives).map(anyCase).join('|')}):?\\\\([^\\\\]+(?:\\\\[^\\\\]+)*)\\\\?$`,
);

const common = {
  path: z
    .string()
    .regex(pathPattern, 'A path is a hive (HKLM, HKU, HKCR) and a key, e.g. HKLM\\SOFTWARE\\Microsoft.')
    .meta({ description: 'Hive and key; 64-bit view.' }),
  name: z.string().meta({ description: "Name of the value; '' is the key's default value." }),
};
const dwordMessage = 'A dword is a number from 0 to 4294967295.';

const schema = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      ...common,
      type: z.literal('dword'),
      data: z.int(dwordMessage).min(0, dwordMessage).max(0xffffffff, dwordMessage),
    }),
    z.strictObject({
      ...common,
      type: z.literal('qword'),
      data: z.union([
        z.int().min(0),
        z.string().regex(/^(\d{1,20}|0x[0-9A-Fa-f]{1,16})$/, 'A qword is a decimal or 0x… number.'),
      ]),
    }),
    z.strictObject({ ...common, type: z.literal(['string', 'expandstring']), data: z.string() }),
    z.strictObject({ ...common, type: z.literal('multistring'), data: z.array(z.string()) }),
    z.strictObject({
      ...common,
      type: z.literal('binary'),
      data: z
        .string()
        .regex(/^(hex:)?[0-9A-Fa-f]{2}(,?[0-9A-Fa-f]{2})*$/, 'Binary data is pairs of hexadecimal digits.'),
    }),
  ],
  { error: 'must be string, expandstring, multistring, dword, qword or binary.' },
);

export type RegistryInput = z.infer<typeof schema>;

export interface RegistrySpec {
  hive: Hive;
  /** Without the hive. */
  key: string;
  name: string;
  type: RegistryType;
  /** dword and qword as decimal text, binary as lower-case hex, multistring as a list. */
  data: string | string[];
}

export const registry: Kind<RegistryInput, RegistrySpec> = {
  name: 'registry',
  summary: 'A registry value has this type and data.',
  example: [
    '- registry:',
    '    path: HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\Schannel',
    '    name: EnableSessionTicket',
    '    type: dword',
    '    data: 2',
    '  source: MS-KB2901554',
    '',
  ].join('\n'),
  stage: 'image',
  phase: 30,
  schema,

  resolve(input) {
    const [, hiveName = '', key = ''] = pathPattern.exec(input.path) ?? [];
    const hive = hives[hiveName.toUpperCase()];
    if (hive === undefined) {
      const message = `${input.path} is no registry path.`;
      return { ok: false, problems: [{ path: ['path'], message, reason: 'invalid' }] };
    }
    if (input.type === 'qword' && BigInt(input.data) >= 2n ** 64n) {
      const message = `${input.data} does not fit the 64 bits of a qword.`;
      return { ok: false, problems: [{ path: ['data'], message, reason: 'invalid' }] };
    }
    return { ok: true, spec: { hive, key, name: input.name, type: input.type, data: canonicalData(input) } };
  },

  // Windows does not tell the cases of paths and names apart, so the id must not either.
  id: (spec) => `registry/${fullName(spec).toLowerCase()}`,
  title: (spec) => `Registry value ${fullName(spec)} = ${shown(spec)}`,
  tasks: (requirements) => requirements.filter(({ stage }) => stage === 'image').map(taskOf),
  applyTasks: (requirements) => requirements.map(taskOf),
  facts: (spec) => [queryOf(spec)],
  judge,
};

function canonicalData(input: RegistryInput): string | string[] {
  switch (input.type) {
    case 'dword':
    case 'qword':
      return BigInt(input.data).toString();
    case 'binary':
      return input.data.replace(/^hex:/, '').replaceAll(',', '').toLowerCase();
    case 'string':
    case 'expandstring':
    case 'multistring':
      return input.data;
  }
}

function fullName({ hive, key, name }: RegistrySpec): string {
  return `${hive}\\${key}\\${name === '' ? '(Default)' : name}`;
}

function shown({ type, data }: RegistrySpec): string {
  return `${type} ${typeof data === 'string' ? data : JSON.stringify(data)}`;
}

function queryOf({ hive, key, name, type }: RegistrySpec): RegistryQuery {
  return { kind: 'registry', hive, key, value: { name, type } };
}

function taskOf(requirement: Requirement<RegistrySpec>): AnsibleTask {
  const { spec } = requirement;
  return {
    name: `Set registry value ${spec.name === '' ? '(Default)' : spec.name}`,
    comments: sourceLines(requirement),
    module: 'ansible.windows.win_regedit',
    args: {
      path: `${spec.hive}:\\${spec.key}`,
      name: spec.name,
      type: spec.type,
      data: dataForAnsible(spec),
      state: 'present',
    },
  };
}

/** A qword stays text: as a YAML number it would lose its last digits above 2^53 in many a reader. */
function dataForAnsible({ type, data }: RegistrySpec): string | number | string[] {
  if (type === 'dword') return Number(data);
  return type === 'binary' ? `hex:${(data as string).replaceAll(/(..)(?=.)/g, '$1,')}` : data;
}

function judge(spec: RegistrySpec, facts: Facts): Judgement {
  const expected = shown(spec);
  const answer = facts.registry(queryOf(spec));
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  const fix = `Set ${fullName(spec)} to ${expected}.`;
  const found = answer.value;
  if (!found.exists) return { verdict: 'fail', expected, actual: `the ${found.missing} does not exist`, fix };
  if ('otherType' in found) return { verdict: 'fail', expected, actual: 'the value has another type', fix };
  if (found.data === undefined)
    return { verdict: 'unknown', expected, cause: 'the value was found, its data was not read' };
  const actual = shown({ ...spec, data: found.data });
  return matches(spec, found.data)
    ? { verdict: 'pass', expected, actual }
    : { verdict: 'fail', expected, actual, fix };
}

function matches({ type, data }: RegistrySpec, found: string | string[]): boolean {
  if (typeof data !== 'string' || typeof found !== 'string')
    return JSON.stringify(data) === JSON.stringify(found);
  if (type === 'binary') return sameText(data, found);
  if (type === 'expandstring') return expandedPattern(data).test(found);
  return data === found;
}

/** StdRegProv gives %NAME% with its value in place, which is the machine's own: that part is not compared. */
function expandedPattern(data: string): RegExp {
  const parts = data.split(/%[^%]+%/).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
