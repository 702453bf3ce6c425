import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { afterEach, describe, it } from 'mocha';
import { endLeftGroup, type LeftGroup } from '../../src/tools/index.js';
import { groupMembers } from '../../src/tools/process-group.js';
import { processIdentity } from '../../src/util/index.js';
import { isRunning } from '../helpers/processes.js';

describe('what a killed run left', () => {
  const children: ChildProcess[] = [];

  /** A process as `startTool` starts it, in a group of its own. */
  const left = (marker: string): { pid: number; record: LeftGroup } => {
    const child = spawn('/bin/sh', ['-c', 'sleep 60 & wait'], {
      detached: true,
      stdio: 'ignore',
      env: { PATH: '/usr/bin:/bin', LYNCIMG_RUN: marker },
    });
    children.push(child);
    const pid = child.pid!;
    const { startTime, boot } = processIdentity(pid)!;
    return { pid, record: { pgid: pid, startTime, boot, marker: `LYNCIMG_RUN=${marker}` } };
  };

  afterEach(() => {
    for (const child of children.splice(0)) {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
  });

  it('is ended, with every process of its group', async () => {
    const { pid, record } = left('run-1');

    const { ended, left: surviving } = await endLeftGroup(record, 300);

    expect(ended).to.include(pid);
    expect(surviving).to.deep.equal([]);
    expect(isRunning(pid)).to.equal(false);
    expect(groupMembers({ pgid: pid, startTime: record.startTime, boot: record.boot })).to.deep.equal([]);
  });

  it('is found without its group when that was not written down in time', async () => {
    const { pid, record } = left('run-2');

    await endLeftGroup({ ...record, pgid: null }, 300);

    expect(isRunning(pid)).to.equal(false);
  });

  const foreign: [string, (record: LeftGroup) => LeftGroup][] = [
    ["that holds another run's marker", (record) => ({ ...record, marker: 'LYNCIMG_RUN=another' })],
    ['whose marker only begins alike', (record) => ({ ...record, marker: 'LYNCIMG_RUN=run' })],
    ['that started earlier', (record) => ({ ...record, startTime: record.startTime! + 100 })],
    ['of another group', (record) => ({ ...record, pgid: process.pid })],
    ['of another boot', (record) => ({ ...record, boot: 'another boot' })],
    ['of another PID namespace', (record) => ({ ...record, boot: `${record.boot!.split('_')[0]}_1` })],
    ['of which the start was never known', (record) => ({ ...record, startTime: null })],
  ];
  for (const [which, change] of foreign) {
    it(`never includes a process ${which}`, async () => {
      const { pid, record } = left('run-3');

      const { ended } = await endLeftGroup(change(record), 300);

      expect(ended).to.deep.equal([]);
      expect(isRunning(pid)).to.equal(true);
    });
  }
});
