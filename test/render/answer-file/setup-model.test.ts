import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  renderAnswerFile,
  renderGeneralizeFile,
  type AnswerFileRequest,
  type GeneralizeRequest,
} from '../../../src/render/answer-file/index.js';
import { readUnattend, writeUnattend } from './model/unattend.js';
import { mutantsOf, type Change, type Mutant } from './mutants.js';
import { generalizeRequest, installGoldens, installRequest, purposeOf, sealedGoldens } from './requests.js';
import { refusals } from './setup-model.js';

/** Changes to a file that make the same machine or image of it, with the reason. */
const equivalents: readonly { change: Change; at: RegExp; why: string }[] = [
  { change: 'gone', at: /\/ComputerName$/, why: 'Windows then makes up a name, as it does for *' },
  { change: 'emptied', at: /\/ComputerName$/, why: 'Windows then makes up a name, as it does for *' },
  { change: 'gone', at: /\/Label$/, why: 'the name of a volume is for people' },
  {
    change: 'gone',
    at: /\/ProductKey\/WillShowUI$/,
    why: 'OnError is the default, and Key keeps the group from being empty',
  },
  {
    change: 'gone',
    at: /^settings\[generalize\](?:\/component\[[^\]]+\])?$/,
    why: 'the values are the defaults of Windows, written out because public answer files have others',
  },
];

const isEquivalent = (mutant: Mutant): boolean =>
  equivalents.some(({ change, at }) => change === mutant.change && at.test(mutant.at));

type Request = AnswerFileRequest | GeneralizeRequest;

const render = (request: Request): string =>
  'firmware' in request ? renderAnswerFile(request) : renderGeneralizeFile(request);

const goldens: Readonly<Record<string, Request>> = { ...installGoldens, ...sealedGoldens };

const groups: Readonly<Record<string, readonly Change[]>> = {
  'pass, component or attribute': ['pass', 'component', 'attribute-gone', 'attribute-changed'],
  'place of a setting': ['gone', 'twice', 'swapped', 'lifted'],
  'name or value of a setting': ['renamed', 'number', 'emptied', 'flipped', 'text'],
};

describe('the model of Windows Setup', () => {
  for (const [name, request] of Object.entries(goldens)) {
    const purpose = purposeOf(request);

    it(`takes ${name}, as it is and as the changes below are written`, () => {
      const file = render(request);

      expect(refusals(file, purpose)).to.deep.equal([]);
      expect(refusals(writeUnattend(readUnattend(file)), purpose)).to.deep.equal([]);
    });

    for (const [group, changes] of Object.entries(groups)) {
      it(`refuses every change of a ${group} in ${name}`, () => {
        const mutants = mutantsOf(render(request), changes);
        const survivors = mutants.filter((mutant) => {
          const problems = refusals(mutant.file, purpose);
          // Where a thing only moved, the model's own order may be all that tells.
          return !problems.some(({ rule }) => rule !== 'order' || mutant.change === 'swapped');
        });

        expect(mutants.length).to.be.greaterThan(50);
        expect(survivors.filter((mutant) => !isEquivalent(mutant)).map(described)).to.deep.equal([]);
      });
    }
  }

  it('takes each change that is named as one without effect, so that the list holds no other', () => {
    const accepted = (request: Request): Mutant[] =>
      mutantsOf(render(request), ['gone', 'emptied'])
        .filter(isEquivalent)
        .filter(({ file }) => refusals(file, purposeOf(request)).length === 0);
    const met = [...accepted(installRequest('2012r2')), ...accepted(generalizeRequest('2012r2'))];

    for (const { change, at, why } of equivalents) {
      expect(
        met.some((mutant) => mutant.change === change && at.test(mutant.at)),
        why,
      ).to.equal(true);
    }
  });
});

function described({ change, at, to }: Mutant): string {
  return `${change} ${at} -> ${to}`;
}
