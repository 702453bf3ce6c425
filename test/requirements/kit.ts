// What the tests of the kinds share: a small operating system, facts by hand, and a requirement around a spec.
import { expect } from 'chai';
import type {
  Answer,
  CimRow,
  FeatureEntry,
  Facts,
  Kind,
  OsModel,
  RegistryAnswer,
  Requirement,
  Stage,
  TaskContext,
} from '../../src/requirements/index.js';

const entries: FeatureEntry[] = [
  entry('NET-Framework-Features', 'NetFx3ServerFeatures'),
  entry('NET-Framework-Core', 'NetFx3', { parent: 'NET-Framework-Features', removedByDefault: true }),
  entry('NET-HTTP-Activation', 'WCF-HTTP-Activation', { parent: 'NET-Framework-Core' }),
  entry('Windows-Identity-Foundation', 'Windows-Identity-Foundation', { dependsOn: ['NET-Framework-Core'] }),
  entry('Web-Server', 'IIS-WebServerRole'),
  entry('Nameless', null),
];

function entry(name: string, dism: string | null, more: Partial<FeatureEntry> = {}): FeatureEntry {
  return {
    name,
    displayName: `The ${name}`,
    parent: null,
    dism,
    removedByDefault: false,
    installedByDefault: false,
    dependsOn: [],
    ...more,
  };
}

export const os: OsModel = {
  id: '2012r2',
  title: 'Windows Server 2012 R2',
  version: '6.3.9600',
  powershell: '4.0',
  features: {
    find: (name) => entries.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase()),
    near: (name) => (name.toLowerCase().startsWith('web') ? ['Web-Server'] : []),
    all: () => entries,
  },
};

export const context: TaskContext = { os, media: '{{ lyncimg_media }}', sxs: '{{ lyncimg_sxs }}' };

export const source = {
  id: 'MS-ADDSW',
  title: 'Additional software requirements',
  page: 'docs/additional-software.md',
  date: '2016-12-08',
  confidence: 'microsoft',
} as const;

/** What a role writes → what it means; fails the test where the schema or the kind refuses it. */
export function specOf<Spec>(kind: Kind<unknown, Spec>, input: unknown, system: OsModel = os): Spec {
  const resolved = kind.resolve(kind.schema.parse(input), system);
  if (!resolved.ok) throw new Error(resolved.problems.map(({ message }) => message).join('; '));
  return resolved.spec;
}

export function requirementOf<Spec>(
  kind: Kind<unknown, Spec>,
  spec: Spec,
  stage: Stage = 'image',
): Requirement<Spec> {
  return {
    id: kind.id(spec),
    kind: kind.name,
    spec,
    title: kind.title(spec),
    stage,
    source,
    role: 'windows-base',
    where: 'roles/windows-base.yaml:1:1',
  };
}

/** Facts by class name and by `HIVE\key\value` (or key); what is not given was not answered. */
export function factsOf(given: {
  cim?: Record<string, CimRow[]>;
  registry?: Record<string, RegistryAnswer>;
}): Facts {
  const answer = <T>(value: T | undefined): Answer<T> =>
    value === undefined ? { known: false, cause: 'access denied' } : { known: true, value };
  return {
    cim: ({ className }) => answer(given.cim?.[className]),
    registry: ({ hive, key, value }) =>
      answer(given.registry?.[value === undefined ? `${hive}\\${key}` : `${hive}\\${key}\\${value.name}`]),
  };
}

export const nothing: Facts = factsOf({});

/** The messages with which a schema refuses an input. */
export function refusals(kind: Kind<unknown, unknown>, input: unknown): string[] {
  const checked = kind.schema.safeParse(input);
  expect(checked.success, JSON.stringify(input)).to.equal(false);
  return checked.error?.issues.map(({ message }) => message) ?? [];
}
