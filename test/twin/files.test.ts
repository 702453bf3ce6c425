import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { makeRig, type Rig } from './rig.js';

describe('files of the twin', () => {
  let rig: Rig;
  let outside: string;
  beforeEach(async () => {
    rig = await makeRig();
    outside = await mkdtemp(join(tmpdir(), 'lyncimg-outside-'));
  });
  afterEach(async () => {
    await rig.close();
    await rm(outside, { recursive: true });
  });

  describe('on the media disc E:', () => {
    it('are found in any case and with either slash', async () => {
      await rig.put('hotfixes/Setup.exe', 'content');

      expect(await rig.machine.stat('e:/HOTFIXES/setup.EXE')).to.include({
        path: 'E:\\hotfixes\\Setup.exe',
        isDirectory: false,
        sizeBytes: 7,
        readOnly: true,
      });
      expect((await rig.machine.readFile('E:\\hotfixes\\setup.exe'))?.toString()).to.equal('content');
      expect(await rig.machine.listFolder('E:\\')).to.deep.equal(['hotfixes']);
      expect(await rig.machine.hashFile('E:\\hotfixes\\setup.exe', 'sha1')).to.equal(
        '040f06fd774092478d450774f5ba30c5da78acc8',
      );
    });

    it('cannot be written', () => {
      const outcome = rig.machine.writeFile('E:\\new.txt', Buffer.from('x'));
      expect(outcome.ok).to.equal(false);
      if (!outcome.ok) expect(outcome.error.hresult).to.equal('0x80070013');
    });

    it('end at the folder: no dots, no links, no streams lead out', async () => {
      await writeFile(join(outside, 'secret.txt'), 'secret');
      await symlink(outside, join(rig.media, 'link'));
      await symlink(join(outside, 'secret.txt'), join(rig.media, 'link.txt'));
      const name = outside.split('/').at(-1) ?? '';

      for (const path of [
        `E:\\..\\${name}\\secret.txt`,
        `E:/../../..${outside}/secret.txt`,
        'E:\\link\\secret.txt',
        'E:\\link.txt',
        'E:\\hotfixes\\..\\..\\secret.txt',
        `E:${outside}/secret.txt`,
        `E:secret.txt`,
        `\\\\?\\E:\\..\\${name}\\secret.txt`,
        'E:\\link.txt::$DATA',
      ])
        expect(await rig.machine.readFile(path), path).to.equal(undefined);
      expect(await rig.machine.listFolder('E:\\')).to.deep.equal([]);
    });
  });

  describe('on C:', () => {
    const file = 'C:\\Windows\\Temp\\Script.ps1';

    it('are kept in the state with their spelling, found in any case', async () => {
      expect(rig.machine.writeFile(file, Buffer.from('hello'))).to.deep.equal({ ok: true });

      expect((await rig.machine.readFile('c:/windows/TEMP/script.PS1'))?.toString()).to.equal('hello');
      expect(await rig.machine.stat(file)).to.include({ path: file, sizeBytes: 5, isDirectory: false });
      expect(await rig.machine.listFolder('C:\\Windows\\Temp')).to.deep.equal(['Script.ps1']);
    });

    it('need their folder', async () => {
      const path = 'C:\\made\\by\\hand.txt';
      expect(rig.machine.writeFile(path, Buffer.from('x')).ok).to.equal(false);
      expect(rig.machine.makeFolder('C:\\made\\by').ok).to.equal(true);
      expect(rig.machine.writeFile(path, Buffer.from('x')).ok).to.equal(true);
      expect((await rig.machine.stat('C:\\MADE'))?.isDirectory).to.equal(true);
      expect(rig.machine.removePath('C:\\made').ok).to.equal(true);
      expect(await rig.machine.stat(path)).to.equal(undefined);
      expect(rig.machine.removePath('C:\\made').ok).to.equal(true);
    });

    it('are small, and few enough for one state', () => {
      expect(rig.machine.writeFile(file, Buffer.alloc(5 * 1024 * 1024)).ok).to.equal(false);
      const results = Array.from({ length: 9 }, (_, index) =>
        rig.machine.writeFile(`C:\\Windows\\Temp\\${index}.bin`, Buffer.alloc(4 * 1024 * 1024)),
      );
      expect(results.map(({ ok }) => ok)).to.deep.equal([...Array<boolean>(8).fill(true), false]);
    });

    it('have names that Windows takes; folders of Windows stay', () => {
      for (const path of [
        'C:\\a<b',
        'C:\\Windows\\Temp\\a:stream',
        'temp\\x',
        '\\\\server\\share\\x',
        'D:\\x',
      ])
        expect(rig.machine.writeFile(path, Buffer.from('x')).ok, path).to.equal(false);
      expect(rig.machine.removePath('C:\\Windows').ok).to.equal(false);
      expect(rig.machine.writeFile('C:\\Windows', Buffer.from('x')).ok).to.equal(false);
    });
  });

  it('are named with the environment of an administrator', () => {
    expect(rig.machine.expandEnvironment('%temp%\\x %NOPE% 100%')).to.equal(
      'C:\\Users\\Administrator\\AppData\\Local\\Temp\\x %NOPE% 100%',
    );
  });
});
