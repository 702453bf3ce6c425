import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readCommandLine } from '../../../src/twin/shell/command-line.js';
import { encoded } from './encoded.js';

describe('a command line', () => {
  it('is a program where it is no encoded script', () => {
    expect(readCommandLine(' shutdown /s /t 0 ')).to.deep.equal({
      kind: 'program',
      line: 'shutdown /s /t 0',
    });
    expect(readCommandLine('powershell -Command hostname')).to.include({ kind: 'program' });
    expect(readCommandLine('powershell -EncodedCommand')).to.include({ kind: 'program' });
    expect(readCommandLine('powershell -EncodedCommand not*base64')).to.include({ kind: 'program' });
    expect(readCommandLine('')).to.deep.equal({ kind: 'program', line: '' });
  });

  it('is the innermost script of its layers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), (layers) => {
        let line = 'echo "käse"';
        for (let layer = 0; layer < layers; layer++) line = encoded(line);
        expect(readCommandLine(line)).to.deep.equal({ kind: 'powershell', script: 'echo "käse"' });
      }),
    );
  });

  it('is taken in any spelling of program and parameter', () => {
    const script = Buffer.from('hostname', 'utf16le').toString('base64');

    for (const line of [
      `powershell.exe -EncodedCommand ${script}`,
      `"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe" -enc ${script}`,
      `powershell -NoProfile -ExecutionPolicy Bypass -ec ${script}`,
      `powershell /e ${script}`,
    ]) {
      expect(readCommandLine(line), line).to.deep.equal({ kind: 'powershell', script: 'hostname' });
    }
  });

  it('that encodes a script which mentions another keeps it whole', () => {
    const script = `powershell -enc ${Buffer.from('x', 'utf16le').toString('base64')}\nhostname`;

    expect(readCommandLine(encoded(script))).to.deep.equal({ kind: 'powershell', script });
  });
});
