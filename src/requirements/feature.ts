// Windows features by the names of Get-WindowsFeature, read back by their DISM names.
//
// All features of a layer are one task: Server Manager resolves them together and asks for one restart.
import { z } from 'zod';
import type { Judgement, Kind, MediaFile, Requirement, TaskContext } from './kind.js';
import type { CimQuery, Facts } from './facts.js';
import type { FeatureCatalogue, FeatureEntry } from './os-model.js';
import { restartTask } from './restart.js';
import { numberOf, sameText, textOf } from './rows.js';
import { sourceNote } from './source-note.js';
import type { AnsibleTask } from './task.js';

const schema = z.union([
  z.string().min(1).meta({ description: 'Name as Get-WindowsFeature has it, in any case.' }),
  z.strictObject({
    name: z.string().min(1).meta({ description: 'Name as Get-WindowsFeature has it, in any case.' }),
  }),
]);

export type FeatureInput = z.infer<typeof schema>;

export interface FeatureSpec {
  /** As Windows spells it. */
  name: string;
  displayName: string;
  /** Win32_OptionalFeature.Name; null where no pairing is known. */
  dism: string | null;
  /** DISM names of what this feature needs and a fresh install has no payload of: these come from the media. */
  payloads: string[];
}

/** The one removed payload of 2012 and 2012 R2, under `sources\sxs` of the Windows media. */
const payloadFiles: Readonly<Record<string, MediaFile>> = {
  NetFx3: {
    path: 'sources/sxs/microsoft-windows-netfx3-ondemand-package.cab',
    title: '.NET Framework 3.5 payload of the Windows Server media (sources\\sxs)',
  },
};

const query: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_OptionalFeature',
  properties: ['Name', 'InstallState'],
};

export const feature: Kind<FeatureInput, FeatureSpec> = {
  name: 'feature',
  summary: 'A Windows role, role service or feature is installed.',
  example: '- feature: Web-Server\n  source: MS-ADDSW\n',
  stage: 'image',
  phase: 20,
  schema,

  resolve(input, os) {
    const name = typeof input === 'string' ? input : input.name;
    const path = typeof input === 'string' ? [] : ['name'];
    const entry = os.features.find(name);
    if (entry === undefined) {
      const near = os.features.near(name);
      const hint = near.length > 0 ? `Known there: ${near.join(', ')}.` : undefined;
      const message = `${os.title} has no feature ${name}.`;
      return {
        ok: false,
        problems: [{ path, message, reason: 'unknown-feature', ...(hint && { hint }) }],
      };
    }
    const { name: spelled, displayName, dism } = entry;
    return { ok: true, spec: { name: spelled, displayName, dism, payloads: payloadsOf(entry, os.features) } };
  },

  id: (spec) => `feature/${spec.name}`,
  title: (spec) => `Windows feature ${spec.name} (${spec.displayName})`,
  media: (spec) =>
    spec.payloads.flatMap((payload) => {
      const file = payloadFiles[payload];
      return file === undefined ? [] : [file];
    }),
  tasks,
  facts: () => [query],
  evidence: (spec, row) => spec.dism !== null && sameText(textOf(row, 'Name'), spec.dism),
  judge,
};

/** Installing a feature installs its parents and what it depends on: any of them may lack its payload. */
function payloadsOf(start: FeatureEntry, features: FeatureCatalogue): string[] {
  const seen = new Set<string>();
  const payloads = new Set<string>();
  const waiting = [start];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    if (seen.has(entry.name)) continue;
    seen.add(entry.name);
    if (entry.removedByDefault) payloads.add(entry.dism ?? entry.name);
    for (const name of [entry.parent, ...entry.dependsOn]) {
      const needed = name === null ? undefined : features.find(name);
      if (needed !== undefined) waiting.push(needed);
    }
  }
  return [...payloads].sort();
}

function tasks(requirements: Requirement<FeatureSpec>[], context: TaskContext): AnsibleTask[] {
  const wanted = requirements.filter(({ stage }) => stage === 'image');
  if (wanted.length === 0) return [];
  // Server Manager fails with 0x800F081F where a payload is neither on disk nor in the source; a source that is not
  // needed would make the module look for a disc that need not be there.
  const needSource = wanted.filter(({ spec }) => spec.payloads.length > 0);
  const comments = ['The document that asks for a feature stands beside its name.'];
  if (needSource.length > 0) {
    const names = needSource.map(({ spec }) => spec.name).join(', ');
    comments.push(`The payload that these need is on the media alone: ${names}.`);
  }
  return [
    {
      name: 'Install Windows features',
      comments,
      module: 'ansible.windows.win_feature',
      args: {
        name: wanted.map(({ spec, source }) => ({ value: spec.name, comment: sourceNote(source) })),
        state: 'present',
        ...(needSource.length > 0 && { source: context.sxs }),
      },
      register: 'lyncimg_features',
    },
    restartTask('Restart where the features ask for it', 'lyncimg_features.reboot_required'),
  ];
}

function judge(spec: FeatureSpec, facts: Facts): Judgement {
  const expected = 'installed';
  if (spec.dism === null)
    return { verdict: 'unknown', expected, cause: `no DISM name is known for ${spec.name}` };
  const dism = spec.dism;
  const answer = facts.cim(query);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  // A Windows lists every feature that it knows, installed or not.
  if (answer.value.length === 0)
    return { verdict: 'unknown', expected, cause: 'Win32_OptionalFeature listed nothing' };
  const row = answer.value.find((candidate) => sameText(textOf(candidate, 'Name'), dism));
  const fix = `Install-WindowsFeature ${spec.name}${spec.payloads.length > 0 ? ' -Source <media>\\sources\\sxs' : ''}`;
  if (row === undefined) return { verdict: 'fail', expected, actual: `${dism} is not listed`, fix };
  const state = numberOf(row, 'InstallState');
  if (state === 1) return { verdict: 'pass', expected, actual: 'installed' };
  if (state === 2) return { verdict: 'fail', expected, actual: 'not installed', fix };
  if (state === 3) return { verdict: 'fail', expected, actual: 'not installed, payload removed', fix };
  // 4 is Windows' own "unknown"; a feature that waits for a restart may show it.
  const cause = `Windows reports InstallState ${textOf(row, 'InstallState')} for ${dism}; a restart may be pending`;
  return { verdict: 'unknown', expected, cause };
}
