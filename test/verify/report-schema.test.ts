import Ajv2020 from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readFile } from 'node:fs/promises';
import { orThrow, ProblemsError } from '../../src/errors/index.js';
import {
  readinessReport,
  readinessReportJsonSchema,
  verifyReport,
  verifyReportFromJson,
  verifyReportJsonSchema,
  type RoleReadiness,
} from '../../src/verify/index.js';
import { hostReport, oneOfEach, report, silentReport, verdict } from '../report/fixtures.js';

const file = new URL('../../schemas/verify-report.schema.json', import.meta.url);
const good = report(oneOfEach);

describe('schemas/verify-report.schema.json', () => {
  it('is the schema of the code (npm run docs)', async () => {
    expect(JSON.parse(await readFile(file, 'utf8'))).to.deep.equal(verifyReportJsonSchema());
  });

  it('takes a report and refuses what is none, by another validator than ours', async () => {
    const schema = JSON.parse(await readFile(file, 'utf8')) as object;
    const validate = new Ajv2020.default({ strict: true, formats: { 'date-time': true } }).compile(schema);

    expect(validate(good), JSON.stringify(validate.errors)).to.equal(true);
    expect(validate({ ...good, extra: 1 })).to.equal(false);
    expect(validate(JSON.parse(JSON.stringify(good).replace('"pass"', '"waived"')))).to.equal(false);
  });

  it('takes a fleet, one that did not answer, and evidence', async () => {
    const schema = JSON.parse(await readFile(file, 'utf8')) as object;
    const validate = new Ajv2020.default({ strict: true, formats: { 'date-time': true } }).compile(schema);
    const query = 'select Name from Win32_Service (root/cimv2)';
    const evidence = [{ query, asked: true, rows: 1, shown: ['Name = "W3SVC"'], cause: null }];
    const fleet = verifyReport([
      hostReport([verdict('service/w3svc', 'pass', { evidence })]),
      silentReport('nobody listens', [verdict('os/version', 'unknown', { source: null })]),
    ]);

    expect(validate(fleet), JSON.stringify(validate.errors)).to.equal(true);
  });
});

describe('schemas/readiness-report.schema.json', () => {
  const readiness = new URL('../../schemas/readiness-report.schema.json', import.meta.url);

  it('is the schema of the code (npm run docs)', async () => {
    expect(JSON.parse(await readFile(readiness, 'utf8'))).to.deep.equal(readinessReportJsonSchema());
  });

  it('takes a report, by another validator than ours', async () => {
    const schema = JSON.parse(await readFile(readiness, 'utf8')) as object;
    const validate = new Ajv2020.default({ strict: true, formats: { 'date-time': true } }).compile(schema);
    const { reports, ...host } = hostReport(oneOfEach);
    const role: RoleReadiness = {
      ...{ role: 'front-end', extends: null, state: 'missing', counts: reports[0]!.counts },
      ...{ missing: oneOfEach, unknown: [] },
    };

    expect(validate(readinessReport([{ ...host, roles: [role] }])), JSON.stringify(validate.errors)).to.equal(
      true,
    );
  });
});

describe('verifyReportFromJson', () => {
  it('reads what verify wrote', () => {
    expect(orThrow(verifyReportFromJson(JSON.stringify(good), 'gate.json'))).to.deep.equal(good);
  });

  const bad: [string, string, RegExp][] = [
    ['half a file', JSON.stringify(good).slice(0, 100), /not a report/],
    ['another document', '{"kind":"Plan"}', /not a report/],
    [
      'a made-up verdict',
      JSON.stringify(good).replace('"verdict":"pass"', '"verdict":"splendid"'),
      /reports\.0\.verdicts\.0\.verdict/,
    ],
    ['a count that is no count', JSON.stringify(good).replace('"fail":1', '"fail":-1'), /counts\.fail/],
    [
      'counts that do not agree with the verdicts',
      JSON.stringify(good).replace('"fail":1', '"fail":0'),
      /counts do not agree/,
    ],
  ];
  for (const [what, text, message] of bad) {
    it(`refuses ${what}`, () => {
      try {
        orThrow(verifyReportFromJson(text, 'gate.json'));
        expect.fail('was taken');
      } catch (error) {
        expect(error).to.be.instanceOf(ProblemsError);
        const [problem] = (error as ProblemsError).problems;
        expect(problem?.code).to.equal('E_VERIFY_REPORT');
        expect(problem?.message).to.match(message);
        expect(problem?.where).to.deep.equal({ file: 'gate.json' });
      }
    });
  }
});
