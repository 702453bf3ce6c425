import { expect } from 'chai';
import { describe, it } from 'mocha';
import { verdictTable } from '../../src/report/index.js';
import { expectGolden } from '../helpers/golden.js';
import { oneOfEach, report, verdict } from './fixtures.js';

const options = { width: 100, verbose: false };

describe('verdictTable', () => {
  it('shows what needs a person first, with what to do', async () => {
    await expectGolden('report/verify.txt', verdictTable(report(oneOfEach), options));
  });

  it('writes out a document once, however many needs come from it', () => {
    const other = {
      title: 'A forum',
      page: 'https://forum.example/1',
      date: 'unknown',
      confidence: 'community',
    } as const;
    const text = verdictTable(
      report([
        verdict('feature/A', 'fail'),
        verdict('feature/B', 'fail'),
        verdict('feature/C', 'warn', { source: other }),
        verdict('feature/D', 'unknown', { source: other }),
      ]),
      options,
    );

    expect(text.match(/learn\.microsoft\.com/g)).to.have.length(1);
    expect(text.match(/forum\.example/g)).to.have.length(1);
    expect(text.match(/source {4}ms-prereq, /g)).to.have.length(2);
    expect(text.match(/source {4}\[2\], /g)).to.have.length(2);
  });

  it('says in plain sight that a rehearsal is one, first and last', () => {
    const lines = verdictTable(report(oneOfEach, { rehearsal: true }), options)
      .trimEnd()
      .split('\n');

    expect(lines[0]).to.match(/^REHEARSAL: /);
    expect(lines.at(-1)).to.match(/^REHEARSAL: /);
    expect(verdictTable(report(oneOfEach), options)).to.not.contain('REHEARSAL');
  });

  it('lists what passed only when it is asked to', () => {
    const passed = report([verdict('feature/A', 'pass'), verdict('feature/B', 'pass')]);

    expect(verdictTable(passed, options)).to.contain('2 requirements are met').and.not.contain('feature/A');
    expect(verdictTable(passed, { ...options, verbose: true }))
      .to.contain('feature/A')
      .and.contain('feature/B');
  });

  it('ends with one line that says it all', () => {
    const last = (...names: Parameters<typeof verdict>[1][]): string | undefined =>
      verdictTable(report(names.map((name, index) => verdict(`feature/${index}`, name))), options)
        .trimEnd()
        .split('\n')
        .at(-1);

    expect(last('fail', 'unknown')).to.equal(
      'The machine falls short: 1 fail, 1 unknown, 0 warn, 0 pass; 2 requirements',
    );
    expect(last('unknown')).to.equal(
      'Not everything could be judged: 0 fail, 1 unknown, 0 warn, 0 pass; 1 requirement',
    );
    expect(last('pass', 'warn')).to.match(/^Nothing falls short: /);
    expect(last('after-deployment')).to.match(/1 after deployment/);
  });

  it('keeps to the width of the terminal, but never breaks a word that one wants to copy', () => {
    const page = `https://learn.microsoft.com/${'x'.repeat(80)}`;
    const long = verdict('feature/A', 'fail', {
      fix: 'word '.repeat(60),
      source: { title: 'T', page, date: '2013', confidence: 'microsoft' },
    });
    const lines = verdictTable(report([long]), { width: 60, verbose: false }).split('\n');

    expect(lines.filter((line) => line.includes('word')).every((line) => line.length <= 60)).to.equal(true);
    expect(lines.some((line) => line.includes(page))).to.equal(true);
  });

  it('lets no terminal code of a machine reach the terminal', () => {
    const bad = verdict('feature/A', 'fail', { actual: '\u001b[2Jall is well\nPASS     everything' });

    const text = verdictTable(report([bad]), options);

    expect(text)
      .to.not.contain('\u001b')
      .and.not.match(/^PASS {5}everything/m);
  });
});
