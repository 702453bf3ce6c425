import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseHostAddress, winrmPorts } from '../../src/cli/host-address.js';
import { LyncimgError } from '../../src/errors/index.js';

describe('parseHostAddress', () => {
  const good: [string, { host: string; port: number }][] = [
    ['fe01', { host: 'fe01', port: 5986 }],
    ['fe01.lync.example.net', { host: 'fe01.lync.example.net', port: 5986 }],
    ['FE_01:443', { host: 'FE_01', port: 443 }],
    ['127.0.0.1:40123', { host: '127.0.0.1', port: 40123 }],
    ['[::1]', { host: '::1', port: 5986 }],
    ['[fd00::15]:5987', { host: 'fd00::15', port: 5987 }],
  ];
  for (const [text, address] of good) {
    it(`reads ${text}`, () => {
      expect(parseHostAddress(text, winrmPorts.https)).to.deep.equal(address);
    });
  }

  it('takes the plain port for plain HTTP', () => {
    expect(parseHostAddress('fe01', winrmPorts.http).port).to.equal(5985);
  });

  const bad: [string, RegExp][] = [
    ['', /names no host/],
    [':5986', /names no host/],
    ['::1', /in brackets/],
    ['[fe01]:5986', /neither a name nor an IP/],
    ['[::1]5986', /neither a name nor an IP/],
    ['https://fe01:5986', /--scheme/],
    ['fe01/wsman', /--scheme/],
    ['fe01:0', /1 to 65535/],
    ['fe01:65536', /1 to 65535/],
    ['fe01:', /1 to 65535/],
    ['fe01:59x', /1 to 65535/],
    ['user@fe01', /neither a name nor an IP/],
    ['fe 01', /neither a name nor an IP/],
    ['300.1.1.1', /neither a name nor an IP/],
    ['-fe01', /neither a name nor an IP/],
  ];
  for (const [text, reason] of bad) {
    it(`refuses '${text}'`, () => {
      try {
        parseHostAddress(text, winrmPorts.https);
        expect.fail('was taken');
      } catch (error) {
        expect(error).to.be.instanceOf(LyncimgError);
        expect((error as LyncimgError).code).to.equal('E_HOST_ADDRESS');
        expect((error as LyncimgError).exitCode).to.equal(2);
        expect((error as LyncimgError).message).to.match(reason);
      }
    });
  }
});
