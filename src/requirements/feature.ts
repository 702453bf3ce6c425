// Windows features by the names of Get-WindowsFeature, read back by their DISM names and by Server Manager's ids.
//
// All features of a layer are one task: Server Manager resolves them together and asks for one restart.
import { z } from 'zod';
import type { Judgement, Kind, MediaFile, Requirement, TaskContext } from './kind.js';
import type { Facts } from './facts.js';
import { ask, waysOf } from './feature-detection.js';
import type { FeatureCatalogue, FeatureEntry } from './os-model.js';
import { restartTask } from './restart.js';
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
  /** Win32_ServerFeature.ID; null where it is not known. */
  serverFeatureId: number | null;
  /** Paths on the media disc of what this feature needs and a fresh install has no payload of. */
  payloads: string[];
}

/**
 * The one removed payload of 2012 and 2012 R2, by its DISM name: a file of `sources\sxs` of the Windows media. Each Windows
 * has its own under the same name.
 */
const payloadFiles: Readonly<Record<string, string>> = {
  NetFx3: 'microsoft-windows-netfx3-ondemand-package.cab',
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
    const { name: spelled, displayName, dism, id: serverFeatureId } = entry;
    const payloads = payloadsOf(entry, os.features).flatMap((payload) => {
      const file = payloadFiles[payload];
      return file === undefined ? [] : [`sources/${os.id}/sxs/${file}`];
    });
    return { ok: true, spec: { name: spelled, displayName, dism, serverFeatureId, payloads } };
  },

  id: (spec) => `feature/${spec.name}`,
  title: (spec) => `Windows feature ${spec.name} (${spec.displayName})`,
  media: (spec) =>
    spec.payloads.map((path): MediaFile => ({
      path,
      title: '.NET Framework 3.5 payload of the Windows Server media (sources\\sxs)',
    })),
  tasks,
  facts: (spec) => waysOf(spec).map(({ query }) => query),
  evidence: (spec, row) => waysOf(spec).some((way) => way.concerns(row)),
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
  const unknown = (cause: string): Judgement => ({ verdict: 'unknown', expected, cause });
  const said = waysOf(spec).map((way) => ({ way, says: ask(way, facts) }));
  if (said.length === 0) return unknown(`no DISM name and no id is known for ${spec.name}`);
  const answers = said.flatMap(({ way, says }) => ('silent' in says ? [] : [{ way, ...says }]));
  const [first, second] = answers;
  if (first === undefined) {
    const causes = said.map(({ says }) => ('silent' in says ? says.silent : ''));
    return unknown([...new Set(causes)].join('; '));
  }
  if (second !== undefined && second.installed !== first.installed)
    return unknown(
      answers.map(({ way, what }) => `${way.query.className} says of ${way.name}: ${what}`).join('; '),
    );
  if (first.installed) return { verdict: 'pass', expected, actual: expected };
  // The name under which every Windows Server knows the command: from 2012 on it is another name of Install-….
  const fix = `Add-WindowsFeature ${spec.name}${spec.payloads.length > 0 ? ' -Source <media>\\sources\\sxs' : ''}`;
  return { verdict: 'fail', expected, actual: first.what, fix };
}
