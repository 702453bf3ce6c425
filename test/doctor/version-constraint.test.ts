import { expect } from 'chai';
import { describe, it } from 'mocha';
import { satisfies } from '../../src/doctor/version-constraint.js';

describe('a version held against a constraint', () => {
  const cases: [version: string, constraint: string, holds: boolean | undefined][] = [
    ['1.1.4', '>= 1.0.0', true],
    ['0.9.9', '>= 1.0.0', false],
    ['1.1.4', '>= 1.0.0, < 2.0.0', true],
    ['2.0.0', '>= 1.0.0, < 2.0.0', false],
    ['1.1.9', '~> 1.1.4', true],
    ['1.2.0', '~> 1.1.4', false],
    ['1.2.0', '~> 1.1', true],
    ['2.0.0', '~> 1.1', false],
    // The last number may grow, and here it is the only one.
    ['2.0.0', '~> 1', true],
    ['0.9.0', '~> 1', false],
    ['1.1.4', '1.1.4', true],
    ['1.1.5', '= 1.1.4', false],
    ['1.1.5', '!= 1.1.4', true],
    ['1.1.4', '<= 1.1.4', true],
    ['1.1.4', '> 1.1.4', false],
    ['2.14.18', '>=2.12', true],
    ['2.11.12', '>=2.12', false],
    ['2.16.0', '>=2.14.0,<2.16', false],
    ['1.1.4', 'the newest', undefined],
    ['1.1.4', '', undefined],
  ];
  for (const [version, constraint, holds] of cases) {
    it(`${version} ${holds === undefined ? 'cannot be judged by' : holds ? 'satisfies' : 'does not satisfy'} "${constraint}"`, () => {
      expect(satisfies(version, constraint)).to.equal(holds);
    });
  }
});
