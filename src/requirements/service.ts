// A Windows service: how it starts, and whether it runs.
import { z } from 'zod';
import type { CimQuery, Facts, RegistryQuery } from './facts.js';
import type { Judgement, Kind, Requirement } from './kind.js';
import { sameText, textOf } from './rows.js';
import { sourceLines } from './source-note.js';
import type { AnsibleTask } from './task.js';

const schema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[^\\/\s][^\\/]{0,255}$/, 'The short name of a service, e.g. W3SVC.')
      .meta({ description: 'Short name, as sc.exe takes it.' }),
    startMode: z.enum(['auto', 'delayed', 'manual', 'disabled']).optional(),
    state: z.enum(['running', 'stopped']).optional(),
  })
  .refine(({ startMode, state }) => startMode !== undefined || state !== undefined, {
    error: 'A service requirement says startMode, state or both.',
  })
  .refine(({ startMode, state }) => startMode !== 'disabled' || state !== 'running', {
    error: 'A disabled service does not run: ask for another startMode or state.',
  });

export type ServiceInput = z.infer<typeof schema>;
type StartMode = NonNullable<ServiceInput['startMode']>;

export interface ServiceSpec {
  name: string;
  startMode: StartMode | null;
  state: 'running' | 'stopped' | null;
}

const query: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_Service',
  properties: ['Name', 'StartMode', 'State'],
};

/** Win32_Service says Auto for a delayed start too, and its DelayedAutoStart is not there on 2008 R2. */
function delayedQuery(spec: ServiceSpec): RegistryQuery {
  return {
    kind: 'registry',
    hive: 'HKLM',
    key: `SYSTEM\\CurrentControlSet\\Services\\${spec.name}`,
    value: { name: 'DelayedAutostart', type: 'dword' },
  };
}

export const service: Kind<ServiceInput, ServiceSpec> = {
  name: 'service',
  summary: 'A Windows service exists, starts in this mode, and runs or does not.',
  example: '- service: { name: MpsSvc, startMode: auto, state: running }\n  source: MS-ADDSUP\n',
  stage: 'image',
  phase: 40,
  schema,

  resolve: (input) => ({
    ok: true,
    spec: { name: input.name, startMode: input.startMode ?? null, state: input.state ?? null },
  }),

  id: (spec) => `service/${spec.name.toLowerCase()}`,
  title: (spec) => `Service ${spec.name} (${wanted(spec)})`,
  tasks: (requirements) => requirements.filter(({ stage }) => stage === 'image').map(taskOf),
  applyTasks: (requirements) => requirements.map(taskOf),
  facts: (spec) => (asksForDelay(spec) ? [query, delayedQuery(spec)] : [query]),
  evidence: (spec, row) => sameText(textOf(row, 'Name'), spec.name),
  judge,
};

function wanted(spec: ServiceSpec): string {
  return [spec.startMode, spec.state].filter((part) => part !== null).join(', ');
}

function asksForDelay({ startMode }: ServiceSpec): boolean {
  return startMode === 'auto' || startMode === 'delayed';
}

function taskOf(requirement: Requirement<ServiceSpec>): AnsibleTask {
  const { name, startMode, state } = requirement.spec;
  return {
    name: `Configure service ${name}`,
    comments: sourceLines(requirement),
    module: 'ansible.windows.win_service',
    args: {
      name,
      ...(startMode !== null && { start_mode: startMode }),
      ...(state !== null && { state: state === 'running' ? 'started' : 'stopped' }),
    },
  };
}

function judge(spec: ServiceSpec, facts: Facts): Judgement {
  const expected = wanted(spec);
  const answer = facts.cim(query);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  // No Windows is without services; who may not list them over the network gets none, and no error.
  if (answer.value.length === 0)
    return {
      verdict: 'unknown',
      expected,
      cause: 'Win32_Service listed nothing: the user may lack the right',
    };
  const row = answer.value.find((candidate) => sameText(textOf(candidate, 'Name'), spec.name));
  if (row === undefined) {
    const fix = `Install what brings the service ${spec.name}.`;
    return { verdict: 'fail', expected, actual: 'the service does not exist', fix };
  }
  const mode = startModeOf({ spec, facts, listed: textOf(row, 'StartMode').toLowerCase() });
  if (!mode.known) return { verdict: 'unknown', expected, cause: mode.cause };
  const state = textOf(row, 'State').toLowerCase();
  const actual = [spec.startMode === null ? null : mode.value, spec.state === null ? null : state]
    .filter((part) => part !== null)
    .join(', ');
  const met =
    (spec.startMode === null || spec.startMode === mode.value) &&
    (spec.state === null || spec.state === state);
  if (met) return { verdict: 'pass', expected, actual };
  return { verdict: 'fail', expected, actual, fix: fixOf(spec) };
}

/** The listed mode, with the delay told apart where that matters. */
function startModeOf(options: {
  spec: ServiceSpec;
  facts: Facts;
  listed: string;
}): { known: true; value: string } | { known: false; cause: string } {
  const { spec, facts, listed } = options;
  if (listed !== 'auto' || !asksForDelay(spec)) return { known: true, value: listed };
  const answer = facts.registry(delayedQuery(spec));
  if (!answer.known) return answer;
  const delayed = answer.value.exists && 'data' in answer.value && answer.value.data === '1';
  return { known: true, value: delayed ? 'delayed' : 'auto' };
}

function fixOf({ name, startMode, state }: ServiceSpec): string {
  const commands: string[] = [];
  const modes = { auto: 'auto', delayed: 'delayed-auto', manual: 'demand', disabled: 'disabled' } as const;
  if (startMode !== null) commands.push(`sc.exe config ${name} start= ${modes[startMode]}`);
  if (state !== null) commands.push(`sc.exe ${state === 'running' ? 'start' : 'stop'} ${name}`);
  return commands.join('; ');
}
