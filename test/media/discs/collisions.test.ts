import { expect } from 'chai';
import { describe, it } from 'mocha';
import { collisions } from '../../../src/media/discs/collisions.js';

describe('names that are one to Windows', () => {
  const cases: [string, string[], [string, string][]][] = [
    ['none', ['a/b.msu', 'a/c.msu', 'b.msu'], []],
    ['two files', ['setup.exe', 'Setup.EXE'], [['Setup.EXE', 'setup.exe']]],
    ['the same path twice', ['a', 'a'], [['a', 'a']]],
    ['two folders, told once', ['A/x', 'a/y', 'a/z'], [['A', 'a']]],
    ['a folder and a file', ['a/b', 'A'], [['A', 'a/b']]],
    ['a file and what would lie in it', ['a/b/c', 'a/b'], [['a/b', 'a/b/c']]],
    [
      'beyond ASCII',
      ['\u00e4.txt', '\u00c4.TXT', '\u03c3', '\u03c2'],
      [
        ['\u00c4.TXT', '\u00e4.txt'],
        ['\u03c2', '\u03c3'],
      ],
    ],
    ['not: composed and decomposed, which Windows does tell apart', ['\u00e4', 'a\u0308'], []],
    ['not: what has another length in upper case', ['stra\u00dfe', 'strasse'], []],
  ];
  for (const [what, paths, expected] of cases) {
    it(`are found: ${what}`, () => {
      expect(collisions(paths)).to.deep.equal(expected);
    });
  }

  it('are found in an order that does not depend on that of the files', () => {
    expect(collisions(['b', 'a', 'B', 'A'])).to.deep.equal(collisions(['A', 'B', 'a', 'b']));
  });
});
