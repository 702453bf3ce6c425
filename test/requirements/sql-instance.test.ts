import { expect } from 'chai';
import { describe, it } from 'mocha';
import { sqlInstance } from '../../src/requirements/sql-instance.js';
import type { RegistryValuesAnswer } from '../../src/requirements/index.js';
import { factsOf, refusals, specOf } from './kit.js';

const key = 'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\Instance Names\\SQL';
const judge = (answer: RegistryValuesAnswer) =>
  sqlInstance.judge(
    specOf(sqlInstance, { name: 'rtclocal' }),
    factsOf({ registryValues: { [key]: answer } }),
  );

describe('an instance of SQL Server', () => {
  it('is a thing of deployed machines, by its name in any case', () => {
    expect(sqlInstance.stage).to.equal('machine');
    expect(sqlInstance.id(specOf(sqlInstance, { name: 'RtcLocal' }))).to.equal('sqlInstance/rtclocal');
    expect(refusals(sqlInstance, { name: 'a b' })).to.match(/16 letters/);
    expect(refusals(sqlInstance, { name: 'SEVENTEENLETTERS1' })).to.match(/16 letters/);
  });

  it('is there when the registry lists it', () => {
    const values = [
      { name: 'LYNCLOCAL', data: 'MSSQL11.LYNCLOCAL' },
      { name: 'RTCLocal', data: 'MSSQL11.RTCLOCAL' },
    ];
    expect(judge({ exists: true, values })).to.include({
      verdict: 'pass',
      actual: 'instance RTCLOCAL (MSSQL11.RTCLOCAL)',
    });
    expect(judge({ exists: true, values: [{ name: 'RTCLOCAL', data: '' }] })).to.include({
      verdict: 'pass',
      actual: 'instance RTCLOCAL',
    });
    expect(judge({ exists: true, values: values.slice(0, 1) })).to.include({
      verdict: 'fail',
      actual: 'only LYNCLOCAL',
    });
  });

  it('is not there without SQL Server', () => {
    for (const answer of [{ exists: false }, { exists: true, values: [] }] as RegistryValuesAnswer[])
      expect(judge(answer)).to.include({ verdict: 'fail', actual: 'no instance of SQL Server' });
  });
});
