import { expect } from 'chai';
import { describe, it } from 'mocha';
import { gateReportFromJson } from '../../src/build/gate.js';
import { orThrow } from '../../src/errors/index.js';
import { verifyReport, type VerifyReport } from '../../src/verify/index.js';
import { hostReport, report, verdict } from '../report/fixtures.js';

const one = [verdict('feature/A', 'pass'), verdict('feature/B', 'unknown')];

function read(written: VerifyReport): ReturnType<typeof gateReportFromJson> {
  return gateReportFromJson(JSON.stringify(written), 'gate.json');
}

describe('gateReportFromJson', () => {
  it('reads what verify wrote of the one guest and the one layer', () => {
    const gate = orThrow(read(report(one, { host: '127.0.0.1:5986', role: 'lync-web', rehearsal: true })));

    expect(gate).to.deep.include({ host: '127.0.0.1:5986', role: 'lync-web', os: '2012r2', rehearsal: true });
    expect(gate.counts).to.include({ pass: 1, unknown: 1 });
    expect(gate.verdicts).to.deep.equal(one);
  });

  it('refuses a report of several hosts, of none, and of several roles', () => {
    const host = hostReport(one);
    const twice = { ...host, reports: [...host.reports, ...host.reports] };

    for (const wrong of [verifyReport([host, host]), verifyReport([]), verifyReport([twice])]) {
      const checked = read(wrong);
      expect(checked.ok ? null : checked.problems[0]?.code).to.equal('E_VERIFY_REPORT');
    }
  });
});
