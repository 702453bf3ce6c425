import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatDuration, parseDuration } from '../../src/wsman/duration.js';

describe('wsman/duration', () => {
  const good: Record<string, number> = {
    PT60S: 60_000,
    'PT60.000S': 60_000,
    PT30M0S: 1_800_000,
    P0DT0H1M40S: 100_000,
    P1D: 86_400_000,
    'PT0.5S': 500,
  };
  for (const [text, milliseconds] of Object.entries(good)) {
    it(`reads ${text}`, () => {
      expect(parseDuration(text)).to.equal(milliseconds);
    });
  }

  for (const text of [
    '',
    'P',
    'PT',
    'PT-1S',
    '-PT1S',
    'P1M',
    'P1Y',
    '60',
    'PT1',
    'PT9999999999S',
    'PT1S PT1S',
  ]) {
    it(`does not take "${text}"`, () => {
      expect(parseDuration(text)).to.equal(null);
    });
  }

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.nat(), (milliseconds) => {
        expect(parseDuration(formatDuration(milliseconds))).to.equal(milliseconds);
      }),
    );
  });
});
