// Updates (.msu) by their KB number.
import type { Facts } from './facts.js';
import { anyOf } from './finding.js';
import { findListed, hotfixQuery, isListedAs } from './hotfix-list.js';
import {
  describeHotfix,
  hotfixFile,
  hotfixFrom,
  hotfixSchema,
  type HotfixInput,
  type HotfixSpec,
} from './hotfix-spec.js';
import { hotfixTasks } from './hotfix-tasks.js';
import type { Judgement, Kind } from './kind.js';
import { detectionQueries, findDetected } from './package-detection.js';
import { withoutPublished } from './published.js';
import { sourceLines } from './source-note.js';

export const hotfix: Kind<HotfixInput, HotfixSpec> = {
  name: 'hotfix',
  summary: 'A Windows update (.msu) is installed, and the machine restarted where the update asks for it.',
  example: '- hotfix: KB2919355\n  source: MS-KB4014587\n',
  stage: 'image',
  phase: 10,
  schema: hotfixSchema,

  resolve: hotfixFrom,
  id: (spec) => `hotfix/${spec.kb}`,
  title: (spec) => `Hotfix ${describeHotfix(spec)}`,
  after: (spec) => spec.requires,
  content: withoutPublished,
  media: (spec) => [hotfixFile(spec)],
  tasks: (requirements, context) =>
    hotfixTasks(
      requirements
        .filter(({ stage }) => stage === 'image')
        .map((requirement) => ({ spec: requirement.spec, comments: sourceLines(requirement) })),
      context,
    ),
  facts: (spec) => [hotfixQuery, ...spec.detect.flatMap(detectionQueries)],
  evidence: isListedAs,
  judge,
};

function judge(spec: HotfixSpec, facts: Facts): Judgement {
  const expected = `${spec.kb} installed`;
  const found = anyOf([findListed(spec, facts), ...spec.detect.map((one) => findDetected(one, facts))]);
  switch (found.state) {
    case 'met':
      return { verdict: 'pass', expected, actual: found.actual };
    case 'unknown':
      return { verdict: 'unknown', expected, cause: found.cause };
    case 'unmet': {
      // Windows drops superseded updates from the list, so absence is not always proof.
      const fix =
        `Install ${spec.file}. If a later update took its place, Windows no longer lists it: ` +
        `name that one under supersededBy.`;
      return { verdict: 'fail', expected, actual: found.actual, fix };
    }
  }
}
