import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { parse } from 'yaml';
import { fileFetched, renderApply, restartHeldBack } from '../../src/render/index.js';
import type { ApplyRequest } from '../../src/render/index.js';
import { needOf, planToApply, type AppliedPlan } from '../helpers/apply-plan.js';
import { expectGolden } from '../helpers/golden.js';

interface Task {
  name: string;
  when?: string;
  [module: string]: unknown;
}
interface Play {
  name: string;
  hosts: string;
  vars?: Record<string, string>;
  tasks: (Task & { block?: Task[]; always?: Task[] })[];
}

describe('the playbook of apply', () => {
  let base: AppliedPlan;
  before(async () => {
    const { os } = await planToApply('windows-base', {});
    const more = [
      needOf('computer', { dnsSuffix: 'Lync.example.net' }, os),
      needOf('computer', { membership: 'domain' }, os),
    ];
    base = await planToApply('windows-base', { updates: 'none' }, { more });
  });

  const textOf = (change: Partial<ApplyRequest>): string =>
    renderApply(base.request(change)).files.get('playbook.yml')!;
  const playsOf = (change: Partial<ApplyRequest> = {}): [Play, Play] => parse(textOf(change)) as [Play, Play];
  const namesOf = (tasks: readonly Task[] = []): string[] => tasks.map(({ name }) => name);

  it('is what a person may read before it runs', async () => {
    await expectGolden('apply/playbook.yml', textOf({ reboot: true, restartFirst: true }));
    await expectGolden('apply/inventory.yml', renderApply(base.request()).files.get('inventory.yml')!);
  });

  it('makes sure of the Windows before anything else, and keys and un-keys nothing', () => {
    const [look, install] = playsOf();
    expect(JSON.stringify(look.tasks[0])).to.contain("startswith('6.3.9600.')");
    const all = textOf({ reboot: true });
    for (const word of ['prepare.yml', 'unkey', 'boot.cmd', 'schtasks', 'listener', 'winrm '])
      expect(all.toLowerCase()).not.to.contain(word);
    expect(look.hosts).to.equal('machine');
    expect(install.hosts).to.equal('machine');
  });

  it('holds nothing but the needs that are to be installed', () => {
    const { files } = renderApply(base.request({}, ({ id }) => id === 'setting/power-plan'));
    const [, install] = parse(files.get('playbook.yml')!) as [Play, Play];
    expect(namesOf(install.tasks)).to.deep.equal([
      'Activate the power plan High performance',
      'Ask whether a restart is still pending',
      'Stop here: Restart where one is still pending',
    ]);
  });

  it('brings each file over HTTP with its SHA-256, and takes the folder away whatever happened', () => {
    const [, install] = playsOf();
    const [block, ...others] = install.tasks;
    expect(others).to.deep.equal([]);
    const fetches = block!.block!.filter(({ name }) => fileFetched(name) !== null);
    expect(namesOf(fetches)).to.deep.equal([
      'Fetch hotfixes/Windows8.1-KB2919355-x64.msu',
      'Fetch hotfixes/Windows8.1-KB2919442-x64.msu',
    ]);
    for (const task of fetches) {
      const file = fileFetched(task.name)!;
      expect(task['ansible.windows.win_get_url']).to.deep.equal({
        url: `{{ lyncimg_media_url }}/${file}`,
        dest: `{{ lyncimg_media }}\\${file.replace('/', '\\')}`,
        checksum: base.request().media.find(({ path }) => path === file)!.sha256,
        checksum_algorithm: 'sha256',
        use_proxy: false,
      });
    }
    expect(install.vars).to.deep.equal({
      lyncimg_media: 'C:\\ProgramData\\lyncimg\\media',
      lyncimg_sxs: 'C:\\ProgramData\\lyncimg\\media\\sources\\2012r2\\sxs',
    });
    expect(block!.always!.map((task) => task['ansible.windows.win_file'])).to.deep.equal([
      { path: '{{ lyncimg_media }}', state: 'absent' },
    ]);
  });

  it('names its errands, so that nobody takes them for changes', () => {
    const { errands } = renderApply(base.request());
    expect([...errands]).to.deep.equal([
      'Make the folder of the files',
      'Make the folder of the files: hotfixes',
      'Fetch hotfixes/Windows8.1-KB2919355-x64.msu',
      'Fetch hotfixes/Windows8.1-KB2919442-x64.msu',
      'Remove the folder of the files',
    ]);
  });

  it('writes a path as an address has to spell it', () => {
    const item = {
      path: 'packages/a b#1.exe',
      title: 'x',
      origin: 'file',
      sha256: 'a',
      sizeBytes: 1,
    } as const;
    const [, install] = playsOf({ media: [item] });
    const fetch = install.tasks[0]!.block!.find(({ name }) => fileFetched(name) !== null)!;
    expect(fetch['ansible.windows.win_get_url']).to.include({
      url: '{{ lyncimg_media_url }}/packages/a%20b%231.exe',
      dest: '{{ lyncimg_media }}\\packages\\a b#1.exe',
    });
  });

  it('without files has no folder, no block and no address', () => {
    const { files, errands } = renderApply(base.request({ media: [] }));
    expect(files.get('inventory.yml')).not.to.contain('LYNCIMG_MEDIA_URL');
    expect(files.get('playbook.yml')).not.to.match(/win_get_url|win_file|always:/);
    expect(errands.size).to.equal(0);
  });

  it('without leave to restart ends at the first restart that is asked for', () => {
    const text = textOf({ restartFirst: true });
    expect(text).not.to.contain('win_reboot');
    const [, install] = playsOf({ restartFirst: true });
    const stops = install.tasks[0]!.block!.filter(({ name }) => restartHeldBack(name) !== null);
    expect(stops.map(({ name, when }) => [restartHeldBack(name), when])).to.deep.equal([
      ['Restart where KB2919442 asks for it', 'lyncimg_kb2919442.reboot_required'],
      ['Restart where KB2919355 asks for it', 'lyncimg_kb2919355.reboot_required'],
      ['Restart where one is pending', 'lyncimg_platform.ansible_facts.ansible_reboot_pending'],
      [
        'Restart where Windows goes by another DNS suffix still',
        "not lyncimg_membership.ansible_facts.ansible_windows_domain_member and lyncimg_dns_suffix.value | default('') | lower != 'lync.example.net'",
      ],
      ['Restart where one is still pending', 'lyncimg_at_the_end.ansible_facts.ansible_reboot_pending'],
    ]);
    expect(stops.every((task) => task['ansible.builtin.fail'] !== undefined)).to.equal(true);
  });

  it('restarts first only where that is allowed and something waits already', () => {
    const first = (change: Partial<ApplyRequest>): string[] => namesOf(playsOf(change)[0].tasks);
    expect(first({ reboot: true, restartFirst: true })).to.have.length(2);
    expect(first({ reboot: true, restartFirst: false })).to.have.length(1);
    expect(first({ reboot: false, restartFirst: true })).to.have.length(1);
  });

  it('never joins a domain', () => {
    expect(textOf({ reboot: true })).not.to.match(/win_domain|membership: domain|netdom|Join /i);
  });

  it('signs in as it is told, and over http only with sealed messages', () => {
    const inventory = (transport: ApplyRequest['transport']): string =>
      renderApply(base.request({ transport })).files.get('inventory.yml')!;
    const basic = inventory({ scheme: 'https', method: 'basic' });
    expect(basic).to.contain('transport: basic').and.to.contain('server_cert_validation: validate');
    const http = inventory({ scheme: 'http', method: 'ntlm' });
    expect(http).to.contain('message_encryption: always').and.to.contain('scheme: http\n');
    expect(http).not.to.contain('ca_trust_path');
    for (const text of [basic, http])
      expect(text).to.contain(
        `ansible_password: "{{ lookup('ansible.builtin.env', 'LYNCIMG_GUEST_PASSWORD') }}"`,
      );
  });

  it('brings the callback plugin and the settings of Ansible along', () => {
    expect([...renderApply(base.request()).files.keys()]).to.deep.equal([
      'playbook.yml',
      'inventory.yml',
      'ansible.cfg',
      'callback_plugins/lyncimg_events.py',
    ]);
  });
});
