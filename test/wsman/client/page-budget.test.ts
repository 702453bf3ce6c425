import { expect } from 'chai';
import { describe, it } from 'mocha';
import { PageBudget } from '../../../src/wsman/client/page-budget.js';
import { readXml } from '../../../src/wsman/xml/reader.js';

const budget = (): PageBudget => new PageBudget({ host: 'host:5986' }, '"select * from X"');
const small = readXml('<X><Name>n</Name></X>');
const large = readXml(`<X><Name>${'n'.repeat(1024 * 1024)}</Name></X>`);

describe('wsman/client/page-budget', () => {
  it('lets 200,000 instances through, the same ones or not, and no more', () => {
    const spending = budget();
    for (let page = 0; page < 10; page++) spending.spend(new Array<typeof small>(20_000).fill(small));
    expect(() => {
      spending.spend([small]);
    })
      .to.throw('more than 200000 instances')
      .with.property('code', 'E_WSMAN_PROTOCOL');
  });

  it('lets few instances of no measure through neither', () => {
    const spending = budget();
    for (let page = 0; page < 127; page++) spending.spend([large]);
    expect(() => {
      spending.spend([large]);
    }).to.throw('bytes');
  });

  it('weighs elements, too: two million without a text are more than two million bytes', () => {
    const many = readXml(`<X>${'<a/>'.repeat(50_000)}</X>`);
    const spending = budget();
    for (let page = 0; page < 41; page++) spending.spend([many]);
    expect(() => {
      spending.spend([many]);
    }).to.throw('bytes');
  });

  it('counts empty pages only when nothing else comes in between', () => {
    const spending = budget();
    for (let page = 0; page < 300; page++) spending.spend(page % 100 === 0 ? [small] : []);
  });
});
