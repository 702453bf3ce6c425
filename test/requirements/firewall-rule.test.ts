import { expect } from 'chai';
import { describe, it } from 'mocha';
import { activeRule } from '../../src/requirements/firewall-rule.js';

const start = 'v2.10|Action=Allow|Active=TRUE|Dir=In|';

describe('a rule of Windows Firewall', () => {
  it('is read from its text', () => {
    const text =
      'v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|Profile=Public|LPort=80|LPort=443|' +
      'LPort2_10=5000-5010|RPort=49000|RA4=LocalSubnet|RA6=fe80::1|App=System|Svc=w3svc|Name=Web|Desc=a=b|Edge=FALSE|' +
      'LA4=192.0.2.1/255.255.255.255|Security=Authenticate|';
    expect(activeRule(text)).to.deep.equal({
      name: 'Web',
      action: 'block',
      direction: 'in',
      protocol: 6,
      localPorts: {
        ranges: [
          { first: 80, last: 80 },
          { first: 443, last: 443 },
          { first: 5000, last: 5010 },
        ],
        words: [],
      },
      remotePorts: { ranges: [{ first: 49000, last: 49000 }], words: [] },
      profiles: ['domain', 'public'],
      program: 'System',
      service: 'w3svc',
      remoteAddresses: ['LocalSubnet', 'fe80::1'],
      narrowedBy: ['la4=192.0.2.1/255.255.255.255', 'security=Authenticate'],
    });
  });

  it('is for everything that it does not name', () => {
    expect(activeRule(`${start}Name=All|`)).to.deep.include({
      protocol: null,
      localPorts: null,
      remotePorts: null,
      profiles: ['domain', 'private', 'public'],
      program: null,
      service: null,
      remoteAddresses: [],
      narrowedBy: [],
    });
  });

  it('keeps words apart from numbers', () => {
    expect(activeRule(`${start}LPort=RPC-EPMap|LPort=0|LPort=70000|`)?.localPorts).to.deep.equal({
      ranges: [],
      words: ['RPC-EPMap', '0', '70000'],
    });
  });

  it('takes a field that it does not know for a condition', () => {
    expect(activeRule(`${start}Platform=2:6:2|`)?.narrowedBy).to.deep.equal(['platform=2:6:2']);
  });

  for (const text of [
    '',
    '|',
    'nonsense',
    'Action=Allow|Active=TRUE|Dir=In|',
    'v2.10|Action=Allow|Dir=In|',
    'v2.10|Action=Allow|Active=FALSE|Dir=In|',
    'v2.10|Action=ByPass|Active=TRUE|Dir=In|',
    'v2.10|Action=constructor|Active=TRUE|Dir=In|',
    'v2.10|Action=Allow|Active=TRUE|Dir=Sideways|',
    'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=tcp|',
  ])
    it(`is not in force: ${JSON.stringify(text)}`, () => {
      expect(activeRule(text)).to.equal(null);
    });
});
