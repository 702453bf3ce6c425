import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule } from './call-module.js';

const path = 'HKLM:\\SOFTWARE\\Lyncimg';

describe('win_reg_stat', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
    machine.createRegistryKey(`${path}\\Below`);
    machine.setRegistryValue(path, 'Number', { type: 'dword', data: '4294967295' });
    machine.setRegistryValue(path, 'Long', { type: 'qword', data: '18446744073709551615' });
    machine.setRegistryValue(path, 'Text', { type: 'string', data: '5.1' });
    machine.setRegistryValue(path, 'Place', { type: 'expandstring', data: '%SystemRoot%\\x' });
    machine.setRegistryValue(path, 'Bytes', { type: 'binary', data: '00ff' });
  });
  const stat = async (args: JsonObject): Promise<JsonObject> =>
    (await callModule(machine, 'ansible.windows.win_reg_stat', { path, ...args })).result;

  it('tells a value with its type, without changing anything', async () => {
    expect(await stat({ name: 'Number' })).to.include({ changed: false, exists: true, type: 'REG_DWORD' });
    expect((await stat({ name: 'number' }))['value']).to.equal(4294967295);
    expect(String((await stat({ name: 'Long' }))['value'])).to.equal('18446744073709551615');
    expect(await stat({ name: 'Text' })).to.include({ type: 'REG_SZ', value: '5.1', raw_value: '5.1' });
    expect(await stat({ name: 'Place' })).to.include({
      value: 'C:\\Windows\\x',
      raw_value: '%SystemRoot%\\x',
    });
    expect(await stat({ name: 'Bytes' })).to.deep.include({ value: [0, 255], raw_value: ['0x00', '0xff'] });
  });

  it('says of a value or a key that is not there that it does not exist', async () => {
    expect(await stat({ name: 'Nothing' })).to.deep.equal({ changed: false, exists: false });
    expect(await stat({ path: `${path}\\Nowhere`, name: 'Text' })).to.include({ exists: false });
  });

  it('lists a key where no value is named', async () => {
    const result = await stat({});
    expect(result['sub_keys']).to.deep.equal(['Below']);
    expect(result['properties']).to.have.all.keys('Number', 'Long', 'Text', 'Place', 'Bytes');
  });

  it('refuses a path without a hive', async () => {
    expect(await stat({ path: 'SOFTWARE\\Lyncimg' })).to.include({ failed: true });
  });
});
