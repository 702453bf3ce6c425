import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule, type Answer } from './call-module.js';
import { makeZip } from './make-zip.js';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

describe('win_copy', () => {
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

  it('answers which files and folders must be sent', async () => {
    const same = { src: '/l/a.txt', dest: 'a.txt', checksum: sha1('a') };
    const other = { src: '/l/b.txt', dest: 'sub/b.txt', checksum: sha1('x') };
    const missing = { src: '/l/c.txt', dest: 'c.txt', checksum: sha1('c') };
    const folder = { src: '/l/new', dest: 'new' };
    const args = {
      _copy_mode: 'query',
      dest: 'C:\\data',
      files: [same, other, missing],
      directories: [folder, { src: '/l/sub', dest: 'sub' }],
    };

    const { result } = await call('win_copy', args);
    const { result: kept } = await call('win_copy', { ...args, force: false });

    expect(result).to.deep.equal({
      changed: false,
      files: [other, missing],
      directories: [folder],
      symlinks: [],
    });
    expect(kept['files']).to.deep.equal([missing]);
  });

  it('takes one file that was sent into place', async () => {
    const args = { src: 'C:\\data\\a.txt', _original_basename: 'z.txt' };

    expect((await call('win_copy', { ...args, dest: 'C:\\data\\sub' })).result).to.deep.equal({
      changed: true,
    });
    expect(await read('C:\\data\\sub\\z.txt')).to.equal('a');
    expect((await call('win_copy', { ...args, dest: 'C:\\no\\file' })).result['msg']).to.equal(
      "Destination directory 'C:\\no' does not exist",
    );
  });

  it('unpacks a tree that was sent, and only below its destination', async () => {
    const name = (path: string): string => Buffer.from(path).toString('base64');
    const good = makeZip([
      { name: `${name('deep')}/`, data: '', method: 0 },
      { name: name('deep/x.txt'), data: 'deflated '.repeat(50), method: 8 },
      { name: name('y.txt'), data: 'stored', method: 0 },
    ]);
    machine.writeFile('C:\\data\\source.zip', good);
    machine.writeFile('C:\\data\\bad.zip', makeZip([{ name: name('../x'), data: 'x', method: 0 }]));
    const args = { _copy_mode: 'explode', dest: 'C:\\out\\' };

    const { result } = await call('win_copy', { ...args, src: 'C:\\data\\source.zip' });
    const { result: escaping } = await call('win_copy', { ...args, src: 'C:\\data\\bad.zip' });
    const { result: broken } = await call('win_copy', { ...args, src: 'C:\\data\\a.txt' });

    expect(result).to.deep.equal({ changed: true });
    expect(await read('C:\\out\\deep\\x.txt')).to.equal('deflated '.repeat(50));
    expect(await read('C:\\out\\y.txt')).to.equal('stored');
    expect(escaping['msg']).to.contain('leaves the destination');
    expect(broken['msg']).to.contain('is not a zip file');
  });

  it('copies on the machine, once', async () => {
    const args = { _copy_mode: 'remote', src: 'C:\\data', dest: 'C:\\copy' };

    const { result: checked } = await call('win_copy', args, true);
    const { result: first } = await call('win_copy', args);
    const { result: second } = await call('win_copy', args);

    expect(checked).to.include({ changed: true, size: null });
    expect(first).to.deep.equal({
      changed: true,
      src: 'C:\\data',
      dest: 'C:\\copy\\data',
      operation: 'folder_copy',
      size: 3,
    });
    expect(second).to.include({ changed: false });
    expect(await read('C:\\copy\\data\\sub\\b.txt')).to.equal('bb');
  });

  it('copies one file on the machine', async () => {
    const args = { _copy_mode: 'remote', src: 'C:\\data\\a.txt', dest: 'C:\\data\\sub\\' };

    expect((await call('win_copy', args)).result).to.include({
      changed: true,
      dest: 'C:\\data\\sub\\a.txt',
      checksum: sha1('a'),
      original_basename: 'a.txt',
      operation: 'file_copy',
    });
    expect((await call('win_copy', args)).result).to.include({ changed: false });
    expect((await call('win_copy', { ...args, src: 'C:\\none' })).result['msg']).to.equal(
      "Cannot copy src file: 'C:\\none' as it does not exist",
    );
  });

  it('refuses by name to keep a backup', async () => {
    const { result } = await call('win_copy', { src: 'C:\\data\\a.txt', dest: 'C:\\x', backup: true });

    expect(result['msg']).to.equal('the twin does not model win_copy with backup');
  });
});
