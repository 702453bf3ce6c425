import { expect } from 'chai';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { callModule, type Answer } from './call-module.js';

const agent = 'E:\\packages\\example-agent.msi';
const agentCode = '{6D0C8E5B-3F0F-4B4E-9A51-2E5A7C1D9F10}';
const silverlight = 'E:\\packages\\Silverlight_x64.exe';
const silverlightKey = '{89F4137D-6C26-4A84-BDB8-2E5A4BB71E00}';

describe('win_package', () => {
  const folder = temporaryFolder();
  let machine: ModelledMachine;
  beforeEach(async () => {
    await mkdir(join(folder.path, 'packages'));
    const files = [
      'example-agent.msi',
      'Silverlight_x64.exe',
      'OCSCore.msi',
      'NDP452-KB2901907-x86-x64-AllOS-ENU.exe',
      'unknown.msi',
      'unknown.exe',
      'patch.msp',
    ];
    for (const file of files) {
      const path = `packages/${file}`;
      await writeFile(join(folder.path, path), JSON.stringify({ lyncimg: 'placeholder', path, title: file }));
    }
    await writeFile(join(folder.path, 'packages', 'text.msi'), 'no package');
    machine = await modelledMachine({ media: folder.path });
  });
  const winPackage = (args: JsonObject, check = false): Promise<Answer> =>
    callModule(machine, 'ansible.windows.win_package', args, { check });

  it('reads an MSI’s ProductCode itself: it installs once', async () => {
    const { result: first } = await winPackage({ path: agent });
    const { result: again } = await winPackage({ path: agent });

    expect(first).to.include({ changed: true, rc: 0, reboot_required: false });
    expect(again).to.include({ changed: false, rc: 0 });
    expect(machine.isProductInstalled(agentCode)).to.equal(true);
  });

  it('runs an EXE once only where it is told what to look for', async () => {
    const args = { path: silverlight, arguments: '/q', product_id: silverlightKey };
    const { result: first } = await winPackage(args);
    const { result: again } = await winPackage(args);
    const { result: blind } = await winPackage({ path: silverlight, arguments: ['/q'] });

    expect(first).to.include({ changed: true, rc: 0 });
    expect(again).to.include({ changed: false });
    expect(blind).to.include({ changed: true });
  });

  it('takes what creates_path and creates_service name for the sign', async () => {
    machine.makeFolder('C:\\Program Files\\Agent');
    const there = await winPackage({ path: silverlight, creates_path: 'C:\\Program Files\\Agent' });
    const service = await winPackage({ path: silverlight, creates_service: 'W32Time' });
    const missing = await winPackage({ path: silverlight, creates_path: 'C:\\nope', arguments: '/q' });

    expect(there.result).to.include({ changed: false });
    expect(service.result).to.include({ changed: false });
    expect(missing.result).to.include({ changed: true });
  });

  it('asks for a restart at 3010', async () => {
    const { result } = await winPackage({
      path: 'E:\\packages\\NDP452-KB2901907-x86-x64-AllOS-ENU.exe',
      arguments: '/q /norestart',
    });

    expect(result).to.include({ changed: true, rc: 3010, reboot_required: true });
    expect(machine.isRebootPending()).to.equal(true);
  });

  it('changes nothing in check mode', async () => {
    const before = structuredClone(machine.state);

    expect((await winPackage({ path: agent }, true)).result).to.include({ changed: true, rc: 0 });
    expect(machine.state).to.deep.equal(before);
  });

  it('removes an MSI by its ProductCode or by its file', async () => {
    expect((await winPackage({ product_id: agentCode, state: 'absent' })).result).to.include({
      changed: false,
    });
    await winPackage({ path: agent });
    const { result } = await winPackage({ product_id: agentCode, state: 'absent' });
    await winPackage({ path: agent });
    const { result: byFile } = await winPackage({ path: agent, state: 'absent' });

    expect(result).to.include({ changed: true, rc: 0 });
    expect(byFile).to.include({ changed: true });
    expect(machine.state.packages).to.deep.equal({});
  });

  it('fails with the installer’s code where it is not among the expected', async () => {
    const exe = await winPackage({ path: silverlight });
    const msi = await winPackage({ path: 'E:\\packages\\OCSCore.msi' });

    expect(exe.result).to.include({ failed: true, rc: 1602, stdout: '', stderr: '' });
    expect(exe.result['msg']).to.equal(
      `unexpected rc from '${silverlight}': see rc, stdout, and stderr for more details`,
    );
    expect(msi.result).to.include({ failed: true, rc: 1603 });
    expect(msi.result['msg']).to.contain('msiexec.exe /i E:\\packages\\OCSCore.msi /L*V');
    expect(msi.result['log']).to.contain('must be installed first');
    const expected = await winPackage({ path: silverlight, expected_return_code: [0, 1602] });
    expect(expected.result).to.include({ failed: false, rc: 1602 });
  });

  for (const [what, args, message] of [
    ['no path', {}, 'state is present but all of the following are missing: path'],
    [
      'nothing to remove',
      { state: 'absent' },
      'state is absent but any of the following are missing: path, product_id',
    ],
    [
      'a version without a path',
      { path: agent, creates_version: '1' },
      "missing parameter(s) required by 'creates_version'",
    ],
    ['a file that is not there', { path: 'E:\\x.msi' }, "the file at the path 'E:\\x.msi' cannot be reached"],
    [
      'an unknown MSI',
      { path: 'E:\\packages\\unknown.msi' },
      'the twin does not model the installer unknown.msi',
    ],
    [
      'an unknown EXE',
      { path: 'E:\\packages\\unknown.exe' },
      'the twin does not model the installer unknown.exe',
    ],
    ['a patch', { path: 'E:\\packages\\patch.msp' }, 'the twin does not model win_package with patch.msp'],
    [
      'a URL',
      { path: 'https://example.com/a.msi' },
      'the twin does not model win_package with a path of the network',
    ],
    ['a file that is no program', { path: 'E:\\packages\\text.msi' }, 'is not a valid Win32 application'],
    [
      'an EXE as an MSI',
      { path: silverlight, provider: 'msi' },
      'This installation package could not be opened',
    ],
  ] as const) {
    it(`fails for ${what}`, async () => {
      const { result, exitCode } = await winPackage(args);

      expect(result).to.include({ failed: true });
      expect(result['msg']).to.contain(message);
      expect(exitCode).to.equal(1);
    });
  }

  it('refuses by name to remove by a program of its own', async () => {
    await winPackage({ path: silverlight, arguments: '/q' });

    const { result } = await winPackage({
      product_id: silverlightKey,
      state: 'absent',
      provider: 'registry',
    });

    expect(result['msg']).to.contain('the twin does not model the removal of');
  });
});
