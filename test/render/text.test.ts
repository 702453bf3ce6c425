import { expect } from 'chai';
import { describe, it } from 'mocha';
import { oneLine, plainName } from '../../src/render/text.js';

describe('oneLine', () => {
  it('lets nothing end a comment', () => {
    expect(oneLine('a\n- b\r\nc\u0085d\u2028e\u2029f\u0000g')).to.equal('a - b c d e f g');
  });
});

describe('plainName', () => {
  it('pulls apart what Ansible would expand in a name', () => {
    expect(plainName('Set {{ ansible_password }} and {% x %}')).to.equal(
      'Set { { ansible_password }} and { % x %}',
    );
  });

  it('leaves other braces alone', () => {
    expect(plainName('Key {8c5e7fda}')).to.equal('Key {8c5e7fda}');
  });
});
