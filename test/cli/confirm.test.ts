import { expect } from 'chai';
import { describe, it } from 'mocha';
import { PassThrough } from 'node:stream';
import { confirm } from '../../src/cli/index.js';

async function answered(typed: string | null): Promise<{ answer: boolean; shown: string }> {
  const input = new PassThrough();
  const stderr = new PassThrough();
  const asking = confirm({ question: 'Go on?', input, stderr, signal: new AbortController().signal });
  if (typed === null) input.end();
  else input.write(typed);
  const answer = await asking;
  return { answer, shown: String(stderr.read()) };
}

describe('a question for leave', () => {
  for (const yes of ['y\n', 'Y\n', 'yes\n', ' Yes \n', 'y\r\n'])
    it(`takes ${JSON.stringify(yes)} for a yes`, async () => {
      expect((await answered(yes)).answer).to.equal(true);
    });

  for (const no of ['\n', 'n\n', 'no\n', 'yep\n', 'yes please\n', 'j\n', '\u0000\n', null])
    it(`takes ${JSON.stringify(no)} for a no`, async () => {
      expect((await answered(no)).answer).to.equal(false);
    });

  it('says what is asked and what happens without an answer', async () => {
    expect((await answered('n\n')).shown).to.equal('Go on? [y/N] ');
  });

  it('is over when the command is', async () => {
    const stop = new AbortController();
    const reason = new Error('interrupted');
    const asking = confirm({
      ...{ question: 'Go on?', input: new PassThrough(), stderr: new PassThrough(), signal: stop.signal },
    });
    stop.abort(reason);
    expect(await asking.catch((error: unknown) => error)).to.equal(reason);
    const late = confirm({
      ...{ question: 'Go on?', input: new PassThrough(), stderr: new PassThrough(), signal: stop.signal },
    });
    expect(await late.catch((error: unknown) => error)).to.equal(reason);
  });
});
