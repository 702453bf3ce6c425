import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { RedactedLines, Redactor } from '../../src/tools/redacted-lines.js';

const secret = 'S3cret-Päss';

function linesOf(chunks: Buffer[]): string[] {
  const lines = new RedactedLines(new Redactor([secret]));
  return [...chunks.flatMap((chunk) => lines.push(chunk)), ...lines.end()];
}

function cut(bytes: Buffer, places: number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

describe('lines of a child', () => {
  it('are the same however the output was cut into chunks, also inside a secret or a letter', () => {
    const output = Buffer.from(`first ${secret}\r\nsecond ü\n\nlast ${secret}`);
    const expected = ['first <redacted>', 'second ü', '', 'last <redacted>'];

    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 8 }), (places) => {
        expect(linesOf(cut(output, places))).to.deep.equal(expected);
      }),
    );
  });

  it('come in pieces when a child prints no newline, and no piece holds a part of a secret', () => {
    const filler = 'x'.repeat(1000);
    const output = Buffer.from(`${filler}${secret}`.repeat(200));

    const pieces = linesOf(cut(output, [70_001, 70_005, 70_011, 141_000]));

    expect(pieces.length).to.be.greaterThan(1);
    expect(pieces.join('')).to.equal(`${filler}<redacted>`.repeat(200));
  });

  it('hold what came before the end without a newline', () => {
    expect(linesOf([Buffer.from('no newline')])).to.deep.equal(['no newline']);
    expect(linesOf([])).to.deep.equal([]);
  });
});
