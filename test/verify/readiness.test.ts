import { expect } from 'chai';
import { describe, it } from 'mocha';
import { assessHost, readinessReport, type HostFacts, type HostReadiness } from '../../src/verify/index.js';
import {
  assignment,
  cimAnswer,
  document,
  house,
  judging,
  lost,
  oldHouse,
  osAnswer,
  requirement,
  serverRow,
  subject,
} from './fixtures.js';

const rows = [
  { Name: 'hall', State: 'on' },
  { Name: 'cellar', State: 'off' },
];
const lamps = cimAnswer('Test_Lamp', ['Name', 'State'], rows);
const facts = document({ answers: [osAnswer(), lamps] });

const base = subject('base', ['hall', 'cellar']);
const child = subject('child', ['hall', 'cellar', 'attic'], { ancestors: ['base'] });

function assess(
  kept: HostFacts,
  subjects = [child, base],
  asserted: typeof house | null = null,
): HostReadiness {
  return assessHost(kept, assignment(subjects, asserted), judging);
}
function listed({ roles }: HostReadiness): [string, string, string[]][] {
  return roles.map(({ role, state, missing }) => [role, state, missing.map(({ id }) => id)]);
}

describe('assessHost', () => {
  it('lists for each role what is missing, parents first, and nothing twice', () => {
    const host = assess(facts);

    expect(listed(host)).to.deep.equal([
      ['base', 'missing', ['lamp/cellar']],
      ['child', 'missing', ['lamp/attic']],
    ]);
    expect(host.roles[1]).to.include({ extends: 'base' });
    expect(host.roles[1]?.counts).to.include({ pass: 1, fail: 2 });
  });

  it('calls a role ready that lacks nothing, and one not that only inherits what is missing', () => {
    const ready = subject('ready', ['hall']);
    const heir = subject('heir', ['hall', 'cellar'], { ancestors: ['base'] });

    expect(listed(assess(facts, [ready, base, heir]))).to.deep.equal([
      ['base', 'missing', ['lamp/cellar']],
      ['ready', 'ready', []],
      ['heir', 'missing', []],
    ]);
  });

  it('keeps what nobody knows apart', () => {
    const unasked = requirement('key', 'SOFTWARE\\X');
    const role = subject('role', [], { questions: [{ os: house, requirements: [unasked] }] });
    const host = assess(facts, [role]);

    expect(host.roles[0]).to.deep.include({ state: 'unknown', missing: [] });
    expect(host.roles[0]?.unknown.map(({ id }) => id)).to.deep.equal(['key/SOFTWARE\\X']);
    expect(readinessReport([host]).exit).to.equal(4);
  });

  it('asks only about roles that the Windows of the host can have', () => {
    const old = subject('old', [], {
      questions: [{ os: oldHouse, requirements: [requirement('lamp', 'hall')] }],
    });

    expect(listed(assess(facts, [old, base])).map(([role]) => role)).to.deep.equal(['base']);
  });

  it('never ends with 1: nothing was asked of the machine', () => {
    expect(readinessReport([assess(facts)]).exit).to.equal(0);
    expect(readinessReport([assess(facts), assess(lost())]).exit).to.equal(4);
    expect(readinessReport([assess(lost())]).exit).to.equal(3);
  });

  it('is an answer in part where the Windows is another one than was asserted, or none that is known', () => {
    const other = document({ answers: [osAnswer({ ...serverRow, Version: '10.0.20348' })] });

    expect(readinessReport([assess(other, [base], house)]).exit).to.equal(4);
    expect(readinessReport([assess(other, [base])]).exit).to.equal(4);
    expect(assess(other, [base]).roles).to.deep.equal([]);
  });

  it('knows nothing of a host that did not answer, role by role', () => {
    expect(assess(lost()).roles.map(({ role, state }) => [role, state])).to.deep.equal([
      ['base', 'unknown'],
      ['child', 'unknown'],
    ]);
  });
});
