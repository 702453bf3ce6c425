import { expect } from 'chai';
import { describe, it } from 'mocha';
import { programName, splitWords } from '../../../src/twin/shell/command-words.js';

describe('words of a Windows command line', () => {
  for (const [line, words] of [
    ['a  b\tc', ['a', 'b', 'c']],
    ['"a b" c', ['a b', 'c']],
    ['a"b c"d', ['ab cd']],
    ['""', ['']],
    [String.raw`C:\x\y "C:\a b\\" z`, [String.raw`C:\x\y`, 'C:\\a b\\', 'z']],
    [String.raw`say \"hi\"`, ['say', '"hi"']],
    [String.raw`"a\\\"b"`, [String.raw`a\"b`]],
    ['', []],
  ] as const) {
    it(`of ${line === '' ? 'nothing' : line}`, () => {
      expect(splitWords(line)).to.deep.equal(words);
    });
  }

  it('have the program in front, with or without its folder', () => {
    expect(programName('C:\\Windows\\System32\\SCHTASKS.EXE')).to.equal('schtasks');
    expect(programName('PowerShell')).to.equal('powershell');
  });
});
