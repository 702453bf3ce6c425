import { expect } from 'chai';
import { describe, it } from 'mocha';
import { hardware } from '../../src/requirements/hardware.js';
import type { CimRow, CimValue } from '../../src/requirements/index.js';
import { factsOf, refusals, specOf } from './kit.js';

const gigabyte = 2 ** 30;
const memory = (...rows: CimRow[]) =>
  hardware.judge(specOf(hardware, { memoryGb: 32 }), factsOf({ cim: { Win32_ComputerSystem: rows } }));
const cores = (...counts: CimValue[]) =>
  hardware.judge(
    specOf(hardware, { cores: 12 }),
    factsOf({ cim: { Win32_Processor: counts.map((NumberOfCores) => ({ NumberOfCores })) } }),
  );

describe('a hardware requirement', () => {
  it('is one figure of a deployed machine', () => {
    expect(hardware.stage).to.equal('machine');
    expect(refusals(hardware, {})).to.match(/either memoryGb or cores/);
    expect(refusals(hardware, { memoryGb: 32, cores: 12 })).to.match(/either/);
    expect(hardware.schema.safeParse({ cores: 0 }).success).to.equal(false);
    expect(hardware.id(specOf(hardware, { memoryGb: 32 }))).to.equal('hardware/memory');
    expect(hardware.id(specOf(hardware, { cores: 12 }))).to.equal('hardware/cores');
  });

  it('forgives the part of the memory that firmware keeps, 5 % at most', () => {
    expect(memory({ TotalPhysicalMemory: String(32 * gigabyte) }).verdict).to.equal('pass');
    expect(memory({ TotalPhysicalMemory: 31 * gigabyte })).to.include({
      verdict: 'pass',
      actual: '31 GB of memory',
    });
    expect(memory({ TotalPhysicalMemory: 30 * gigabyte })).to.include({
      verdict: 'fail',
      actual: '30 GB of memory',
    });
  });

  it('counts the cores of all processors', () => {
    expect(cores(6, '6')).to.include({ verdict: 'pass', actual: '12 processor cores' });
    expect(cores(4, 4)).to.include({ verdict: 'fail', actual: '8 processor cores' });
  });

  it('asks processors for nothing that must be measured first', () => {
    expect(hardware.facts(specOf(hardware, { cores: 12 }))).to.have.deep.nested.property('[0].properties', [
      'DeviceID',
      'NumberOfCores',
    ]);
  });

  it('is unknown where Windows does not say', () => {
    expect(memory().verdict).to.equal('unknown');
    expect(cores().verdict).to.equal('unknown');
    for (const value of [null, '', 'many', -1]) {
      expect(memory({ TotalPhysicalMemory: value }).verdict).to.equal('unknown');
      expect(cores(12, value).verdict).to.equal('unknown');
    }
  });
});
