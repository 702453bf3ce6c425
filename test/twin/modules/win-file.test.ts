import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule, type Answer } from './call-module.js';

describe('win_file', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
    machine.makeFolder('C:\\data\\sub');
    machine.writeFile('C:\\data\\a.txt', Buffer.from('a'));
    machine.writeFile('C:\\data\\sub\\b.txt', Buffer.from('bb'));
  });
  const call = (name: string, args: JsonObject, check = false): Promise<Answer> =>
    callModule(machine, name, args, { check });
  const read = async (path: string): Promise<string | undefined> =>
    (await machine.readFile(path))?.toString();

  it('makes folders with their parents, once', async () => {
    const args = { path: 'C:\\x\\y', state: 'directory' };

    expect((await call('win_file', args, true)).result).to.include({ changed: true });
    expect(await machine.stat('C:\\x')).to.equal(undefined);
    expect((await call('win_file', args)).result).to.include({ changed: true });
    expect((await call('win_file', args)).result).to.include({ changed: false });
  });

  it('removes, once', async () => {
    expect((await call('win_file', { path: 'C:\\data', state: 'absent' })).result).to.include({
      changed: true,
    });
    expect((await call('win_file', { path: 'C:\\data', state: 'absent' })).result).to.include({
      changed: false,
    });
  });

  it('touches', async () => {
    expect((await call('win_file', { path: 'C:\\data\\new', state: 'touch' })).result).to.include({
      changed: true,
    });
    expect(await read('C:\\data\\new')).to.equal('');
    expect((await call('win_file', { path: 'C:\\data\\a.txt', state: 'touch' })).result).to.include({
      changed: true,
    });
    expect(await read('C:\\data\\a.txt')).to.equal('a');
  });

  for (const [what, args, message] of [
    ['a file for a folder', { path: 'C:\\data\\a.txt', state: 'directory' }, 'is not a directory'],
    ['a folder for a file', { path: 'C:\\data', state: 'file' }, 'path C:\\data is not a file'],
    ['a file that is not there', { path: 'C:\\data\\none' }, 'path C:\\data\\none will not be created'],
    ['a folder on the disc', { path: 'E:\\x', state: 'directory' }, 'write protected'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { result } = await call('win_file', args);

      expect(result['msg']).to.contain(message);
    });
  }
});
