import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../../src/twin/machine-model.js';
import { splitWords } from '../../../../src/twin/shell/command-words.js';
import { runReg } from '../../../../src/twin/shell/programs/reg.js';
import type { CommandResult } from '../../../../src/twin/shell/result.js';
import { modelledMachine } from '../../../helpers/modelled-machine.js';

const key = 'HKLM\\SOFTWARE\\Contoso';

describe('reg.exe', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const reg = (line: string): CommandResult | undefined => runReg(machine, splitWords(line));

  it('adds values of the usual types', () => {
    for (const [type, data] of [
      ['REG_SZ', '"two words"'],
      ['reg_expand_sz', '%TEMP%'],
      ['REG_DWORD', '0x10'],
      ['REG_BINARY', '0AFF'],
    ])
      expect(reg(`add ${key} /v ${type} /t ${type} /d ${data} /f`), type).to.include({ exitCode: 0 });

    expect(machine.registryValues(key)?.map(({ type, data }) => [type, data])).to.deep.equal([
      ['string', 'two words'],
      ['expandstring', '%TEMP%'],
      ['dword', '16'],
      ['binary', '0aff'],
    ]);
  });

  it('makes a key, and sets its default value', () => {
    reg(`add ${key}\\Empty`);
    reg(`add ${key} /ve /d x`);
    expect(machine.registryKeyExists(`${key}\\Empty`)).to.equal(true);
    expect(machine.registryValue(key, '')?.data).to.equal('x');
  });

  it('shows a key or one value', () => {
    reg(`add ${key} /v Number /t REG_DWORD /d 255`);
    reg(`add ${key}\\Below`);
    expect(reg(`query ${key}`)?.stdout).to.equal(
      `\r\n${key}\r\n    Number    REG_DWORD    0xff\r\n\r\n${key}\\Below\r\n`,
    );
    expect(reg(`query ${key} /v number`)?.stdout).to.contain('    Number    REG_DWORD    0xff');
    expect(reg(`query ${key} /v none`)).to.include({ exitCode: 1 });
  });

  it('deletes what is there', () => {
    reg(`add ${key} /v a /d x`);
    expect(reg(`delete ${key} /v a /f`)).to.include({ exitCode: 0 });
    expect(reg(`delete ${key} /v a /f`)).to.include({ exitCode: 1 });
    expect(reg(`delete ${key} /f`)).to.include({ exitCode: 0 });
    expect(machine.registryKeyExists(key)).to.equal(false);
  });

  it('asks nobody, and knows no other forms', () => {
    reg(`add ${key} /v a /d x`);
    for (const line of [
      '',
      `add ${key} /v a /d y`,
      `add ${key} /v b /t REG_DWORD /d many`,
      `add ${key} /v b /t REG_BINARY /d 1`,
      `add ${key} /v b /t REG_NONE`,
      `delete ${key}`,
      `query ${key} /s`,
      'query SOFTWARE',
      'import x.reg',
    ])
      expect(reg(line), line).to.equal(undefined);
  });
});
