import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule, type Answer } from './call-module.js';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

describe('win_stat', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
    machine.makeFolder('C:\\data\\sub');
    machine.writeFile('C:\\data\\a.txt', Buffer.from('a'));
    machine.writeFile('C:\\data\\sub\\b.txt', Buffer.from('bb'));
  });
  const call = (name: string, args: JsonObject, check = false): Promise<Answer> =>
    callModule(machine, name, args, { check });

  it('describes a file', async () => {
    const { result } = await call('ansible.legacy.stat', { path: 'c:\\DATA\\a.txt' });

    expect(result['stat']).to.include({
      exists: true,
      isreg: true,
      isdir: false,
      size: 1,
      checksum: sha1('a'),
      extension: '.txt',
      filename: 'a.txt',
      path: 'C:\\data\\a.txt',
      attributes: 'Archive',
    });
  });

  it('describes a folder with all that is in it', async () => {
    const { result } = await call('win_stat', { path: 'C:\\data' });

    expect(result['stat']).to.include({ exists: true, isdir: true, isreg: false, size: 3 });
    expect(result['stat']).not.to.have.property('checksum');
  });

  it('leaves out what is not wanted', async () => {
    const { result } = await call('win_stat', {
      path: 'C:\\data\\a.txt',
      get_checksum: false,
      get_size: false,
    });

    expect(result['stat']).not.to.have.any.keys('checksum', 'size');
  });

  it('knows when there is nothing', async () => {
    expect((await call('win_stat', { path: 'C:\\none' })).result['stat']).to.deep.equal({ exists: false });
  });
});
