import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { defaultLimits, WsmanFault } from '../../../src/wsman/index.js';
import { createEnumerations, cutPage } from '../../../src/wsman/server/enumerations.js';
import { xml } from '../../../src/wsman/xml/writer.js';

const item = (length: number) => xml('i', {}, 'x'.repeat(length - '<i></i>'.length));
const invalidContext = 2150858779;

describe('wsman/server/enumerations', () => {
  it('counts two bytes a character, the envelope included', () => {
    const items = [item(100), item(100), item(100)];
    const limits = { maxElements: 10, overhead: 50 };
    expect(cutPage(items, { ...limits, maxEnvelopeBytes: 500 }).page).to.have.length(2);
    expect(cutPage(items, { ...limits, maxEnvelopeBytes: 499 }).page).to.have.length(1);
    expect(cutPage(items, { ...limits, maxEnvelopeBytes: 700 }).rest).to.deep.equal([]);
  });

  it('faults when not even one item fits', () => {
    expect(() => cutPage([item(300)], { maxElements: 1, overhead: 50, maxEnvelopeBytes: 500 }))
      .to.throw(WsmanFault)
      .with.nested.property('facts.subcode', 'w:EncodingLimit');
  });

  it('loses no item and keeps to both limits, whatever the sizes', () => {
    const sizes = fc.array(fc.integer({ min: 7, max: 200 }), { maxLength: 50 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 10 }), (lengths, maxElements) => {
        const items = lengths.map(item);
        const pages = [];
        for (let rest: readonly unknown[] = items, at = 0; rest.length > 0; at += pages.at(-1)!.length) {
          const cut = cutPage(items.slice(at), { maxElements, overhead: 0, maxEnvelopeBytes: 800 });
          expect(cut.page.length).to.be.within(1, maxElements);
          expect(cut.page.map(({ text }) => text).join('').length).to.be.at.most(400);
          pages.push(cut.page);
          rest = cut.rest;
        }
        expect(pages.flat()).to.deep.equal(items);
      }),
    );
  });

  it('uses a context up, and gives it to its user and resource only', () => {
    const open = createEnumerations(defaultLimits, () => 0);
    const context = open.keep('u', 'urn:R', [item(10)]);
    const faultFor = (user: string, resource: string, id: string): unknown => {
      try {
        open.take(user, resource, id);
      } catch (error) {
        return (error as WsmanFault).facts.code;
      }
      return null;
    };
    expect(faultFor('other', 'urn:R', context)).to.equal(invalidContext);
    expect(faultFor('u', 'urn:other', context)).to.equal(invalidContext);
    expect(faultFor('u', 'urn:R', 'uuid:none')).to.equal(invalidContext);
    expect(open.take('u', 'urn:r', context.toLowerCase())).to.have.length(1);
    expect(faultFor('u', 'urn:R', context)).to.equal(invalidContext);
  });

  it('forgets contexts that are too old, and then has room again', () => {
    let time = 0;
    const open = createEnumerations(
      { ...defaultLimits, enumerationTimeoutMs: 1000, maxEnumerations: 1 },
      () => time,
    );
    const context = open.keep('u', 'r', []);
    expect(() => open.keep('u', 'r', []))
      .to.throw(WsmanFault)
      .with.nested.property('facts.subcode', 'w:QuotaLimit');
    time = 1001;
    expect(() => open.take('u', 'r', context)).to.throw(WsmanFault);
    open.keep('u', 'r', []);
  });

  it('forgets all of them when the machine restarts', () => {
    const open = createEnumerations(defaultLimits, () => 0);
    const context = open.keep('u', 'r', []);
    open.clear();
    expect(() => open.take('u', 'r', context)).to.throw(WsmanFault);
  });
});
