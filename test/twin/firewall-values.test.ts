import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseAddresses, parsePorts } from '../../src/twin/firewall-values.js';

describe('ports of a firewall rule', () => {
  for (const [text, ports] of [
    ['*', []],
    ['5061', ['5061']],
    ['80, 443', ['80', '443']],
    ['49152-57500,rpc', ['49152-57500', 'RPC']],
    ['0080', ['80']],
  ] as const)
    it(`${text} is read`, () => {
      expect(parsePorts(text)).to.deep.equal(ports);
    });

  for (const text of ['', 'http', '65536', '10-5', '1-', '80,,443', '-1'])
    it(`${JSON.stringify(text)} is none`, () => {
      expect(parsePorts(text)).to.equal(undefined);
    });
});

describe('addresses of a firewall rule', () => {
  for (const [text, addresses] of [
    ['*', []],
    ['10.1.2.3', ['10.1.2.3']],
    ['10.1.2.3/32', ['10.1.2.3']],
    ['10.0.0.0/8,LOCALSUBNET', ['10.0.0.0/255.0.0.0', 'LocalSubnet']],
    ['10.0.0.0/255.240.0.0', ['10.0.0.0/255.240.0.0']],
    ['10.0.0.1-10.0.0.9', ['10.0.0.1-10.0.0.9']],
    ['FE80::1/128, fe80::/64', ['fe80::1', 'fe80::/64']],
    ['0.0.0.0/0', ['0.0.0.0/0.0.0.0']],
  ] as const)
    it(`${text} is read`, () => {
      expect(parseAddresses(text)).to.deep.equal(addresses);
    });

  for (const text of [
    '',
    'example.net',
    '10.0.0.0/33',
    '10.0.0.1/8/8',
    'fe80::/129',
    '10.0.0.1-x',
    '10.0.0.0/a',
  ])
    it(`${JSON.stringify(text)} is none`, () => {
      expect(parseAddresses(text)).to.equal(undefined);
    });
});
