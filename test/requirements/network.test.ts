import { expect } from 'chai';
import { describe, it } from 'mocha';
import { network } from '../../src/requirements/network.js';
import type { CimRow } from '../../src/requirements/index.js';
import { factsOf, specOf } from './kit.js';

const judge = (rule: string, ...rows: CimRow[]) =>
  network.judge(specOf(network, { rule }), factsOf({ cim: { Win32_NetworkAdapterConfiguration: rows } }));
const card = (Description: string, more: CimRow = {}): CimRow => ({
  Description,
  DHCPEnabled: false,
  IPAddress: ['192.0.2.10'],
  IPSubnet: ['255.255.255.0'],
  DefaultIPGateway: ['192.0.2.1'],
  ...more,
});
const inside = card('Inside', { IPAddress: ['10.0.0.5'], IPSubnet: ['255.0.0.0'], DefaultIPGateway: [] });

describe('a network requirement', () => {
  it('is one rule of deployed machines', () => {
    expect(network.stage).to.equal('machine');
    expect(network.schema.safeParse({ rule: 'fast' }).success).to.equal(false);
    expect(network.id(specOf(network, { rule: 'single-homed' }))).to.equal('network/single-homed');
  });

  it('asks for cards with an address alone, and for lists as lists', () => {
    expect(network.facts(specOf(network, { rule: 'single-homed' }))[0]).to.deep.include({
      where: 'IPEnabled=TRUE',
      arrays: ['IPAddress', 'IPSubnet', 'DefaultIPGateway'],
    });
  });

  it('is unknown where Windows lists no card: whoever answers has one', () => {
    for (const rule of ['single-homed', 'two-interfaces', 'one-gateway', 'static-addresses'])
      expect(judge(rule).verdict, rule).to.equal('unknown');
  });

  it('single-homed is one IPv4 address, whatever Windows gave itself beside it', () => {
    const also = ['fe80::1', '169.254.7.7', '127.0.0.1', '192.0.2.10'];
    expect(judge('single-homed', card('A', { IPAddress: also }))).to.include({
      verdict: 'pass',
      actual: '192.0.2.10',
    });
    expect(judge('single-homed', card('A', { IPAddress: '192.0.2.10' })).verdict).to.equal('pass');
    expect(judge('single-homed', card('A'), inside)).to.include({
      verdict: 'fail',
      actual: '192.0.2.10, 10.0.0.5',
    });
    for (const IPAddress of [null, [], ['fe80::1'], ['rubbish']])
      expect(judge('single-homed', card('A', { IPAddress }))).to.include({
        verdict: 'fail',
        actual: 'no IPv4 address',
      });
  });

  it('two-interfaces is two cards that share no subnet', () => {
    expect(judge('two-interfaces', card('A'), inside).verdict).to.equal('pass');
    expect(judge('two-interfaces', card('A'))).to.include({ verdict: 'fail', actual: '1 network card' });
    expect(judge('two-interfaces', card('A'), card('B', { IPAddress: ['192.0.2.11'] }))).to.include({
      verdict: 'fail',
      actual: 'all network cards share a subnet',
    });
    const wide = card('B', { IPAddress: ['192.0.77.1'], IPSubnet: ['255.255.0.0'] });
    expect(judge('two-interfaces', card('A'), wide).verdict).to.equal('fail');
    const dual = card('A', { IPAddress: ['fe80::1', '192.0.2.10'], IPSubnet: ['64', '255.255.255.0'] });
    expect(judge('two-interfaces', dual, inside).verdict).to.equal('pass');
  });

  it('two-interfaces is unknown where a subnet cannot be read', () => {
    for (const IPSubnet of [null, [], ['64'], ['255.0.255.0'], ['']])
      expect(judge('two-interfaces', inside, card('A', { IPSubnet }))).to.include({
        verdict: 'unknown',
        cause: 'A does not say the subnet of each address',
      });
  });

  it('one-gateway is a default gateway on one card, no more and no less', () => {
    expect(judge('one-gateway', card('Outside'), inside)).to.include({
      verdict: 'pass',
      actual: 'default gateway on Outside',
    });
    expect(judge('one-gateway', card('A'), card('B'))).to.include({
      verdict: 'fail',
      actual: 'default gateways on A, B',
    });
    for (const DefaultIPGateway of [null, []])
      expect(judge('one-gateway', card('A', { DefaultIPGateway }))).to.include({
        verdict: 'fail',
        actual: 'no default gateway',
      });
  });

  it('static-addresses is no card that uses DHCP', () => {
    expect(judge('static-addresses', card('A'), inside).verdict).to.equal('pass');
    const leased = card('B', { DHCPEnabled: 'TRUE' });
    const silent = card('C', { DHCPEnabled: null });
    expect(judge('static-addresses', silent, leased)).to.include({ verdict: 'fail', actual: 'DHCP on B' });
    expect(judge('static-addresses', card('A'), silent)).to.include({
      verdict: 'unknown',
      cause: 'C does not say whether it uses DHCP',
    });
  });
});
