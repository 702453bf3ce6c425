import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { z } from 'zod';
import {
  checkDiscTools,
  checkFirmware,
  checkPlatformTools,
  inspectPlatformTools,
} from '../../src/doctor/check-platform-tools.js';
import type { Finding } from '../../src/doctor/index.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { inShort, machineOf, placeOf } from './kit.js';

const tool = {
  command: 'VBoxManage',
  what: 'makes and runs the machine',
  install: 'install Oracle VirtualBox',
};
const qemu = {
  command: 'qemu-system-x86_64',
  what: 'runs the machine',
  install: 'apt-get install qemu-system-x86',
};

describe('the programs of a platform', () => {
  const folder = temporaryFolder();
  const look = async (place: ReturnType<typeof placeOf>, timeoutMs = 5000): Promise<Finding[]> =>
    checkPlatformTools(place, await inspectPlatformTools(place, { PATH: folder.path }, timeoutMs));

  it('are told with version and place', async () => {
    await scriptTool(folder.path, 'VBoxManage', 'echo 7.0.10r158379');

    const [finding] = await look(placeOf({ tools: [tool] }));

    expect(finding).to.include({ check: 'platform-tools', level: 'ok' });
    expect(finding?.what).to.contain('7.0.10').and.contain(folder.path);
    expect(finding?.detail).to.contain('makes and runs the machine');
  });

  it('that are missing are a problem, with the way to install them', async () => {
    const [finding] = await look(placeOf({ tools: [tool] }));

    expect(finding).to.include({ level: 'problem' });
    expect(finding?.what).to.contain('VBoxManage');
    expect(finding?.fix).to.deep.equal(['install Oracle VirtualBox']);
  });

  it('that are there and tell no version are unknown', async () => {
    await scriptTool(folder.path, 'VBoxManage', 'echo usage; exit 1');

    const [finding] = await look(placeOf({ tools: [tool] }));

    expect(finding).to.include({ level: 'unknown' });
    expect(finding?.detail).to.contain('usage');
  });

  it('are looked for where a setting says that the emulator is', async () => {
    const settings = z.strictObject({ binary: z.string().default('qemu-system-x86_64') });
    const path = await scriptTool(folder.path, 'own-qemu', 'echo "QEMU emulator version 9.2.0"');
    const of = (binary: string) => placeOf({ tools: [qemu], settings }, { binary });

    expect((await look(of(path)))[0]?.what)
      .to.contain('9.2.0')
      .and.contain(path);
    expect((await look(of('own-qemu')))[0]).to.include({ level: 'ok' });
    expect((await look(of(join(folder.path, 'gone/own-qemu'))))[0]).to.include({ level: 'problem' });
    expect((await look(placeOf({ tools: [qemu], settings })))[0]).to.include({ level: 'problem' });
  });
});

describe('the files of UEFI firmware', () => {
  const folder = temporaryFolder();
  const uefi = machineOf({ spec: { firmware: 'uefi' } });
  const settings = z.strictObject({ efiCode: z.string(), efiVars: z.string() });

  it('are looked for where the machine boots with it', async () => {
    const code = join(folder.path, 'CODE.fd');
    await writeFile(code, 'x');
    const place = placeOf({ settings }, { efiCode: code, efiVars: join(folder.path, 'VARS.fd') });

    const findings = await checkFirmware({ place, machine: uefi });

    expect(inShort(findings)).to.deep.equal(['platform-tools problem']);
    expect(findings[0]?.what).to.contain('VARS.fd');
    expect(findings[0]?.fix[0]).to.equal('apt-get install ovmf');
    expect(await checkFirmware({ place, machine: machineOf() })).to.deep.equal([]);
    expect(await checkFirmware({ place: placeOf(), machine: uefi })).to.deep.equal([]);
  });
});

describe('the programs that make discs', () => {
  const folder = temporaryFolder();
  const look = (discs: 'images' | 'uploaded' | 'folders') =>
    checkDiscTools({ place: placeOf({ discs }), env: { PATH: folder.path } });

  it('are found where the build makes discs', async () => {
    await scriptTool(folder.path, 'xorriso', 'echo "xorriso 1.5.4 : RockRidge filesystem manipulator"');

    const [finding] = await look('images');

    expect(finding).to.include({ check: 'disc-tools', level: 'ok' });
    expect(finding?.what).to.contain('xorriso 1.5.4');
  });

  it('that are missing are a problem with the command that installs one', async () => {
    const [finding] = await look('images');

    expect(finding).to.include({ check: 'disc-tools', level: 'problem' });
    expect(finding?.fix.join()).to.contain('apt-get install xorriso');
  });

  it('are no matter where nobody needs a disc, or Packer makes it', async () => {
    expect(await look('folders')).to.deep.equal([]);
    expect(await look('uploaded')).to.deep.equal([]);
    expect(await checkDiscTools({ place: null, env: {} })).to.deep.equal([]);
  });
});
