import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Source } from '../../src/requirements/index.js';
import { factsFrom, judgeAll, type HostFacts } from '../../src/verify/index.js';
import { cimAnswer, document, judging as all, kindOf, requirement } from './fixtures.js';

function known(facts: HostFacts): Parameters<typeof judgeAll>[1] {
  const read = factsFrom(facts);
  return { facts: read, read };
}

const lampFacts = known(
  document({
    answers: [
      cimAnswer(
        'Test_Lamp',
        ['Name', 'State'],
        [
          { Name: 'hall', State: 'on' },
          { Name: 'cellar', State: 'off' },
        ],
      ),
    ],
  }),
);

const source: Source = {
  ...{ title: 'A forum', publisher: 'Somebody', page: 'x' },
  ...{ date: 'unknown', confidence: 'unverified' },
};

describe('judgeAll', () => {
  it('says what was expected, what was found, from where the need comes and what to do', () => {
    const [verdict] = judgeAll([requirement('lamp', 'cellar')], lampFacts, all);

    expect(verdict).to.deep.equal({
      id: 'lamp/cellar',
      kind: 'lamp',
      title: 'Lamp cellar',
      role: 'house',
      stage: 'image',
      verdict: 'fail',
      expected: 'on',
      actual: 'off',
      cause: null,
      fix: 'Switch cellar on.',
      source: {
        ...{ title: 'House rules', publisher: 'Microsoft', page: 'rules.md' },
        ...{ date: '2026-01-01', confidence: 'microsoft' },
      },
      where: 'roles/house.yaml:7:5',
    });
  });

  it('passes without advice', () => {
    const [verdict] = judgeAll([requirement('lamp', 'hall')], lampFacts, all);

    expect(verdict).to.include({ verdict: 'pass', actual: 'on', fix: null, cause: null });
  });

  it('only warns where the need itself is unverified', () => {
    const verdicts = judgeAll(
      [requirement('lamp', 'cellar', { source }), requirement('lamp', 'hall', { source })],
      lampFacts,
      all,
    );

    expect(verdicts.map(({ verdict }) => verdict)).to.deep.equal(['warn', 'pass']);
  });

  it('fails where a document confirms an unverified need, and names that document', () => {
    const confirmedBy: Source = { ...source, title: 'House rules', confidence: 'own' };
    const [verdict] = judgeAll([requirement('lamp', 'cellar', { source, confirmedBy })], lampFacts, all);

    expect(verdict).to.deep.include({ verdict: 'fail', source: confirmedBy });
  });

  it('stays unknown, with the cause, when the question was not answered; also where the need is unverified', () => {
    const [verdict] = judgeAll([requirement('key', 'K', { source })], known(document()), all);

    expect(verdict).to.include({ verdict: 'unknown', actual: null });
    expect(verdict?.cause).to.match(/^HKLM\\K was not asked/);
  });

  it('leaves out the other stage', () => {
    const both = [requirement('lamp', 'hall'), requirement('key', 'K')];

    expect(judgeAll(both, lampFacts, { ...all, stage: 'image' }).map(({ id }) => id)).to.deep.equal([
      'lamp/hall',
    ]);
    expect(judgeAll(both, lampFacts, { ...all, stage: 'machine' }).map(({ id }) => id)).to.deep.equal([
      'key/K',
    ]);
    expect(judgeAll(both, lampFacts, all)).to.have.length(2);
  });

  it('lists at the gate what only a deployed machine can have', () => {
    const both = [requirement('lamp', 'hall'), requirement('key', 'K')];

    const verdicts = judgeAll(both, lampFacts, { kindOf, gate: true, stage: 'image' });

    expect(verdicts.map(({ id, verdict }) => [id, verdict])).to.deep.equal([
      ['lamp/hall', 'pass'],
      ['key/K', 'after-deployment'],
    ]);
  });

  it('does not know a kind that is not there, nor what a kind stumbles over, and goes on', () => {
    const odd = known(
      document({
        answers: [cimAnswer('Test_Lamp', ['Name', 'State'], [{ Name: 'hall', State: ['on', 'off'] }])],
      }),
    );
    const verdicts = judgeAll(
      [
        requirement('lamp', 'hall'),
        requirement('lamp', 'x', { kind: 'oven', id: 'oven/x' }),
        requirement('lamp', 'y'),
      ],
      odd,
      all,
    );

    expect(verdicts.map(({ verdict, cause }) => [verdict, cause])).to.deep.equal([
      ['unknown', 'it could not be judged: State is no text'],
      ['unknown', "this lyncimg has no requirement kind 'oven'"],
      ['fail', null],
    ]);
  });
});
