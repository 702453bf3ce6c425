// Installers (.msi, .exe) that bring their own way to say that they were there.
import type { Facts } from './facts.js';
import { anyOf } from './finding.js';
import type { Judgement, Kind } from './kind.js';
import { detectionQueries, findDetected } from './package-detection.js';
import { packageFrom, packageSchema, type PackageInput, type PackageSpec } from './package-spec.js';
import { packageTasks } from './package-tasks.js';
import { mediaFile, withoutPublished } from './published.js';

export const packageKind: Kind<PackageInput, PackageSpec> = {
  name: 'package',
  summary: 'A program is installed by its installer (.msi or .exe), in this version or a later one.',
  example: [
    '- package:',
    '    id: monitoring-agent',
    '    title: Contoso monitoring agent',
    '    type: msi',
    '    file: agent-5.2.msi',
    '    arguments: [SERVER=monitor.contoso.com]',
    "    detect: [{ uninstall: '{2F6A1B0C-5D11-4E0B-9C5E-3B8E0A6C7D21}' }]",
    '  source: OWN',
    '',
  ].join('\n'),
  stage: 'image',
  // After hotfixes, which installers may stand on, and before features.
  phase: 12,
  schema: packageSchema,

  resolve: packageFrom,
  id: (spec) => `package/${spec.id}`,
  title: (spec) => `Package ${spec.id} (${spec.title})`,
  after: (spec) => spec.requires,
  content: withoutPublished,
  media: (spec) => [mediaFile(`packages/${spec.file}`, spec.title, spec)],
  tasks: (requirements, context) =>
    requirements
      .filter(({ stage }) => stage === 'image')
      .flatMap((requirement) => packageTasks(requirement, context)),
  facts: (spec) => spec.detect.flatMap(detectionQueries),
  judge,
};

function judge(spec: PackageSpec, facts: Facts): Judgement {
  const expected = `${spec.title} installed`;
  const found = anyOf(spec.detect.map((one) => findDetected(one, facts)));
  switch (found.state) {
    case 'met':
      return { verdict: 'pass', expected, actual: found.actual };
    case 'unknown':
      return { verdict: 'unknown', expected, cause: found.cause };
    case 'unmet':
      return { verdict: 'fail', expected, actual: found.actual, fix: `Install ${spec.file}.` };
  }
}
