import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseJson, writeJson } from '../../../src/twin/modules/json.js';

describe('JSON of the payload', () => {
  it('keeps whole numbers that no double holds', () => {
    const value = parseJson('{"data": 18446744073709551615, "small": 42, "text": "9223372036854775807"}');

    expect(value).to.deep.equal({ data: 18446744073709551615n, small: 42, text: '9223372036854775807' });
    expect(writeJson(value)).to.equal(
      '{"data":18446744073709551615,"small":42,"text":"9223372036854775807"}',
    );
  });

  it('is not misled by quotes, escapes and digits inside of texts', () => {
    const text = String.raw`{"a\"1234567890123456789":"\\","b":"1234567890123456789\""}`;

    expect(parseJson(text)).to.deep.equal(JSON.parse(text));
  });

  it('leaves long fractions and exponents to doubles', () => {
    expect(parseJson('[0.12345678901234567890, 1e-12, 12345678901234567890.5]')).to.deep.equal([
      0.12345678901234568, 1e-12, 12345678901234567000,
    ]);
  });

  it('reads every other JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/.test(text));
        expect(parseJson(text)).to.deep.equal(JSON.parse(text));
      }),
    );
  });
});
