import { expect } from 'chai';
import { describe, it } from 'mocha';
import { exitCodeOf } from '../../src/cli/verify-exit.js';

describe('exitCodeOf', () => {
  const none = { pass: 3, warn: 0, fail: 0, unknown: 0, 'after-deployment': 0 };
  const cases = [
    ['everything holds', none, 0],
    ['something only warns or comes after deployment', { ...none, warn: 1, 'after-deployment': 2 }, 0],
    ['nothing fails but something is unknown', { ...none, unknown: 1 }, 4],
    ['something fails', { ...none, fail: 1 }, 1],
    ['something fails beside an unknown', { ...none, fail: 1, unknown: 1 }, 1],
  ] as const;
  for (const [when, counts, code] of cases) {
    it(`is ${code} when ${when}`, () => {
      expect(exitCodeOf({ counts })).to.equal(code);
    });
  }
});
