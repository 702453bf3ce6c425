import { expect } from 'chai';
import { describe, it } from 'mocha';
import { verdictTable } from '../../src/report/index.js';
import { expectGolden } from '../helpers/golden.js';
import { verifyReport, type HostOs } from '../../src/verify/index.js';
import { hostReport, oneOfEach, report, silentReport, verdict } from './fixtures.js';

const options = { width: 100, verbose: false };

describe('verdictTable', () => {
  it('shows what needs a person first, with what to do', async () => {
    await expectGolden('report/verify.txt', verdictTable(report(oneOfEach), options));
  });

  it('writes out a document once, however many needs come from it', () => {
    const other = {
      title: 'A forum',
      publisher: 'Somebody',
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
      source: { title: 'T', publisher: 'P', page, date: '2013', confidence: 'microsoft' },
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

  it('shows what each verdict stands on where it was asked for', async () => {
    const query = 'select InstallState,Name from Win32_OptionalFeature (root/cimv2)';
    const answer = { query, asked: true, cause: null };
    const explained = report([
      verdict('feature/A', 'fail', {
        evidence: [{ ...answer, rows: 314, shown: ['Name = "A", InstallState = "2"'] }],
      }),
      verdict('feature/B', 'fail', { evidence: [{ ...answer, rows: 314, shown: [] }] }),
      verdict('feature/C', 'unknown', {
        evidence: [{ query, asked: false, rows: null, shown: [], cause: 'nobody asked' }],
      }),
      verdict('feature/D', 'pass', { evidence: [{ ...answer, rows: 0, shown: [] }] }),
    ]);

    await expectGolden('report/explained.txt', verdictTable(explained, { ...options, verbose: true }));
  });

  it('says on whose word a machine was judged that does not say what it is', () => {
    const os: HostOs = {
      ...{ expected: '2012r2', judged: '2012r2', basis: 'asserted', found: null },
      cause: 'Win32_OperatingSystem answered without a version',
    };

    expect(verdictTable(report([], { os }), options))
      .to.contain('2012r2 (which Windows answered is not known)')
      .and.contain('answered without a version): it is judged as 2012r2 because you say so.');
  });

  it('says that a machine was not asked to the end', () => {
    const error = { code: 'E_VERIFY_HOST_TIMEOUT', message: 'fe01 was not done within 300 s.' };

    expect(verdictTable(report([], { error }), options)).to.contain(
      'Not asked to the end: fe01 was not done within 300 s.',
    );
  });

  it('says of a machine that did not answer why, once, and ends with a sum of all', async () => {
    const unknown = Array.from({ length: 41 }, (_, index) => verdict(`feature/${index}`, 'unknown'));
    const fleet = verifyReport([
      hostReport([verdict('feature/A', 'fail')]),
      silentReport('No connection to WinRM at fe02.lync.example.net:5986: nobody listens.', unknown),
      hostReport([verdict('feature/A', 'pass')], { host: 'fe03.lync.example.net:5986' }),
    ]);

    await expectGolden('report/fleet.txt', verdictTable(fleet, options));
  });

  it('shows each role of a machine on its own', () => {
    const host = hostReport([verdict('feature/A', 'pass')]);
    const [first] = host.reports;
    const text = verdictTable(
      verifyReport([{ ...host, reports: [first!, { ...first!, role: 'edge' }] }]),
      options,
    );

    expect(text.match(/^fe01\.lync\.example\.net:5986 {2}[\w-]+/gm)).to.deep.equal([
      'fe01.lync.example.net:5986  front-end',
      'fe01.lync.example.net:5986  edge',
    ]);
  });

  it('has one failure without a source for another operating system', () => {
    const wrong = verdict('os/version', 'fail', {
      ...{ expected: 'Windows Server 2012 R2 (6.3.9600)', actual: 'Windows Server 2008 R2 (6.1.7601)' },
      ...{ source: null, where: '--os' },
    });

    expect(verdictTable(report([wrong]), options))
      .to.contain('source    asked for by --os')
      .and.not.contain('Documents:');
  });
});
