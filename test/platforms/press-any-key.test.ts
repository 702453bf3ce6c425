import { expect } from 'chai';
import { describe, it } from 'mocha';
import { pressAnyKey } from '../../src/platforms/press-any-key.js';

describe('pressAnyKey', () => {
  it('presses a key at least once in every five seconds, from the first second on', () => {
    const [wait, command] = pressAnyKey();

    expect(wait).to.deep.equal({ attribute: 'boot_wait', value: '1s' });
    const keys = (command as { value: string[] }).value.join('');
    expect(keys).to.match(/^(<spacebar><wait1s>)+$/);
    expect(keys.match(/<wait1s>/g)?.length).to.be.at.least(10);
  });
});
