// Real ansible-playbook against the modelled machine: every module that is modelled, and how the rest fails.
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { thumbprintOf } from '../../src/twin/certificate-stores.js';
import { freshCertificates } from '../../src/twin/made-up-roots.js';
import { startAnsibleTwin, type AnsibleTwin, type PlayResult } from '../helpers/ansible-twin.js';
import { serveFiles, type FileServer } from '../helpers/file-server.js';
import { legacyOpenssl } from '../helpers/legacy-openssl.js';
import { packageRoot } from '../helpers/modelled-machine.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const playbook = (name: string): string =>
  join(packageRoot, 'test', 'fixtures', 'ansible-modules', `${name}.yml`);

describe('ansible-playbook against the twin', () => {
  const folder = temporaryFolder();
  const download = Buffer.alloc(300_000, 'lyncimg');
  let twin: AnsibleTwin;
  let files: FileServer;
  let variables: Record<string, string>;

  beforeEach(async () => {
    const media = join(folder.path, 'media');
    await writePlaceholders(media);
    twin = await startAnsibleTwin({ folder: folder.path, media });
    files = await serveFiles({ '/download.bin': download });
    variables = {
      download_url: files.url('/download.bin'),
      download_sha256: createHash('sha256').update(download).digest('hex'),
    };
  });

  afterEach(async () => {
    await twin.close();
    await files.close();
  });

  it('changes everything at the first run and nothing at the second', async () => {
    const first = await twin.play(playbook('every-module'), { variables });
    const second = await twin.play(playbook('every-module'), { variables });

    expect(first.exitCode, first.output).to.equal(0);
    const wanted = first.tasks.map(({ task }) => task).filter((task) => task.startsWith('Change '));
    expect(changed(first)).to.deep.equal(wanted.filter((task) => task !== 'Change features back'));
    expect(second.exitCode, second.output).to.equal(0);
    expect(changed(second)).to.deep.equal([]);
  });

  it('leaves what the tasks asked for, and no temporary folder', async () => {
    const { machine } = twin;

    const { tasks } = await twin.play(playbook('every-module'), { variables });

    expect(machine.feature('Web-Asp-Net45')?.state).to.equal('Installed');
    expect(machine.feature('NET-Framework-Core')?.state).to.equal('Installed');
    const key = 'HKLM\\SOFTWARE\\Lyncimg\\Test';
    expect(machine.registryValue(key, 'Number')?.data).to.equal('4294967295');
    expect(machine.registryValue(key, 'Large')?.data).to.equal('9223372036854775807');
    expect(machine.registryValue(key, 'Text')?.data).to.equal('käse & brot');
    expect(machine.registryValue(key, 'List')?.data).to.deep.equal(['one', 'two']);
    expect(machine.registryValue(key, 'Bytes')?.data).to.equal('beef');
    expect(machine.service('W32Time')).to.include({ startMode: 'delayed', state: 'running' });
    expect(machine.timeZone()).to.equal('W. Europe Standard Time');
    expect(machine.powerPlans().find((plan) => plan.active)?.name).to.equal('High performance');
    expect((await machine.readFile('C:\\lyncimg\\copy\\tree\\sub\\b.txt'))?.toString()).to.equal('b\n');
    expect(await machine.readFile('C:\\lyncimg\\files\\download.bin')).to.deep.equal(download);
    expect(tasks.find(({ task }) => task === 'Look at a dword')?.result).to.include({
      exists: true,
      type: 'REG_DWORD',
      value: 4294967295,
    });
    const stat = tasks.find(({ task }) => task === 'Look at a file')?.result['stat'];
    expect(stat).to.include({ exists: true, isreg: true, size: 11, filename: 'one.txt' });
    const left = await machine.listFolder(machine.expandEnvironment('%TEMP%'));
    expect(left?.filter((name) => name.startsWith('ansible-tmp'))).to.deep.equal([]);
  });

  it('changes nothing in check mode, and says what it would', async () => {
    const before = structuredClone(twin.machine.state);

    const checked = await twin.play(playbook('every-module'), { variables, check: true });

    // What the folder of an earlier task would hold cannot be checked before it is there: as on Windows.
    const failed = checked.tasks.filter(({ result }) => result.failed === true).map(({ task }) => task);
    expect(failed, checked.output).to.deep.equal(['Change a copy on the machine']);
    expect(changed(checked)).to.include('Change features').and.include('Change the power plan');
    expect(twin.machine.state).to.deep.equal(before);
  });

  it('fails as Windows does, and by name where there is no model', async () => {
    const { tasks } = await twin.play(playbook('failing'), { variables });

    const words = (name: string): string => {
      const found = tasks.find(({ task }) => task === name)?.result;
      expect(found?.failed, name).to.equal(true);
      return `${found?.msg ?? ''} ${JSON.stringify(found?.['stderr'] ?? '')}`;
    };
    expect(words('Feature that no Windows has')).to.match(/^Failed to install Windows Feature: .*Web-Sever/s);
    expect(words('Feature without its payload')).to.match(/0x800f081f/i);
    expect(words('Feature with a source that is not there')).to.contain(
      'Failed to find source path E:\\elsewhere for feature install',
    );
    expect(words('Hotfix before its prerequisite')).to.contain(
      'hotfix package is not applicable for this server',
    );
    expect(words('Hotfix of another number')).to.contain(
      'the hotfix KB KB1 does not match with the source msu KB KB2919442',
    );
    expect(words('Hotfix that is not there')).to.contain('does not exist or is not a file');
    expect(words('Unknown service')).to.contain("Service 'Nobody' is not installed");
    expect(words('Unknown time zone')).to.contain(
      "The specified timezone: Mars isn't supported on the machine.",
    );
    expect(words('Unknown power plan')).to.contain('Defined power_plan: (Warp) is not available');
    expect(words('Wrong choice')).to.contain('value of type must be one of: none, binary, dword');
    expect(words('Wrong checksum')).to.contain("did not match '00'");
    expect(words('Module that is not modelled')).to.contain(
      'the twin does not model ansible.windows.win_environment',
    );
    expect(words('Command that is not modelled')).to.contain(
      'the twin does not model the command format.com /q',
    );
    expect(words('Script that is not modelled')).to.contain(
      'the twin does not model the command Get-Process',
    );
    expect(words('Raw that is not modelled')).to.contain('the twin does not model the script: Get-Date');
  });

  it('runs the commands of our own playbooks, and fetches a file', async () => {
    twin.machine.makeFolder('C:\\lyncimg');
    twin.machine.writeFile('C:\\lyncimg\\note.txt', Buffer.from('a note'));
    const fetched = join(folder.path, 'fetched.txt');

    const { tasks, output } = await twin.play(playbook('commands'), { variables: { fetched } });

    const result = (name: string): Record<string, unknown> =>
      tasks.find(({ task }) => task === name)?.result ?? {};
    expect(result('Version')['stdout'], output).to.contain('[Version 6.3.9600]');
    expect(result('Name')['stdout_lines']).to.deep.equal(['LYNCIMG-TWIN']);
    expect(result('Make a task')['stdout']).to.contain('has successfully been created');
    expect(result('Look at a task')['stdout']).to.contain('Ready');
    expect(result('Delete a task')['stdout']).to.contain('was successfully deleted');
    expect(result('Look again')).to.include({ failed: true, rc: 1 });
    expect(await readFile(fetched, 'utf8')).to.equal('a note');
  });

  it('does the same with NTLM over HTTP, where every message is sealed', async () => {
    twin.machine.makeFolder('C:\\lyncimg');
    twin.machine.writeFile('C:\\lyncimg\\note.txt', Buffer.from('a note'));
    const env = await legacyOpenssl(folder.path);
    const sealed = {
      ansible_port: twin.ready.httpPort,
      ansible_winrm_scheme: 'http',
      ansible_winrm_transport: 'ntlm',
      ansible_winrm_message_encryption: 'always',
    };
    const fetched = join(folder.path, 'fetched.txt');

    const modules = await twin.play(playbook('every-module'), {
      variables: { ...variables, ...sealed },
      env,
    });
    const commands = await twin.play(playbook('commands'), { variables: { fetched, ...sealed }, env });

    expect(modules.exitCode, modules.output).to.equal(0);
    expect(changed(modules)).to.include('Change features').and.include('Change a download');
    expect(commands.exitCode, commands.output).to.equal(0);
    expect(await readFile(fetched, 'utf8')).to.equal('a note');
    expect(twin.machine.counters.authenticationFailures).to.equal(0);
  });

  it('does the same with NTLM over HTTPS', async () => {
    twin.machine.makeFolder('C:\\lyncimg');
    twin.machine.writeFile('C:\\lyncimg\\note.txt', Buffer.from('a note'));
    const env = await legacyOpenssl(folder.path);
    const fetched = join(folder.path, 'fetched.txt');

    const done = await twin.play(playbook('commands'), {
      variables: { fetched, ansible_winrm_transport: 'ntlm' },
      env,
    });

    expect(done.exitCode, done.output).to.equal(0);
    expect(await readFile(fetched, 'utf8')).to.equal('a note');
  });

  it('completes a hotfix by a real restart', async () => {
    const before = twin.machine.facts().bootedAt;

    const { exitCode, tasks, output } = await twin.play(playbook('hotfixes'));

    expect(exitCode, output).to.equal(0);
    const restart = tasks.find(({ task }) => task === 'Restart');
    expect(restart?.result).to.include({ changed: true, rebooted: true });
    expect(twin.machine.facts().bootedAt.getTime()).to.be.greaterThan(before.getTime());
    expect(twin.machine.isRebootPending()).to.equal(false);
    expect(twin.machine.state.hotfixes.map(({ kb, state }) => [kb, state])).to.deep.equal([
      ['KB2919442', 'installed'],
      ['KB2919355', 'installed'],
    ]);
  });

  it('installs programs, makes accounts and sets policies once', async () => {
    const first = await twin.play(playbook('programs'));
    const second = await twin.play(playbook('programs'));

    expect(first.exitCode, first.output).to.equal(0);
    expect(changed(first)).to.deep.equal([
      'Change an MSI',
      'Change an EXE',
      'Change a policy',
      'Change an account',
    ]);
    expect(changed(second), second.output).to.deep.equal([]);
    expect(first.tasks.at(-1)?.result).to.include({ rc: 1602 });
    expect(twin.machine.isProductInstalled('{6D0C8E5B-3F0F-4B4E-9A51-2E5A7C1D9F10}')).to.equal(true);
    expect(JSON.stringify(twin.machine.state)).to.not.contain('Correct-Horse-7');
  });

  it('updates in rounds with real restarts until nothing is left', async () => {
    const { exitCode, tasks, output } = await twin.play(playbook('updates'));

    expect(exitCode, output).to.equal(0);
    const result = (name: string): Record<string, unknown> =>
      tasks.find(({ task }) => task === name)?.result ?? {};
    expect(result('Look for updates')).to.include({ changed: false, found_update_count: 1 });
    expect(result('Download updates')).to.include({ changed: true, installed_update_count: 0 });
    expect(result('Install updates')).to.include({
      changed: true,
      rebooted: true,
      reboot_required: false,
      found_update_count: 7,
      installed_update_count: 7,
      failed_update_count: 0,
    });
    expect(JSON.stringify(result('Install updates')['filtered_updates'])).to.contain('KB4486105');
    expect(result('Install updates again')).to.include({ changed: false, found_update_count: 0 });
    expect(result('Ask a WSUS that there is not')['msg']).to.equal(
      'Searching for updates: Exception from HRESULT: 0x80244011 - ' +
        'WUServer policy value is missing in the registry (WU_E_PT_SUS_SERVER_NOT_SET 80244011)',
    );
    expect(twin.machine.isRebootPending()).to.equal(false);
    expect(twin.machine.installedHotfixes().map(({ kb }) => kb)).to.include('KB5031419');
  });

  it('opens the firewall, keeps certificates and sets DNS servers, once', async () => {
    const { machine } = twin;
    const der = Buffer.from(freshCertificates()[0]?.base64 ?? '', 'base64');
    const thumbprint = thumbprintOf(der);
    const lines = ['-----BEGIN CERTIFICATE-----', der.toString('base64'), '-----END CERTIFICATE-----', ''];
    variables = { certificate_pem: lines.join('\n'), certificate_thumbprint: thumbprint };

    const first = await twin.play(playbook('network'), { variables });
    const second = await twin.play(playbook('network'), { variables });

    expect(first.exitCode, first.output).to.equal(0);
    const wanted = first.tasks.map(({ task }) => task).filter((task) => task.startsWith('Change '));
    expect(changed(first)).to.deep.equal(wanted);
    expect(changed(second), second.output).to.deep.equal([]);
    expect(machine.firewallRules().find(({ name }) => name === 'Lync SIP')).to.deep.include({
      localPorts: ['5061', '49152-57500'],
      remoteAddresses: ['10.0.0.0/255.0.0.0', 'LocalSubnet'],
      profiles: ['domain', 'private'],
      group: 'Lync',
    });
    expect(machine.firewallRules().find(({ id }) => id === 'FPS-SMB-In-TCP')?.enabled).to.equal(true);
    expect(machine.firewallRules().find(({ id }) => id === 'CoreNet-DHCP-In')).to.equal(undefined);
    expect(machine.storeCertificates('TrustedPeople')?.map(thumbprintOf)).to.deep.equal([thumbprint]);
    expect(machine.storeCertificates('Root')?.map(thumbprintOf)).to.not.include(thumbprint);
    expect(await machine.readFile('C:\\lyncimg\\certificates\\root.cer')).to.deep.equal(der);
    expect(machine.facts().adapters[0]?.dns).to.deep.equal(['192.0.2.1', '192.0.2.2']);
    const words = (name: string): unknown => first.tasks.find(({ task }) => task === name)?.result.msg;
    expect(words('Port without a protocol')).to.equal('Value does not fall within the expected range.');
    expect(words('Certificate that is none')).to.contain('either does not exist or is not a file');
    expect(words('Server that is none')).to.contain('Invalid IP address(es): (dns.example)');
  });

  it('starts un-keying, answers at once, and goes off by itself', async () => {
    const off = new Promise((resolve) => twin.machine.events.once('off', resolve));

    const { exitCode, tasks, output } = await twin.play(playbook('unkey'));

    expect(exitCode, output).to.equal(0);
    expect(tasks[0]?.result['stdout']).to.contain('SUCCESS: Attempted to run the scheduled task');
    expect(await off).to.deep.equal({ by: 'guest' });
    expect(twin.machine.state.access).to.equal('unkeyed');
  });

  it('loses its connection when the machine goes down during a task', async () => {
    variables['download_url'] = files.url('/held');
    const playing = twin.play(playbook('every-module'), { variables });
    await files.held;
    twin.machine.switchOff();

    const { exitCode, tasks } = await playing;

    // pywinrm's ConnectionError is a failed task for Ansible 2.14, not an unreachable host.
    expect(exitCode).to.equal(2);
    expect(tasks.at(-1)).to.deep.include({ task: 'Change a download' });
    expect(tasks.at(-1)?.result).to.include({ failed: true });
    expect(JSON.stringify(tasks.at(-1)?.result)).to.match(/Connection|EOF occurred/);
  });
});

function changed(result: PlayResult): string[] {
  return result.tasks.filter((entry) => entry.result.changed === true).map(({ task }) => task);
}

async function writePlaceholders(media: string): Promise<void> {
  const paths = [
    'hotfixes/Windows8.1-KB2919442-x64.msu',
    'hotfixes/Windows8.1-KB2919355-x64.msu',
    'sources/sxs/microsoft-windows-netfx3-ondemand-package.cab',
    'packages/example-agent.msi',
    'packages/Silverlight_x64.exe',
    'packages/vcredist_x64.exe',
  ];
  for (const path of paths) {
    await mkdir(join(media, path, '..'), { recursive: true });
    await writeFile(join(media, path), `${JSON.stringify({ lyncimg: 'placeholder', path, title: path })}\n`);
  }
}
