import { expect } from 'chai';
import { describe, it } from 'mocha';
import { progressLine } from '../../src/report/index.js';
import { hostReport, silentReport, verdict } from './fixtures.js';

const at = { done: 3, total: 50 };

describe('progressLine', () => {
  it('says how far the run is, and what became of the host', () => {
    const verdicts = [verdict('a/1', 'fail'), verdict('a/2', 'fail'), verdict('a/3', 'unknown')];

    expect(progressLine(hostReport(verdicts, { host: 'fe03:5986' }), at)).to.equal(
      '3 of 50  fe03:5986  falls short: 2 fail, 1 unknown',
    );
    expect(progressLine(hostReport([verdict('a/1', 'unknown')], { host: 'fe03:5986' }), at)).to.equal(
      '3 of 50  fe03:5986  not judged in full: 0 fail, 1 unknown',
    );
    expect(progressLine(hostReport([verdict('a/1', 'warn')], { host: 'fe03:5986' }), at)).to.equal(
      '3 of 50  fe03:5986  has everything',
    );
  });

  it('gives the first line of an error, without what could steer a terminal', () => {
    const silent = silentReport('The certificate is refused:\u001b[2J expired.\nIt is for CN=fe03.', [], {
      host: 'fe03:5986',
    });

    expect(progressLine(silent, at)).to.equal(
      '3 of 50  fe03:5986  did not answer: The certificate is refused: expired.',
    );
  });
});
