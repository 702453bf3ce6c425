import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ApplyEvent, ChosenNeeds } from '../../src/build/index.js';
import { applyEnd, applyEventLine, applyList } from '../../src/report/index.js';
import type { Verdict } from '../../src/verify/index.js';
import { source } from '../requirements/kit.js';
import { expectGolden } from '../helpers/golden.js';
import { hostReport, verdict } from './fixtures.js';

const need = (one: Verdict): ChosenNeeds['install'][number] => {
  const { id, title, kind, role, where, stage } = one;
  return { requirement: { id, title, kind, role, where, stage, source, spec: {} }, verdict: one };
};
const fix = 'Run something by hand.';
const chosen: ChosenNeeds = {
  install: [
    need(verdict('feature/Web-Server', 'fail', { actual: 'not installed', fix })),
    need(verdict('service/w3svc', 'unknown', { cause: 'access denied', fix })),
  ],
  left: [
    { ...need(verdict('computer/membership', 'fail', { actual: 'workgroup WORKGROUP', fix })), why: 'owner' },
    { ...need(verdict('edition/supported', 'fail', { actual: 'Web', fix })), why: 'nothing' },
    { ...need(verdict('pendingReboot/none', 'fail', { actual: 'pending: servicing', fix })), why: 'restart' },
  ],
  mayRestart: true,
};
const list = (change: Partial<Parameters<typeof applyList>[0]> = {}): string =>
  applyList({
    ...{ host: hostReport([]), role: 'front-end', chosen, reboot: false, restartPending: false, width: 100 },
    ...change,
  });

describe('what apply says before it changes anything', () => {
  it('is what would be installed and what not, each with what was found and where it is asked for', async () => {
    await expectGolden('apply/list.txt', list({ restartPending: true }));
  });

  it('offers no advice that it is about to follow itself', () => {
    expect(list()).not.to.contain(fix);
  });

  it('says whether restarts are likely and allowed', () => {
    expect(list()).to.contain('likely, and not allowed');
    expect(list({ reboot: true })).to.contain('Restarts: likely; the machine is restarted');
    expect(list({ chosen: { ...chosen, mayRestart: false } })).to.contain('none is expected');
  });

  it('says in plain words that there is nothing to do', () => {
    const nothing = list({ chosen: { install: [], left: [], mayRestart: false } });
    expect(nothing).to.match(/\n\nNothing is to be installed\.\n$/);
    expect(nothing).not.to.contain('Restarts');
  });

  it('says REHEARSAL where a twin answered', () => {
    expect(list({ host: hostReport([], { rehearsal: true }) })).to.match(/^REHEARSAL: /);
  });

  it('lets nothing through to the terminal that a machine put into its answer', () => {
    const actual = 'x\u001b]0;title\u0007\u001b[2Jy\u202e';
    const bad = need(verdict('feature/Web-Server', 'fail', { actual }));
    const shown = list({ chosen: { ...chosen, install: [bad] } });
    for (const mark of ['\u001b', '\u0007', '\u202e']) expect(shown).not.to.contain(mark);
  });
});

describe('what apply says while it works', () => {
  const cases: [ApplyEvent, string | null][] = [
    [{ type: 'run-started', run: 'r1', folder: '/s/r1' }, 'Run r1, log and playbook in /s/r1'],
    [{ type: 'warning', message: 'old\u001b[2J' }, 'warning: old'],
    [{ type: 'serving', at: '10.1.1.5:8080', files: 1 }, '1 file is served to the machine at 10.1.1.5:8080'],
    [{ type: 'serving', at: 'x:1', files: 2 }, '2 files are served to the machine at x:1'],
    [{ type: 'ansible-started', log: '/s/a.log' }, 'Ansible runs, log /s/a.log'],
    [{ type: 'task-started', task: 'Install', index: 1, total: 9, play: '' }, '[1/9] Install'],
    [{ type: 'task-finished', task: 'Install', status: 'changed', message: '' }, null],
    [
      { type: 'task-finished', task: 'Install', status: 'failed', message: 'no\nway' },
      'failed: Install: no way',
    ],
    [{ type: 'task-finished', task: 'Install', status: 'unreachable', message: '' }, 'unreachable: Install'],
  ];
  for (const [event, line] of cases)
    it(`${event.type} is ${JSON.stringify(line)}`, () => {
      expect(applyEventLine(event)).to.equal(line);
    });
});

describe('what apply says in the end', () => {
  const end = (change: Partial<Parameters<typeof applyEnd>[0]>): string =>
    applyEnd({ changed: [], restartHeldBack: null, restartPending: false, filesLeftIn: null, ...change });

  it('is what was changed', () => {
    expect(end({ changed: ['A', 'B'] })).to.equal('Changed on the machine:\n  A\n  B\n');
  });

  it('is that nothing was', () => {
    expect(end({ restartPending: null })).to.equal('Nothing was changed on the machine.\n');
  });

  it('is that a restart is pending, and how to go on', () => {
    const held = end({ restartHeldBack: 'Restart where A asks for it', restartPending: true });
    expect(held).to.contain('A restart is pending').and.to.contain('run the same command again');
    expect(end({ restartPending: true })).to.contain('A restart is pending: restart the machine.');
  });

  it('is where files were left, since nobody took them away', () => {
    expect(end({ filesLeftIn: 'C:\\ProgramData\\lyncimg\\media' })).to.match(
      /still lie there in C:\\ProgramData\\lyncimg\\media\.\n$/,
    );
  });
});
