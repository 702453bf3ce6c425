import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keepMachine, parentOf } from '../../src/build/machine-disk.js';
import { LyncimgError } from '../../src/errors/index.js';
import { platformOf } from '../../src/platforms/index.js';
import { aLayer } from '../helpers/store-entries.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('what a layer leaves where Packer makes the machine', () => {
  const folder = temporaryFolder();
  const keep = (platform: string) =>
    keepMachine({
      layer: 'windows-base',
      platform: platformOf(platform),
      name: 'lyncimg-2012r2-windows-base-r1',
      output: join(folder.path, 'output'),
      note: join(folder.path, 'machine.json'),
    });
  const stored = (files: Record<string, string>) => ({
    manifest: { ...aLayer(), files: {} },
    folder: join(folder.path, 'layer'),
    files,
  });
  const codeOf = async (promise: Promise<unknown>): Promise<string> => {
    const error = await promise.catch((caught: unknown) => caught);
    return error instanceof LyncimgError ? error.code : 'none';
  };

  it('is every file of the output folder, and a note of the machine', async () => {
    const disks = join(folder.path, 'output/Virtual Hard Disks');
    await mkdir(disks, { recursive: true });
    await writeFile(join(disks, 'c.vhdx'), 'disk');

    const files = await keep('hyperv');
    expect(files).to.deep.equal({
      'machine.json': join(folder.path, 'machine.json'),
      'disk/Virtual Hard Disks/c.vhdx': join(disks, 'c.vhdx'),
    });
    expect(JSON.parse(await readFile(files['machine.json']!, 'utf8'))).to.deep.equal({
      name: 'lyncimg-2012r2-windows-base-r1',
      keeps: 'files',
    });
  });

  it('is a name where the hypervisor keeps the machine', async () => {
    expect(await keep('vsphere')).to.deep.equal({ 'machine.json': join(folder.path, 'machine.json') });
  });

  it('is an error where Packer left nothing', async () => {
    expect(await codeOf(keep('qemu'))).to.equal('E_BUILD_NO_DISK');
  });

  it('is what the next layer starts from: the disk in the store, or the name', async () => {
    const note = join(folder.path, 'machine.json');
    const layer = stored({ 'machine.json': note });

    await writeFile(note, '{"name":"lyncimg-a","keeps":"files"}');
    expect(await parentOf(layer, platformOf('qemu'))).to.equal(join(folder.path, 'layer/disk/disk.qcow2'));
    await writeFile(note, '{"name":"lyncimg-a","keeps":"name"}');
    expect(await parentOf(layer, platformOf('vsphere'))).to.equal('lyncimg-a');
  });

  it('is damaged where the note is none', async () => {
    const note = join(folder.path, 'machine.json');
    await writeFile(note, '{"name":"a b; rm","keeps":"name"}');

    expect(await codeOf(parentOf(stored({ 'machine.json': note }), platformOf('vsphere')))).to.equal(
      'E_STORE_CORRUPT',
    );
    expect(await codeOf(parentOf(stored({}), platformOf('vsphere')))).to.equal('E_STORE_CORRUPT');
  });
});
