import { expect } from 'chai';
import { describe, it } from 'mocha';
import { clixmlError } from '../../../src/twin/shell/clixml.js';

describe('the error stream of PowerShell', () => {
  it('is CLIXML with a text for each line', () => {
    expect(clixmlError('a < b\r\n& c')).to.equal(
      '#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">' +
        '<S S="Error">a &lt; b_x000D__x000A_</S><S S="Error">&amp; c_x000D__x000A_</S></Objs>',
    );
  });
});
