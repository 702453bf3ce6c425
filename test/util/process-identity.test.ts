import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { isOfThisBoot, processIdentity, processStat, sameProcess } from '../../src/util/index.js';
import { until } from '../helpers/processes.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** The same boot, seen from another container. */
const inNamespace = (boot: string, namespace: string): string => `${boot.split('_')[0]}_${namespace}`;

describe('the identity of a process', () => {
  const folder = temporaryFolder();

  it('is the same as long as the process runs', () => {
    const identity = processIdentity();

    expect(identity?.pid).to.equal(process.pid);
    expect(sameProcess(identity!)).to.equal(true);
  });

  it('is of nobody once the process has ended, even before its parent asked how', async () => {
    const child = spawn('/bin/sleep', ['60']);
    const identity = processIdentity(child.pid);
    expect(identity).not.to.equal(null);

    child.kill('SIGKILL');
    await once(child, 'exit');

    expect(sameProcess(identity!)).to.equal(false);
    expect(processIdentity(child.pid)).to.equal(null);
  });

  it('is not that of a later process with the same number', () => {
    const identity = processIdentity()!;

    expect(sameProcess({ ...identity, startTime: identity.startTime! - 1 })).to.equal(false);
  });

  it('is not that of the same number after the machine was started again', () => {
    expect(sameProcess({ ...processIdentity()!, boot: 'another boot' })).to.equal(false);
  });

  it('counts as running in another PID namespace, where its number is that of somebody else or of nobody', () => {
    const identity = processIdentity()!;
    const boot = inNamespace(identity.boot!, '1');

    expect(sameProcess({ ...identity, boot, startTime: identity.startTime! - 1 })).to.equal(true);
    expect(sameProcess({ pid: 2 ** 22 + 1, startTime: 1, boot })).to.equal(true);
    expect(isOfThisBoot(boot)).to.equal(false);
  });

  it('is gone with the boot, whichever namespace it was in', () => {
    const boot = '00000000-0000-0000-0000-000000000000_1';

    expect(sameProcess({ ...processIdentity()!, boot })).to.equal(false);
  });

  it('is judged by number and time where its namespace was not written down', () => {
    const identity = processIdentity()!;
    const boot = identity.boot!.split('_')[0]!;

    expect(isOfThisBoot(boot)).to.equal(true);
    expect(sameProcess({ ...identity, boot })).to.equal(true);
    expect(sameProcess({ ...identity, boot, startTime: identity.startTime! - 1 })).to.equal(false);
  });

  it('counts as running where the start time was never known', () => {
    expect(sameProcess({ pid: process.pid, startTime: null, boot: null })).to.equal(true);
  });

  it('reads a program name with blanks and brackets right', async () => {
    // The kernel takes the name of the link for the program's name.
    const link = join(folder.path, 'a) S 1 (b');
    await symlink('/bin/sleep', link);
    const child = spawn(link, ['60']);
    await until(() => readFileSync(`/proc/${child.pid!}/comm`, 'utf8').startsWith('a)'));

    expect(processStat(child.pid!)?.group).to.equal(processStat(process.pid)?.group);

    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});
