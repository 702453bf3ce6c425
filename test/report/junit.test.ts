import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { SaxesParser } from 'saxes';
import { junit, suitesOf, type UnansweredHost } from '../../src/report/index.js';
import { verifyReport } from '../../src/verify/index.js';
import { expectGolden } from '../helpers/golden.js';
import { hostReport, judged, oneOfEach, silentReport, verdict } from './fixtures.js';

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** The elements in document order, by a strict reader. */
function read(xml: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.write(xml).close();
  return elements;
}

function named(xml: string, name: string): Element[] {
  return read(xml).filter((element) => element.name === name);
}

const silent: UnansweredHost = {
  host: 'fe02.lync.example.net:5986',
  role: 'front-end',
  os: '2012r2',
  error: { code: 'E_WSMAN_UNREACHABLE', message: 'no answer on 5986' },
  requirements: oneOfEach,
  startedAt: '2026-11-23T10:00:00.000Z',
  finishedAt: '2026-11-23T10:00:05.000Z',
};

describe('junit', () => {
  it('writes the dialect that CI systems read alike', async () => {
    await expectGolden('report/verify.junit.xml', junit([judged(oneOfEach), silent]));
  });

  it('has sums that are right, on each suite and on the whole', () => {
    const xml = junit([judged(oneOfEach), silent]);
    const sums = { tests: '5', failures: '1', errors: '1', skipped: '1' };

    expect(named(xml, 'testsuite')[0]?.attributes).to.include(sums);
    expect(named(xml, 'testsuite')[1]?.attributes).to.include({
      ...sums,
      tests: '6',
      failures: '0',
      skipped: '5',
    });
    expect(named(xml, 'testsuites')[0]?.attributes).to.include({ tests: '11', failures: '1', errors: '2' });
    expect(named(xml, 'testcase')).to.have.length(11);
  });

  it('names host and requirement, and nothing that changes from run to run', () => {
    const names = (port: number, actual: string): string[] =>
      named(
        junit([judged([verdict('feature/X', 'fail', { actual })], { host: `127.0.0.1:${port}` })]),
        'testcase',
      ).map(({ attributes }) => `${String(attributes['classname'])} / ${String(attributes['name'])}`);

    expect(names(40123, 'absent')).to.deep.equal(['lyncimg.front-end / 127.0.0.1: feature/X']);
    expect(names(51234, 'removed')).to.deep.equal(names(40123, 'absent'));
  });

  it('keeps every pair of classname and name unique', () => {
    const one = judged([verdict('feature/X', 'pass')]);
    const xml = junit([one, { ...one, host: 'fe01.lync.example.net:5987' }, one]);
    const names = named(xml, 'testcase').map(({ attributes }) => attributes['name']);

    expect(names).to.deep.equal([
      'fe01.lync.example.net:5986: feature/X',
      'fe01.lync.example.net:5987: feature/X',
      'fe01.lync.example.net:5986: feature/X #2',
    ]);
  });

  it('has no dots in the role part of a classname, and keeps brackets of IPv6', () => {
    const [testcase] = named(
      junit([judged([verdict('feature/X', 'pass')], { role: 'front.end', host: '[::1]:5986' })]),
      'testcase',
    );

    expect(testcase?.attributes).to.include({ classname: 'lyncimg.front-end', name: '[::1]: feature/X' });
  });

  it('points at the requirement in the role file', () => {
    const [testcase] = named(junit([judged([verdict('feature/X', 'pass')])]), 'testcase');
    const [unplaced] = named(
      junit([judged([verdict('feature/X', 'pass', { where: 'plan.json' })])]),
      'testcase',
    );

    expect(testcase?.attributes).to.include({ file: 'catalog/roles/lync-common.yaml', line: '12' });
    expect(unplaced?.attributes).to.not.have.any.keys('file', 'line');
  });

  it('keeps the set of tests of a host that did not answer', () => {
    const cases = named(junit([silent]), 'testcase').map(({ attributes }) => attributes['name']);

    expect(cases[0]).to.equal('fe02.lync.example.net: connection');
    expect(cases.slice(1)).to.deep.equal(oneOfEach.map(({ id }) => `fe02.lync.example.net: ${id}`));
  });

  it('writes times as plain decimals', () => {
    const quick = judged([], {
      startedAt: '2026-11-23T10:00:00.000Z',
      finishedAt: '2026-11-23T10:00:00.000Z',
    });

    expect(named(junit([quick]), 'testsuite')[0]?.attributes).to.include({
      time: '0',
      timestamp: '2026-11-23T10:00:00',
    });
    expect(named(junit([judged([])]), 'testsuite')[0]?.attributes['time']).to.equal('1.204');
  });

  it('does not let a machine name a file that Azure or GitLab would upload', () => {
    const actual = '[[ATTACHMENT|/etc/passwd]]';

    expect(junit([judged([verdict('setting/x', 'warn', { actual })])])).to.not.contain('[[ATTACHMENT|');
  });

  it('cuts a text that readers would refuse', () => {
    const xml = junit([judged([verdict('feature/X', 'fail', { actual: 'x'.repeat(200_000) })])]);

    expect(named(xml, 'failure')[0]?.text.length).to.be.at.most(64 * 1024);
  });

  it('is well-formed whatever a machine answers', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (actual, cause) => {
        const xml = junit([
          judged([
            verdict('feature/X', 'fail', { actual: `]]>${actual}` }),
            verdict('feature/Y', 'unknown', { cause: `"<&>${cause}` }),
            verdict('feature/Z', 'warn', { actual }),
          ]),
        ]);
        expect(read(xml)).to.have.length.greaterThan(5);
      }),
    );
  });

  describe('suitesOf', () => {
    it('makes a suite of each role of each host', () => {
      const two = hostReport([verdict('feature/X', 'pass')]);
      const [first] = two.reports;
      const both = { ...two, reports: [first!, { ...first!, role: 'edge' }] };
      const suites = suitesOf(verifyReport([both, hostReport([], { host: 'fe03:5986' })]));

      expect(suites.map(({ host, role }) => [host, role])).to.deep.equal([
        ['fe01.lync.example.net:5986', 'front-end'],
        ['fe01.lync.example.net:5986', 'edge'],
        ['fe03:5986', 'front-end'],
      ]);
    });

    it('says of a host that did not answer why, once, and that nothing was checked', () => {
      const lost = silentReport('no answer on 5986', [verdict('feature/X', 'unknown')]);
      const xml = junit(suitesOf(verifyReport([lost])));

      expect(named(xml, 'error').map(({ attributes }) => attributes['type'])).to.deep.equal([
        'E_WSMAN_UNREACHABLE',
      ]);
      expect(named(xml, 'skipped').map(({ attributes }) => attributes['message'])).to.deep.equal([
        'not checked: E_WSMAN_UNREACHABLE',
      ]);
    });

    it('shows a machine of another operating system as one failure that has no source', () => {
      const wrong = verdict('os/version', 'fail', { kind: 'os', source: null, where: '--os', actual: '6.1' });

      expect(named(junit(suitesOf(verifyReport([hostReport([wrong])]))), 'failure')).to.have.length(1);
    });
  });
});
