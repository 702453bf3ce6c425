import { expect } from 'chai';
import { describe, it } from 'mocha';
import { renderFirstBoot } from '../../../src/render/first-boot/index.js';
import type { StaticAddress } from '../../../src/platforms/index.js';
import { kept, logOf, network, request, run } from './scenario.js';

function cardWith(more: Partial<StaticAddress>) {
  const files = renderFirstBoot(request('2012r2', 'next', { network: { ...network, ...more } }));
  const guest = run(kept('2012r2', files), 'next');
  expect(logOf(guest)).to.contain('ready: HTTPS listener');
  return guest.card;
}

describe('a static address', () => {
  it('has the mask of its prefix', () => {
    const masks: [prefix: number, mask: string][] = [
      [1, '128.0.0.0'],
      [8, '255.0.0.0'],
      [12, '255.240.0.0'],
      [24, '255.255.255.0'],
      [25, '255.255.255.128'],
      [30, '255.255.255.252'],
    ];
    for (const [prefix, mask] of masks) expect(cardWith({ prefix }).mask).to.equal(mask);
  });

  it('does without a gateway and without DNS servers', () => {
    expect(cardWith({ gateway: null, dns: [] })).to.deep.include({ gateway: 'none', dns: [] });
  });

  it('has its DNS servers in order', () => {
    const dns = ['10.0.0.3', '10.0.0.1', '10.0.0.2'];

    expect(cardWith({ dns }).dns).to.deep.equal(dns);
  });

  it('is left to DHCP where none is declared', () => {
    const files = renderFirstBoot(request('2012r2', 'next', { network: null }));

    expect(run(kept('2012r2', files), 'next').card).to.deep.include({ address: null, dns: [] });
  });
});
