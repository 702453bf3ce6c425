import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { followAnsibleEvents, parseAnsibleEvent, type AnsibleEvent } from '../../src/build/ansible-events.js';

const started = '{"type":"task-started","task":"Install features","index":3,"total":17,"play":"Windows"}';
const finished = '{"type":"task-finished","task":"Install features","status":"changed","message":""}';

describe('an event of Ansible', () => {
  it('is read', () => {
    expect(parseAnsibleEvent(started)).to.include({ type: 'task-started', index: 3, total: 17 });
    expect(parseAnsibleEvent(finished)).to.include({ type: 'task-finished', status: 'changed' });
  });

  it('loses the terminal codes that a guest may have put into it', () => {
    const line = JSON.stringify({
      type: 'task-finished',
      task: 'Install\u001b[31m',
      status: 'failed',
      message: 'one\u0007\ntwo\r',
    });
    expect(parseAnsibleEvent(line)).to.include({ task: 'Install[31m', message: 'one\ntwo' });
  });

  it('is passed over when it is anything else: progress cannot fail a build', () => {
    for (const line of [
      '',
      'nonsense',
      '{"type":"task-started"}',
      '[]',
      'null',
      '{"type":"other","task":"x"}',
    ]) {
      expect(parseAnsibleEvent(line), line).to.equal(undefined);
    }
  });
});

describe('following the file of events', () => {
  let folder: string;
  let file: string;
  let seen: AnsibleEvent[];
  let waiting: (() => void)[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-events-'));
    file = join(folder, 'ansible-events.jsonl');
    seen = [];
    waiting = [];
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const take = (event: AnsibleEvent): void => {
    seen.push(event);
    for (const resolve of waiting.splice(0)) resolve();
  };
  const nextEvent = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));

  it('waits for a file that is not there yet', async () => {
    const tail = followAnsibleEvents(file, take);
    const arrived = nextEvent();
    await writeFile(file, `${started}\n`);
    await arrived;
    await tail.stop();
    expect(seen).to.have.length(1);
  });

  it('keeps half a line until its newline is there', async () => {
    const half = Buffer.from(started.replace('Install', 'Instälл'));
    await writeFile(file, half.subarray(0, 44)); // inside a character of two bytes
    const tail = followAnsibleEvents(file, take);
    await appendFile(file, Buffer.concat([half.subarray(44), Buffer.from('\n')]));
    await tail.stop();
    expect(seen.map((event) => event.task)).to.deep.equal(['Instälл features']);
  });

  it('reads what is left when it is stopped, and leaves out a line that was never finished', async () => {
    const tail = followAnsibleEvents(file, take);
    await writeFile(file, `${started}\nrubbish\n${finished}\n{"type":"task-sta`);
    await tail.stop();
    expect(seen.map((event) => event.type)).to.deep.equal(['task-started', 'task-finished']);
  });

  it('ends quietly when the file never comes', async () => {
    await followAnsibleEvents(file, take).stop();
    expect(seen).to.deep.equal([]);
  });
});
