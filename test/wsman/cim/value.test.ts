import { expect } from 'chai';
import { describe, it } from 'mocha';
import { cimBoolean, cimInteger, cimList, cimProperty, cimText } from '../../../src/wsman/index.js';

describe('wsman/cim/value', () => {
  it('finds a property without regard to case, and only own ones', () => {
    expect(cimProperty({ InstallState: '1' }, 'installstate')).to.equal('1');
    expect(cimProperty({}, 'constructor')).to.equal(undefined);
  });

  it('reads text, with its blanks', () => {
    expect(cimText('Windows ')).to.equal('Windows ');
    expect(cimText(['one'])).to.equal('one');
    expect([cimText(null), cimText(undefined), cimText(['a', 'b'])]).to.deep.equal([null, null, null]);
  });

  it('reads whole numbers that no double holds', () => {
    expect(cimInteger('18446744073709551615')).to.equal(18446744073709551615n);
    expect(cimInteger(' -5 ')).to.equal(-5n);
    expect(['1.5', '0x10', '', 'ten', null].map(cimInteger)).to.deep.equal([null, null, null, null, null]);
  });

  it('reads booleans of every host', () => {
    expect(['true', 'TRUE', '1'].map(cimBoolean)).to.deep.equal([true, true, true]);
    expect(['false', 'FALSE', '0'].map(cimBoolean)).to.deep.equal([false, false, false]);
    expect(['yes', null, undefined].map(cimBoolean)).to.deep.equal([null, null, null]);
  });

  it('reads lists of any length', () => {
    expect([cimList(undefined), cimList(null), cimList('a'), cimList(['a', 'b'])]).to.deep.equal([
      [],
      [],
      ['a'],
      ['a', 'b'],
    ]);
  });
});
