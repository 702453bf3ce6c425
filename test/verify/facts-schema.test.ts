import Ajv2020 from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readFile } from 'node:fs/promises';
import { formatWhere, orThrow } from '../../src/errors/index.js';
import { factsFromText, factsText, hostFactsJsonSchema, type HostFacts } from '../../src/verify/index.js';
import { cimAnswer, document, lost, osAnswer, programs, rules } from './fixtures.js';

const file = new URL('../../schemas/host-facts.schema.json', import.meta.url);
const number = {
  at: '2026-11-23T10:00:00.000Z',
  query: { kind: 'registry', hive: 'HKLM', key: 'SOFTWARE\\X', value: { name: 'N', type: 'dword' } },
  answer: { known: true, value: { exists: true, data: '1' } },
} as const;
const unread = {
  ...cimAnswer('Win32_Service', ['Name'], []),
  answer: { known: false, cause: 'access denied' },
} as HostFacts['answers'][number];
const noRules = {
  ...rules,
  answer: { known: true, value: { exists: false } },
} satisfies HostFacts['answers'][number];
const answers = [osAnswer(), number, unread, programs, rules, noRules];
const hosts = [document({ answers }), lost()];

describe('schemas/host-facts.schema.json', () => {
  it('is the schema of the code (npm run docs)', async () => {
    expect(JSON.parse(await readFile(file, 'utf8'))).to.deep.equal(hostFactsJsonSchema());
  });

  it('takes what is written, by another validator than ours', async () => {
    const schema = JSON.parse(await readFile(file, 'utf8')) as object;
    const validate = new Ajv2020.default({
      ...{ strict: true, allowUnionTypes: true },
      formats: { 'date-time': true },
    }).compile(schema);

    for (const one of hosts) expect(validate(one), JSON.stringify(validate.errors)).to.equal(true);
    expect(validate({ ...hosts[0], password: 'x' })).to.equal(false);
  });
});

describe('factsFromText', () => {
  it('reads what was written, one host a line', () => {
    const text = factsText(hosts);

    expect(text.trimEnd().split('\n')).to.have.length(2);
    expect(orThrow(factsFromText(text, 'facts.jsonl'))).to.deep.equal(hosts);
  });

  it('takes empty lines and line ends of Windows', () => {
    const text = factsText(hosts).replaceAll('\n', '\r\n\r\n');

    expect(orThrow(factsFromText(text, 'facts.jsonl'))).to.have.length(2);
  });

  it('tells every wrong line with its number', () => {
    const good = factsText(hosts.slice(0, 1));
    const made = factsText([lost()]).replace('"error":{', '"error":null,"x":{');
    const found = factsFromText(`${good}{"half\n${good}[]\n${made}`, 'facts.jsonl');

    expect(found.ok).to.equal(false);
    const problems = found.ok ? [] : found.problems;
    expect(problems.map(({ code, where }) => [code, where && formatWhere(where)])).to.deep.equal([
      ['E_VERIFY_FACTS', 'facts.jsonl:2'],
      ['E_VERIFY_FACTS', 'facts.jsonl:4'],
      ['E_VERIFY_FACTS', 'facts.jsonl:5'],
    ]);
  });

  it('refuses an answer that is not of the kind of its question', () => {
    const mixed = { ...programs, answer: rules.answer } as unknown as HostFacts['answers'][number];

    expect(factsFromText(factsText([document({ answers: [mixed] })]), 'facts.jsonl').ok).to.equal(false);
  });

  it('wants an error of a host that did not answer: its verdicts need a cause', () => {
    const text = factsText([{ ...lost(), error: null }]);

    expect(factsFromText(text, 'facts.jsonl').ok).to.equal(false);
  });

  it('refuses a file without a host, and stops after twenty problems', () => {
    expect(factsFromText('\n', 'facts.jsonl').ok).to.equal(false);
    const many = factsFromText('x\n'.repeat(1000), 'facts.jsonl');
    expect(many.ok ? [] : many.problems).to.have.length(20);
  });

  it('crashes over nothing', () => {
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc.object().map((value) => JSON.stringify({ ...hosts[0], ...value })),
      fc.array(fc.object()).map((answers) => JSON.stringify({ ...hosts[0], answers })),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        factsFromText(lines.join('\n'), 'facts.jsonl');
      }),
      { numRuns: 200 },
    );
  });
});
