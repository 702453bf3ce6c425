import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ipv4Range } from '../../src/requirements/ipv4.js';

const base = 10 * 2 ** 24;

describe('an IPv4 range', () => {
  it('is an address, two of them, or a subnet by length or mask', () => {
    expect(ipv4Range('10.0.0.1')).to.deep.equal({ first: base + 1, last: base + 1 });
    expect(ipv4Range('10.0.0.1-10.0.0.9')).to.deep.equal({ first: base + 1, last: base + 9 });
    expect(ipv4Range('10.0.0.77/24')).to.deep.equal({ first: base, last: base + 255 });
    expect(ipv4Range('10.0.0.77/255.255.255.0')).to.deep.equal({ first: base, last: base + 255 });
    expect(ipv4Range('192.0.2.1/0')).to.deep.equal({ first: 0, last: 2 ** 32 - 1 });
    expect(ipv4Range('192.0.2.1/0.0.0.0')).to.deep.equal({ first: 0, last: 2 ** 32 - 1 });
    expect(ipv4Range('255.255.255.255/32')).to.deep.equal({ first: 2 ** 32 - 1, last: 2 ** 32 - 1 });
  });

  for (const text of [
    '',
    '-',
    '/',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1-',
    '10.0.0.9-10.0.0.1',
    '10.0.0.1-10.0.0.9-junk',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/255.0.255.0',
    '10.0.0.0/8/8',
    'fe80::1',
    'LocalSubnet',
  ])
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(ipv4Range(text)).to.equal(undefined);
    });
});
