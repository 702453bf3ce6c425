// "Install Windows Update on each server": all that is offered, or a folder of files. Of what Windows Update did, a
// machine tells by CIM and registry only when it last installed something, and whether it waits for a restart.
import type { FactQuery, Facts, RegistryQuery } from './facts.js';
import type { Finding } from './finding.js';
import { findListed, hotfixQuery, isListedAs, type Numbered } from './hotfix-list.js';
import { hotfixFile } from './hotfix-spec.js';
import type { Judgement, Kind } from './kind.js';
import { withoutPublished } from './published.js';
import { sourceLines } from './source-note.js';
import {
  describeUpdates,
  updatesFrom,
  updatesSchema,
  type UpdatesInput,
  type UpdatesSpec,
} from './updates-spec.js';
import { updatesTasks } from './updates-tasks.js';

const autoUpdate = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update';

/** Written by the Windows Update agent when it has installed something; UTC, e.g. `2014-05-01 10:22:33`. */
const lastSuccess: RegistryQuery = {
  kind: 'registry',
  hive: 'HKLM',
  key: `${autoUpdate}\\Results\\Install`,
  value: { name: 'LastSuccessTime', type: 'string' },
};
/** The key exists while an update waits for a restart. */
const restartWaits: RegistryQuery = { kind: 'registry', hive: 'HKLM', key: `${autoUpdate}\\RebootRequired` };

export const updates: Kind<UpdatesInput, UpdatesSpec> = {
  name: 'updates',
  summary: 'Windows is updated: by Windows Update until it finds nothing, or from files in a given order.',
  example: '- updates: { from: wsus, required: [KB2919355] }\n  source: MS-INSTALLOS\n',
  stage: 'image',
  // After hotfixes and packages that updates may stand on, and before features, whose payload they bring up to date too.
  phase: 15,
  schema: updatesSchema,

  resolve: updatesFrom,
  id: () => 'updates/windows',
  title: (spec) => `Windows updates ${describeUpdates(spec)}`,
  after,
  content: (spec) => (spec.from === 'folder' ? { ...spec, files: spec.files.map(withoutPublished) } : spec),
  media: (spec) => (spec.from === 'folder' ? spec.files.map(hotfixFile) : []),
  tasks: (requirements, context) =>
    requirements
      .filter(({ stage }) => stage === 'image')
      .flatMap((requirement) => updatesTasks(requirement.spec, sourceLines(requirement), context)),
  facts,
  evidence: (spec, row) => wantedOf(spec).some((wanted) => isListedAs(wanted, row)),
  judge,
};

/** What says where Windows Update asks, and what the files of a folder require beyond the folder itself. */
function after(spec: UpdatesSpec): string[] {
  if (spec.from !== 'folder')
    return ['setting/winhttp-proxy', ...(spec.from === 'wsus' ? ['setting/wsus'] : [])];
  const own = new Set(spec.files.map(({ kb }) => `hotfix/${kb}`));
  return [...new Set(spec.files.flatMap(({ requires }) => requires))].filter((id) => !own.has(id));
}

/** What Windows must list in the end. */
function wantedOf(spec: UpdatesSpec): Numbered[] {
  const required = spec.required.map((kb) => ({ kb, supersededBy: [] }));
  return spec.from === 'folder' ? [...spec.files, ...required] : required;
}

function facts(spec: UpdatesSpec): FactQuery[] {
  return [
    ...(wantedOf(spec).length > 0 ? [hotfixQuery] : []),
    ...(spec.from === 'folder' ? [] : [lastSuccess]),
    restartWaits,
  ];
}

function judge(spec: UpdatesSpec, known: Facts): Judgement {
  const expected = `updates installed ${describeUpdates(spec)}`;
  const found = [
    ...wantedOf(spec).map((wanted) => findListed(wanted, known)),
    findRestart(known),
    ...(spec.from === 'folder' ? [] : [findRecord(known)]),
  ];
  const unmet = found.flatMap((one) => (one.state === 'unmet' ? [one.actual] : []));
  if (unmet.length > 0)
    return { verdict: 'fail', expected, actual: [...new Set(unmet)].join('; '), fix: fixOf(spec) };
  const causes = found.flatMap((one) => (one.state === 'unknown' ? [one.cause] : []));
  if (causes.length > 0) return { verdict: 'unknown', expected, cause: [...new Set(causes)].join('; ') };
  const met = found.flatMap((one) => (one.state === 'met' ? [one.actual] : []));
  return { verdict: 'pass', expected, actual: [...new Set(met)].join('; ') };
}

function findRestart(known: Facts): Finding {
  const answer = known.registry(restartWaits);
  if (!answer.known) return { state: 'unknown', cause: answer.cause };
  return answer.value.exists
    ? { state: 'unmet', actual: 'Windows Update waits for a restart' }
    : { state: 'met', actual: 'no restart pending' };
}

function findRecord(known: Facts): Finding {
  const answer = known.registry(lastSuccess);
  if (!answer.known) return { state: 'unknown', cause: answer.cause };
  const { value } = answer;
  const date = value.exists && 'data' in value ? value.data : undefined;
  if (typeof date !== 'string' || date === '')
    return { state: 'unmet', actual: 'no installation by Windows Update is on record' };
  const unread = 'whether newer updates are offered now cannot be read';
  return { state: 'met', actual: `Windows Update last installed on ${date} UTC (${unread})` };
}

function fixOf(spec: UpdatesSpec): string {
  return spec.from === 'folder'
    ? 'Install the files, then restart. What a later update holds, Windows no longer lists: name that one under supersededBy.'
    : 'Run Windows Update until it finds nothing, then restart.';
}
