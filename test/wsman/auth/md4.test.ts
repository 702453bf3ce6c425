import { expect } from 'chai';
import { describe, it } from 'mocha';
import { md4 } from '../../../src/wsman/auth/md4.js';

const hexOf = (text: string): string => md4(Buffer.from(text, 'latin1')).toString('hex');

describe('wsman/auth/md4', () => {
  // RFC 1320, A.5
  const published = {
    '': '31d6cfe0d16ae931b73c59d7e0c089c0',
    a: 'bde52cb31de33e46245e05fbdbd6fb24',
    abc: 'a448017aaf21d8525fc10ae87aa6729d',
    'message digest': 'd9130a8164549fe818874806e1c7014b',
    abcdefghijklmnopqrstuvwxyz: 'd79e1c308aa5bbcdeea8ed63df412da9',
    ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789: '043f8582f241db351ce627e153e7f0e4',
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890':
      'e33b4ddc9c38f2199c3e7b164fcc0536',
  };
  for (const [text, digest] of Object.entries(published)) {
    it(`digests "${text}" as RFC 1320 does`, () => {
      expect(hexOf(text)).to.equal(digest);
    });
  }

  // By OpenSSL's legacy provider.
  const aroundABlock = {
    55: 'c889c81dd86c4d2e025778944ea02881',
    56: 'd5f9a9e9257077a5f08b0b92f348b0ad',
    57: '872097e6f78e3b53f890459d03bc6fb7',
    63: '7ea3da77432d44c323671097d1348fc8',
    64: '52f5076fabd22680234a3fa9f9dc5732',
    65: '330e377bf231f3cacfecc2c182fe7e5b',
    119: 'e65dd227ccef97fa1d34d70189120f76',
    120: 'b03ddbd470b47c013e0c7ab2ddd763db',
    128: 'cb4a20a561558e29460190c91dced59f',
    1000: '5f1bf26a8067c9159b91f1440f7c9e8a',
  };
  for (const [length, digest] of Object.entries(aroundABlock)) {
    it(`pads ${length} bytes to whole blocks`, () => {
      expect(hexOf('a'.repeat(Number(length)))).to.equal(digest);
    });
  }
});
