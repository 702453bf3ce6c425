import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import type { CimRow } from '../../src/requirements/index.js';
import {
  reportOn,
  saysItIsATwin,
  versionOfIdentify,
  type FactsDocument,
  type VerifyReport,
} from '../../src/verify/index.js';
import { cimAnswer, document, house, kindOf, osAnswer, requirement, serverRow } from './fixtures.js';

const all = { kindOf, gate: false, stage: 'all' as VerifyReport['stage'] };
const question = { role: 'house', os: house, requirements: [requirement('lamp', 'hall')] };
const lamps = cimAnswer('Test_Lamp', ['Name', 'State'], [{ Name: 'hall', State: 'on' }]);
const hidden: FactsDocument['identity'] = {
  vendor: 'Microsoft',
  version: 'OS: 0.0.0 SP: 0.0',
  rehearsal: false,
};
const windowsHidden = { ...document(), identity: hidden };

function errorOf(work: () => unknown): LyncimgError {
  try {
    work();
  } catch (error) {
    expect(error).to.be.instanceOf(LyncimgError);
    return error as LyncimgError;
  }
  return expect.fail('nothing was thrown');
}

describe('reportOn', () => {
  it('puts verdicts, counts, host and time together', () => {
    const report = reportOn(document({ answers: [osAnswer(), lamps] }), question, all);

    expect(report).to.deep.include({
      apiVersion: 'lyncimg/v1',
      kind: 'VerifyReport',
      host: 'fe01:5986',
      role: 'house',
      os: { expected: '2012r2', found: '6.3.9600' },
      stage: 'all',
      rehearsal: false,
      startedAt: '2026-11-23T10:00:00.000Z',
      finishedAt: '2026-11-23T10:00:01.204Z',
      counts: { pass: 1, warn: 0, fail: 0, unknown: 0, 'after-deployment': 0 },
    });
    expect(report.verdicts.map(({ id, verdict }) => [id, verdict])).to.deep.equal([['lamp/hall', 'pass']]);
  });

  it('judges the same facts again by another question, without the machine', () => {
    const kept = document({ answers: [osAnswer(), lamps] });
    const other = { ...question, role: 'other', requirements: [requirement('lamp', 'cellar')] };

    expect(reportOn(kept, question, all)).to.deep.equal(reportOn(kept, question, all));
    expect(reportOn(kept, other, all).counts).to.include({ fail: 1 });
  });

  it('says that it is a rehearsal when a twin answered', () => {
    const identity = { vendor: 'lyncimg twin', version: 'OS: 6.3.9600 SP: 0.0 Stack: 3.0', rehearsal: true };

    expect(reportOn(document({ identity, answers: [osAnswer()] }), question, all).rehearsal).to.equal(true);
  });

  const others: [string, CimRow, RegExp][] = [
    [
      'an older server',
      { ...serverRow, Version: '6.1.7601', Caption: 'Windows Server 2008 R2' },
      /2008 R2 \(6\.1\.7601\)/,
    ],
    [
      'a workstation of the same version',
      { ...serverRow, ProductType: '1', Caption: 'Windows 8.1 Pro' },
      /Windows 8\.1 Pro/,
    ],
  ];
  for (const [what, row, found] of others) {
    it(`is an error for ${what}, not a page of failures`, () => {
      const error = errorOf(() => reportOn(document({ answers: [osAnswer(row), lamps] }), question, all));

      expect(error.code).to.equal('E_VERIFY_OS');
      expect(error.exitCode).to.equal(2);
      expect(error.where).to.deep.equal({ host: 'fe01:5986' });
      expect(error.message)
        .to.match(found)
        .and.match(/Windows Server 2012 R2 \(6\.3\.9600\)/);
    });
  }

  it('takes the version from Identify when Win32_OperatingSystem cannot be read', () => {
    expect(reportOn(document({ answers: [lamps] }), question, all)).to.deep.include({
      os: { expected: '2012r2', found: '6.3.9600' },
    });

    const identity = { vendor: 'Microsoft', version: 'OS: 6.2.9200 SP: 0.0 Stack: 3.0', rehearsal: false };
    expect(errorOf(() => reportOn(document({ identity, answers: [lamps] }), question, all)).code).to.equal(
      'E_VERIFY_OS',
    );
  });

  const odd: [string, FactsDocument['answers']][] = [
    ['no row', [cimAnswer('Win32_OperatingSystem', ['Caption', 'ProductType', 'Version'], [])]],
    [
      'two rows',
      [cimAnswer('Win32_OperatingSystem', ['Caption', 'ProductType', 'Version'], [serverRow, serverRow])],
    ],
    ['a row without a version', [osAnswer({ Caption: 'Windows', ProductType: '3' })]],
    ['a null for a version', [osAnswer({ ...serverRow, Version: null })]],
    ['words for a version', [osAnswer({ ...serverRow, Version: 'the newest' })]],
    ['a list for a version', [osAnswer({ ...serverRow, Version: ['6.3.9600', '6.3.9600'] })]],
  ];
  for (const [what, answers] of odd) {
    it(`knows nothing, and passes nothing, when the operating system is answered with ${what}`, () => {
      const report = reportOn({ ...windowsHidden, answers: [...answers, lamps] }, question, all);

      expect(report.os.found).to.equal(null);
      expect(report.counts).to.include({ pass: 0, unknown: 1 });
      expect(report.verdicts[0]?.cause).to.match(/^which Windows this is, is not known: /);
    });
  }
});

describe('versionOfIdentify', () => {
  it('reads the version, and knows when a host hides it', () => {
    expect(versionOfIdentify('OS: 6.3.9600 SP: 0.0 Stack: 3.0')).to.equal('6.3.9600');
    expect(versionOfIdentify('OS: 0.0.0 SP: 0.0 Stack: 3.0')).to.equal(null);
    expect(versionOfIdentify('')).to.equal(null);
    expect(versionOfIdentify('Linux')).to.equal(null);
  });
});

describe('saysItIsATwin', () => {
  it('is true for a guest that says so, and for nothing else', () => {
    expect(saysItIsATwin({ productVendor: 'lyncimg twin', productVersion: 'OS: 6.3.9600' })).to.equal(true);
    expect(
      saysItIsATwin({ productVendor: 'Microsoft Corporation', productVersion: 'OS: 6.3.9600' }),
    ).to.equal(false);
    expect(saysItIsATwin({ productVendor: 'Twin Peaks Inc.', productVersion: '' })).to.equal(false);
  });
});
