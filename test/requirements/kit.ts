// What the tests of the kinds share: a small operating system, facts by hand, and a requirement around a spec.
import { expect } from 'chai';
import type { Facts, Kind, OsModel, Requirement, Stage, TaskContext } from '../../src/requirements/index.js';
import { factsOf } from '../helpers/facts.js';
import { featureOf, featuresOf, osModelOf, packageOf, packagesOf } from '../helpers/os-model.js';

export { factsOf } from '../helpers/facts.js';

const entries = [
  featureOf('NET-Framework-Features', { dism: 'NetFx3ServerFeatures', id: 36 }),
  featureOf('NET-Framework-Core', {
    dism: 'NetFx3',
    id: 220,
    parent: 'NET-Framework-Features',
    removedByDefault: true,
  }),
  featureOf('NET-HTTP-Activation', { dism: 'WCF-HTTP-Activation', parent: 'NET-Framework-Core' }),
  featureOf('Windows-Identity-Foundation', {
    dism: 'Windows-Identity-Foundation',
    dependsOn: ['NET-Framework-Core'],
  }),
  featureOf('Web-Server', { dism: 'IIS-WebServerRole' }),
  featureOf('Ink-Handwriting', { id: 33 }),
  featureOf('Nameless'),
];

export const os = osModelOf({
  features: featuresOf(entries),
  packages: packagesOf([
    packageOf('kb2919442'),
    packageOf('kb2919355', { requires: ['hotfix/KB2919442'] }),
    packageOf('ucma4-runtime', {
      type: 'exe',
      detect: [{ uninstall: '{41D635FE-4F9D-47F7-8230-9B29D6D42D31}' }],
    }),
  ]),
});

export const context: TaskContext = { os, media: '{{ lyncimg_media }}', sxs: '{{ lyncimg_sxs }}' };

export const source = {
  id: 'MS-ADDSW',
  title: 'Additional software requirements',
  publisher: 'Microsoft',
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

export const nothing: Facts = factsOf({});

/** The messages with which a schema refuses an input. */
export function refusals(kind: Kind<unknown, unknown>, input: unknown): string[] {
  const checked = kind.schema.safeParse(input);
  expect(checked.success, JSON.stringify(input)).to.equal(false);
  return checked.error?.issues.map(({ message }) => message) ?? [];
}
