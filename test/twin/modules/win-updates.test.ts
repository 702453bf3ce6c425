import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule, type Answer } from './call-module.js';

const folder = 'C:\\Windows\\Temp\\ansible-tmp-1';

interface Line {
  task: string;
  result: JsonObject & { updates?: JsonObject[]; filtered?: { id: string; reasons: string[] }[] };
}

describe('win_updates', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
    machine.makeFolder(folder);
  });
  const call = (args: JsonObject = {}, check = false): Promise<Answer> =>
    callModule(
      machine,
      'ansible.windows.win_updates',
      { _wait: false, _output_path: folder, ...args },
      { check },
    );
  const run = async (args: JsonObject = {}, check = false): Promise<Line[]> => {
    const { result } = await call(args, check);
    expect(result['msg']).to.equal(undefined);
    const text = (await machine.readFile(String(result['output_path'])))?.toString('utf8') ?? '';
    return text
      .split('\r\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
  };
  const last = (lines: Line[]): JsonObject => lines.at(-1)?.result ?? {};
  const restart = (): void => {
    machine.switchOff();
    machine.switchOn();
  };
  /** To where several updates are offered beside each other. */
  const toThirdRound = async (): Promise<void> => {
    await run();
    await run();
    restart();
    await run();
  };

  it('answers at once with what the action plugin polls', async () => {
    const { result, exitCode } = await call();

    expect(exitCode).to.equal(0);
    expect(result).to.include({ changed: false, output_path: `${folder}\\output.txt` });
    expect(result['task_pid']).to.be.a('number');
    expect(result['cancel_id']).to.match(/^Global\\Ansible\.Windows\.WinUpdates-/);
  });

  it('says each step in its own line', async () => {
    const lines = await run();

    expect(lines.map(({ task }) => task)).to.deep.equal([
      'search_result',
      'download',
      'download_result',
      'install',
      'install_result',
      'exit',
    ]);
    expect(lines[0]?.result.updates?.[0]).to.deep.include({ kb: ['KB2919442'], is_installed: false });
    expect(last(lines)).to.include({ changed: true, failed: false, reboot_required: false });
    expect(machine.state.hotfixes.map(({ kb }) => kb)).to.deep.equal(['KB2919442']);
  });

  it('asks for a restart, and does not go on before it', async () => {
    await run();
    const second = await run();
    const third = await run();

    expect(last(second)).to.include({ changed: true, reboot_required: true });
    expect(last(third)).to.deep.include({
      changed: false,
      failed: true,
      reboot_required: true,
    });
    expect(JSON.stringify(last(third))).to.contain(
      'A reboot is required before more updates can be installed',
    );
    restart();
    expect(last(await run())).to.include({ failed: false, changed: true });
  });

  it('only looks in check mode and where it is told so, only downloads where it is told so', async () => {
    const before = structuredClone(machine.state.hotfixes);
    expect(last(await run({}, true))).to.include({ changed: true });
    expect(last(await run({ state: 'searched' }))).to.include({ changed: false });
    expect(machine.state.updates.downloaded).to.deep.equal([]);
    expect(last(await run({ state: 'downloaded' }))).to.include({ changed: true });
    expect(last(await run({ state: 'downloaded' }))).to.include({ changed: false });
    expect(machine.state.updates.downloaded).to.have.lengthOf(1);
    expect(machine.state.hotfixes).to.deep.equal(before);
  });

  for (const [what, args, chosen] of [
    ['the default categories', {}, ['KB2992611', 'KB3042058', 'KB890830']],
    ['all categories', { category_names: ['*'] }, ['KB2992611', 'KB3042058', 'KB890830', 'KB4486105']],
    ['one category', { category_names: 'UpdateRollups' }, ['KB890830']],
    ['a category with its space', { category_names: ['feature packs'] }, ['KB4486105']],
    [
      'all but what a title names',
      { category_names: ['*'], reject_list: ['\\.NET Framework 4\\.[6-9]'] },
      ['KB2992611', 'KB3042058', 'KB890830'],
    ],
    ['what is named', { accept_list: ['KB3042058'] }, ['KB3042058']],
    [
      'what is not optional',
      { category_names: ['*'], skip_optional: true },
      ['KB2992611', 'KB3042058', 'KB890830'],
    ],
  ] as const) {
    it(`chooses by ${what}`, async () => {
      await toThirdRound();

      const [search] = await run({ state: 'searched', ...args });

      const filtered = search?.result.filtered?.map(({ id }) => id) ?? [];
      const kept = search?.result.updates?.filter(({ id }) => !filtered.includes(String(id))) ?? [];
      expect(kept.map(({ kb }) => (kb as string[])[0])).to.deep.equal(chosen);
    });
  }

  it('says why it passes an update over', async () => {
    await toThirdRound();

    const [search] = await run({
      state: 'searched',
      reject_list: ['4\\.8'],
      accept_list: 'KB1',
      skip_optional: true,
    });

    expect(search?.result.filtered?.at(-1)?.reasons).to.deep.equal([
      'accept_list',
      'reject_list',
      'category_names',
      'skip_optional',
    ]);
  });

  it('brings the HRESULT of a search that fails', async () => {
    machine.state.updates.offline = true;

    const lines = await run();

    expect(lines).to.have.lengthOf(1);
    expect(last(lines)['exception']).to.deep.include({
      message: 'Searching for updates: Exception from HRESULT: 0x8024402C',
      hresult: -2145107924,
    });
  });

  it('asks for another temporary folder where its own is gone', async () => {
    machine.removePath(folder);

    const { result } = await call();

    expect(result).to.include({ failed: true, recreate_tmpdir: true });
    expect(result['msg']).to.equal(`Module tmpdir '${folder}' does not exist`);
  });

  for (const [what, args, message] of [
    [
      'an unknown state',
      { state: 'maybe' },
      'value of state must be one of: installed, searched, downloaded',
    ],
    ['async', { _wait: true }, 'the twin does not model win_updates without its action plugin'],
    ['a log', { log_path: 'C:\\log.txt' }, 'the twin does not model win_updates with log_path'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      expect((await call(args)).result['msg']).to.contain(message);
    });
  }

  it('refuses by name what only .NET reads as a regular expression', async () => {
    const lines = await run({ accept_list: ['(?x) KB1'] });

    expect(JSON.stringify(last(lines))).to.contain('the twin does not model the regular expression');
  });
});
