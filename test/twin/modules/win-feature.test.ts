import { expect } from 'chai';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { callModule, type Answer } from './call-module.js';

describe('win_feature', () => {
  const folder = temporaryFolder();
  let machine: ModelledMachine;
  beforeEach(async () => {
    const sxs = join(folder.path, 'sources', 'sxs');
    await mkdir(sxs, { recursive: true });
    const path = 'sources/sxs/microsoft-windows-netfx3-ondemand-package.cab';
    await writeFile(join(folder.path, path), JSON.stringify({ lyncimg: 'placeholder', path, title: 'x' }));
    machine = await modelledMachine({ media: folder.path });
  });
  const feature = (args: JsonObject, check = false): Promise<Answer> =>
    callModule(machine, 'ansible.windows.win_feature', args, { check });

  it('installs, once, and answers without an invocation', async () => {
    const { result: first, exitCode } = await feature({ name: 'telnet-client' });
    const { result: second } = await feature({ name: ['Telnet-Client'] });

    expect(exitCode).to.equal(0);
    expect(first).to.include({
      changed: true,
      success: true,
      exitcode: 'Success',
      reboot_required: false,
      failed: false,
    });
    expect(first).not.to.have.property('invocation');
    expect((first['feature_result'] as JsonObject[])[0]).to.include({
      display_name: 'Telnet Client',
      skip_reason: 'NotSkipped',
      success: true,
      reboot_required: false,
      restart_needed: false,
    });
    expect(second).to.include({ changed: false, exitcode: 'NoChangeNeeded', failed: false });
    expect(machine.feature('Telnet-Client')?.state).to.equal('Installed');
  });

  it('takes names with commas, and parents come along', async () => {
    const { result } = await feature({ name: 'Web-Asp-Net45, Telnet-Client' });

    expect(result).to.include({ changed: true });
    expect(machine.feature('Web-Server')?.state).to.equal('Installed');
  });

  it('removes', async () => {
    await feature({ name: 'Telnet-Client' });

    expect((await feature({ name: 'Telnet-Client', state: 'absent' })).result).to.include({ changed: true });
    expect((await feature({ name: 'Telnet-Client', state: 'absent' })).result).to.include({ changed: false });
  });

  it('changes nothing in check mode', async () => {
    expect((await feature({ name: 'Telnet-Client' }, true)).result).to.include({ changed: true });
    expect(machine.feature('Telnet-Client')?.state).to.equal('Available');
  });

  it('takes a removed payload from a source', async () => {
    const { result } = await feature({ name: 'NET-Framework-Core', source: 'E:\\sources\\sxs' });

    expect(result).to.include({ changed: true, success: true });
  });

  for (const [what, args, message] of [
    ['no name', {}, 'Get-AnsibleParam: Missing required argument: name'],
    ['an unknown name', { name: 'Web-Sever' }, /^Failed to install Windows Feature: .*Web-Sever/s],
    ['an unknown name to remove', { name: 'X', state: 'absent' }, /^Failed to uninstall Windows Feature: /],
    ['a payload that is not there', { name: 'NET-Framework-Core' }, /^Failed to install .*0x800f081f/is],
    [
      'a source that is not there',
      { name: 'NET-Framework-Core', source: 'E:\\x' },
      'Failed to find source path E:\\x for feature install',
    ],
  ] as const) {
    it(`fails for ${what}`, async () => {
      const { result, exitCode } = await feature(args);

      expect(result).to.include({ failed: true, changed: false });
      expect(result['msg']).to.match(
        typeof message === 'string' ? new RegExp(message.replaceAll('\\', '\\\\')) : message,
      );
      expect(exitCode).to.equal(1);
    });
  }
});
