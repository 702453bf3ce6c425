import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { applyResult, applyResultJsonSchema, type ApplyEnd, type Look } from '../../src/cli/index.js';
import type { ChosenNeeds } from '../../src/build/index.js';
import { source } from '../requirements/kit.js';
import { hostReport, verdict } from '../report/fixtures.js';
import { verifyReport, type Verdict } from '../../src/verify/index.js';

const missing = { actual: 'not installed', expected: 'installed' };
const before = [
  verdict('feature/Web-Server', 'fail', missing),
  verdict('feature/Telnet-Client', 'fail', missing),
  verdict('service/w3svc', 'unknown'),
  verdict('computer/membership', 'fail', { actual: 'workgroup WORKGROUP' }),
];
const requirementOf = ({ id, title, kind, role, where }: Verdict) => ({
  ...{ id, title, kind, role, where, source, spec: {}, stage: 'image' as const },
});
const chosen: ChosenNeeds = {
  install: before.slice(0, 3).map((one) => ({ requirement: requirementOf(one), verdict: one })),
  left: [{ requirement: requirementOf(before[3]!), verdict: before[3]!, why: 'owner' }],
  mayRestart: true,
};
function look(verdicts: Verdict[], restartPending: boolean | null = false): Look {
  const host = hostReport(verdicts);
  return { report: verifyReport([host]), host, role: host.reports[0]!, restartPending };
}
const run = {
  run: 'r1',
  folder: '/state/runs/r1',
  changed: [],
  filesLeftIn: null,
  restartHeldBack: null,
  error: null,
};
const end = (change: Partial<ApplyEnd> = {}): ApplyEnd => ({
  ...{ outcome: 'applied', chosen, run },
  look: look([
    verdict('feature/Web-Server', 'pass', { actual: 'installed' }),
    before[1]!,
    verdict('service/w3svc', 'pass', { actual: 'running' }),
    before[3]!,
  ]),
  ...change,
});

describe('the result of apply', () => {
  it('is as its schema says', () => {
    const schema = applyResultJsonSchema() as object;
    const validate = new Ajv2020({ formats: { 'date-time': true } }).compile(schema);
    const first = look(before, null);
    for (const one of [
      end(),
      end({ outcome: 'declined', run: null, look: first }),
      end({ outcome: 'nothing-to-do', run: null, look: first }),
      end({ outcome: 'restart-needed' }),
    ])
      expect(validate(applyResult(one)), JSON.stringify(validate.errors)).to.equal(true);
    expect(validate({ ...applyResult(end()), kind: 'Other' })).to.equal(false);
  });

  it('lists what is found otherwise than before, and nothing else', () => {
    expect(applyResult(end()).changed).to.deep.equal([
      {
        ...{ id: 'feature/Web-Server', title: 'The requirement feature/Web-Server' },
        ...{ before: 'not installed', after: 'installed' },
      },
      {
        ...{ id: 'service/w3svc', title: 'The requirement service/w3svc' },
        ...{ before: null, after: 'running' },
      },
    ]);
  });

  it('has changed nothing where nothing was started', () => {
    const result = applyResult(end({ outcome: 'declined', run: null }));
    expect(result.changed).to.deep.equal([]);
    expect(result.run).to.equal(null);
  });

  it('lists what was left alone, and why', () => {
    expect(applyResult(end()).leftAlone).to.deep.equal([
      { id: 'computer/membership', title: 'The requirement computer/membership', why: 'owner' },
    ]);
  });

  it('believes Windows that a restart is pending, even where nothing shows it', () => {
    expect(applyResult(end()).restartPending).to.equal(false);
    expect(applyResult(end({ outcome: 'restart-needed' })).restartPending).to.equal(true);
    expect(applyResult(end({ look: look(before, null) })).restartPending).to.equal(null);
  });
});
