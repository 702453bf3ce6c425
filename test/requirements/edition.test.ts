import { expect } from 'chai';
import { describe, it } from 'mocha';
import { edition } from '../../src/requirements/edition.js';
import type { CimRow, OsModel, RegistryAnswer } from '../../src/requirements/index.js';
import { os2008r2Of, osModelOf } from '../helpers/os-model.js';
import { context, factsOf, requirementOf, specOf } from './kit.js';

const editionOf = (title: string, skus: number[]): OsModel['editions'][number] => ({
  id: title.toLowerCase(),
  title,
  editionIds: [`Server${title}`],
  skus,
  imageName: title,
  kmsClientKey: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
});
const system = osModelOf({
  editions: [editionOf('Standard', [7, 79]), editionOf('Datacenter', [8, 80])],
});

const installation = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\InstallationType';
const judgeRow = (input: string, row: CimRow | undefined, os: OsModel = system) =>
  edition.judge(
    specOf(edition, input, os),
    factsOf({ cim: { Win32_OperatingSystem: row === undefined ? [] : [row] } }),
  );
const judgeInstallation = (answer: RegistryAnswer) =>
  edition.judge(
    specOf(edition, 'full-installation', system),
    factsOf({ registry: { [installation]: answer } }),
  );

describe('an edition', () => {
  it('is asked for in three ways, and has an id for each', () => {
    for (const input of ['supported', 'full-installation', 'service-pack'])
      expect(edition.id(specOf(edition, input, system))).to.equal(`edition/${input}`);
    expect(edition.schema.safeParse('standard').success).to.equal(false);
  });

  it('renders nothing: Windows is installed with it', () => {
    const spec = specOf(edition, 'supported', system);
    expect(edition.tasks([requirementOf(edition, spec)], context)).to.deep.equal([]);
  });

  describe('supported', () => {
    it('is one of those of the operating system, evaluation included and told apart', () => {
      expect(judgeRow('supported', { OperatingSystemSKU: 8 })).to.include({
        verdict: 'pass',
        expected: 'Standard or Datacenter',
        actual: 'Datacenter',
      });
      expect(judgeRow('supported', { operatingsystemsku: '79' })).to.include({
        verdict: 'pass',
        actual: 'Standard, evaluation',
      });
    });

    it('is no other, and names it', () => {
      for (const [sku, actual] of [
        [12, 'Datacenter, Server Core'],
        [17, 'Web'],
        [4711, 'edition number 4711'],
      ] as const)
        expect(judgeRow('supported', { OperatingSystemSKU: sku })).to.deep.include({
          verdict: 'fail',
          actual,
          fix: 'Install Standard or Datacenter.',
        });
    });
  });

  describe('full-installation', () => {
    it('is what the registry calls Server', () => {
      expect(judgeInstallation({ exists: true, data: 'Server' }).verdict).to.equal('pass');
      expect(judgeInstallation({ exists: true, data: 'Server Core' })).to.include({
        verdict: 'fail',
        actual: 'Server Core',
      });
    });

    it('is unknown where the registry does not say', () => {
      for (const answer of [
        { exists: false, missing: 'value' },
        { exists: true, otherType: true },
        { exists: true },
        { exists: true, data: '' },
        { exists: true, data: ['Server'] },
      ] as RegistryAnswer[])
        expect(judgeInstallation(answer).verdict).to.equal('unknown');
    });
  });

  describe('service-pack', () => {
    const old = os2008r2Of();

    it('is the one of the operating system or a later one', () => {
      expect(judgeRow('service-pack', { ServicePackMajorVersion: 0 }, old)).to.include({
        verdict: 'fail',
        actual: 'no service pack',
        fix: 'Install service pack 1.',
      });
      for (const found of [1, '2'])
        expect(judgeRow('service-pack', { ServicePackMajorVersion: found }, old).verdict).to.equal('pass');
    });

    it('is any where the operating system has none', () => {
      expect(judgeRow('service-pack', { ServicePackMajorVersion: 0 })).to.include({
        verdict: 'pass',
        expected: 'any service pack or none',
      });
    });
  });

  it('is unknown where Windows gives no row, or no number', () => {
    for (const input of ['supported', 'service-pack']) {
      expect(judgeRow(input, undefined)).to.deep.include({
        verdict: 'unknown',
        cause: 'Win32_OperatingSystem gave no row',
      });
      for (const value of [null, '', 'seven', -1, ['7', '8']])
        expect(
          judgeRow(input, { OperatingSystemSKU: value, ServicePackMajorVersion: value }).verdict,
        ).to.equal('unknown');
    }
  });
});
