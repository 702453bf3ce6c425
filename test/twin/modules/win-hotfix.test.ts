import { expect } from 'chai';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { callModule, type Answer } from './call-module.js';

const prerequisite = 'E:\\hotfixes\\Windows8.1-KB2919442-x64.msu';
const update = 'E:\\hotfixes\\Windows8.1-KB2919355-x64.msu';

describe('win_hotfix', () => {
  const folder = temporaryFolder();
  let machine: ModelledMachine;
  beforeEach(async () => {
    await mkdir(join(folder.path, 'hotfixes'));
    for (const kb of ['KB2919442', 'KB2919355']) {
      const path = `hotfixes/Windows8.1-${kb}-x64.msu`;
      await writeFile(join(folder.path, path), JSON.stringify({ lyncimg: 'placeholder', path, title: kb }));
    }
    await writeFile(join(folder.path, 'hotfixes', 'other.msu'), 'no package');
    machine = await modelledMachine({ media: folder.path });
  });
  const hotfix = (args: JsonObject, check = false): Promise<Answer> =>
    callModule(machine, 'community.windows.win_hotfix', args, { check });

  it('installs in order, once, and asks for a restart where one is needed', async () => {
    const { result: first } = await hotfix({ source: prerequisite, hotfix_kb: 'KB2919442' });
    const { result: again } = await hotfix({ source: prerequisite });
    const { result: second } = await hotfix({ source: update });
    const { result: pending } = await hotfix({ source: update });

    expect(first).to.deep.include({
      changed: true,
      kb: 'KB2919442',
      kbs: ['KB2919442'],
      reboot_required: false,
    });
    expect(again).to.include({ changed: false, reboot_required: false });
    expect(second).to.include({ changed: true, reboot_required: true });
    expect(pending).to.include({ changed: false, reboot_required: true, kb: 'KB2919355' });
  });

  it('changes nothing in check mode', async () => {
    const { result } = await hotfix({ source: prerequisite }, true);

    expect(result).to.include({ changed: true, reboot_required: false });
    expect(machine.state.hotfixes).to.deep.equal([]);
  });

  it('has nothing to do where a hotfix to remove is not there', async () => {
    expect((await hotfix({ hotfix_kb: 'KB1', state: 'absent' })).result).to.include({ changed: false });
  });

  for (const [what, args, message] of [
    [
      'an update without its prerequisite',
      { source: update },
      'hotfix package is not applicable for this server',
    ],
    ['no source', {}, 'source must be set when state=present'],
    ['a folder', { source: 'E:\\hotfixes' }, 'does not exist or is not a file'],
    [
      'a file that is no package',
      { source: 'E:\\hotfixes\\other.msu' },
      'failed to get DISM package metadata from path',
    ],
    ['another number', { source: prerequisite, hotfix_kb: 'KB1' }, 'the hotfix KB KB1 does not match'],
    [
      'another identifier',
      { source: prerequisite, hotfix_identifier: 'X' },
      'the hotfix identifier X does not match with the source msu identifier Package_for_KB2919442',
    ],
    ['nothing to remove', { state: 'absent' }, 'either hotfix_identifier or hotfix_kb needs to be set'],
  ] as const) {
    it(`fails for ${what}`, async () => {
      const { result, exitCode } = await hotfix(args);

      expect(result).to.include({ failed: true, changed: false });
      expect(result['msg']).to.contain(message);
      expect(exitCode).to.equal(1);
    });
  }

  it('refuses by name to remove what is installed', async () => {
    await hotfix({ source: prerequisite });

    const { result } = await hotfix({ hotfix_kb: 'KB2919442', state: 'absent' });

    expect(result['msg']).to.equal('the twin does not model the removal of a hotfix (KB2919442)');
  });
});
