import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  cimBoolean,
  cimDatetime,
  cimInteger,
  cimInterval,
  cimList,
  cimObject,
  cimProperty,
  cimReal,
  cimReference,
  cimText,
  type WireValue,
} from '../../../src/wsman/index.js';

const object = { className: 'X', resourceUri: 'urn:x/X', properties: { A: '1' } };
const reference = { resourceUri: 'urn:x/X', selectors: { Name: 'n' } };

describe('wsman/cim/read', () => {
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

  it('reads real numbers in every form of xs:double', () => {
    const texts = ['1.5', '-2', '1.0E+3', '+.5', '2.', 'INF', '-INF', ' 0 '];
    expect(texts.map(cimReal)).to.deep.equal([1.5, -2, 1000, 0.5, 2, Infinity, -Infinity, 0]);
    for (const text of ['NaN', '', '.', '1,5', '0x1', 'Infinity', '1e', null, undefined]) {
      expect(cimReal(text), String(text)).to.equal(null);
    }
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
    expect(cimList(['1', 'x', '3']).map(cimInteger)).to.deep.equal([1n, null, 3n]);
  });

  describe('points in time', () => {
    it('are instants, whatever zone the host writes in', () => {
      const [utc, east] = ['2013-03-09T02:57:32Z', '2013-03-09T10:57:32+08:00'].map(cimDatetime);
      expect(utc).to.deep.equal({
        epochMs: Date.UTC(2013, 2, 9, 2, 57, 32),
        offsetMinutes: 0,
        text: '2013-03-09T02:57:32Z',
      });
      expect(east).to.include({ epochMs: utc?.epochMs, offsetMinutes: 480 });
      expect(cimDatetime('2013-03-08T22:27:32-04:30')).to.include({
        epochMs: utc?.epochMs,
        offsetMinutes: -270,
      });
    });

    it('have up to seven digits of fraction; what is finer than a millisecond is cut off', () => {
      const of = (fraction: string): number | undefined =>
        cimDatetime(`1970-01-01T00:00:00.${fraction}Z`)?.epochMs;
      expect(['5', '25', '123', '1239', '123456', '9999999'].map(of)).to.deep.equal([
        500, 250, 123, 123, 123, 999,
      ]);
      expect(of('12345678')).to.equal(undefined);
    });

    it('before 1970, and before the year 100, are no others', () => {
      expect(cimDatetime('1601-01-01T00:00:00Z')?.epochMs).to.equal(-11644473600000);
      expect(cimDatetime('0001-01-01T00:00:00Z')?.epochMs).to.equal(-62135596800000);
    });

    for (const text of [
      '2013-03-09T02:57:32',
      '2013-02-30T00:00:00Z',
      '2013-13-01T00:00:00Z',
      '2013-01-01T24:00:00Z',
      '2013-01-01T00:00:60Z',
      '2013-01-01T00:00:00+15:00',
      '2013-01-01T00:00:00+01:60',
      '2013-01-01',
      '20130309025732.000000+000',
      '',
    ]) {
      it(`are not "${text}"`, () => {
        expect(cimDatetime(text)).to.equal(null);
      });
    }

    it('read what JavaScript writes', () => {
      fc.assert(
        fc.property(
          fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
          (date) => {
            expect(cimDatetime(date.toISOString())?.epochMs).to.equal(date.getTime());
          },
        ),
      );
    });
  });

  it('reads lengths of time in milliseconds', () => {
    expect(cimInterval('P0DT0H1M40S')).to.equal(100_000);
    expect(cimInterval('P99999999DT23H59M59.999999S')).to.equal(99999999 * 86_400_000 + 86_400_000);
    expect([cimInterval('100'), cimInterval(null)]).to.deep.equal([null, null]);
  });

  it('reads embedded objects and references, and takes neither for the other or for text', () => {
    expect([cimObject(object), cimObject([object]), cimObject(reference), cimObject('x')]).to.deep.equal([
      object,
      object,
      null,
      null,
    ]);
    expect([cimReference(reference), cimReference(object), cimReference(null)]).to.deep.equal([
      reference,
      null,
      null,
    ]);
    expect([cimText(object), cimInteger(reference)]).to.deep.equal([null, null]);
    expect(cimList([object, 'x'])).to.deep.equal([object, 'x']);
  });

  it('throws for nothing that a host can send', () => {
    const readers = [
      cimBoolean,
      cimDatetime,
      cimInteger,
      cimInterval,
      cimObject,
      cimReal,
      cimReference,
      cimText,
    ];
    const any: fc.Arbitrary<WireValue> = fc.oneof(
      fc.string(),
      fc.constantFrom(null, object, reference),
      fc.array(fc.oneof(fc.string(), fc.constantFrom(object, reference)), { maxLength: 3 }),
    );
    fc.assert(
      fc.property(any, (value) => {
        for (const read of readers) read(value);
      }),
    );
  });
});
