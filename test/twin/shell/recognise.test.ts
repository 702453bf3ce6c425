import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import { recognise } from '../../../src/twin/shell/recognise.js';
import type { CommandResult } from '../../../src/twin/shell/result.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { ansibleScript, encoded } from './encoded.js';

describe('what a shell is asked to run', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const run = async (line: string, stdin = ''): Promise<CommandResult> =>
    recognise(line).run(machine, Buffer.from(stdin), new AbortController().signal);

  describe('by Packer', () => {
    const quiet =
      "if (Test-Path variable:global:ProgressPreference){$ProgressPreference='SilentlyContinue'}; ";

    it('answers that WinRM works, in the words of 1.6.6 and of the current one', async () => {
      for (const script of [
        `${quiet}echo "WinRM connected."`,
        `$ProgressPreference = 'SilentlyContinue';${quiet}echo "WinRM connected."`,
      ]) {
        expect(await run(encoded(script, 'powershell.exe'))).to.deep.equal({
          stdout: 'WinRM connected.\r\n',
          stderr: '',
          exitCode: 0,
        });
      }
    });

    it('answers that the machine is back', async () => {
      const script = `${quiet}echo ("{0} restarted." -f [System.Net.Dns]::GetHostName())`;

      expect((await run(encoded(script, 'powershell.exe'))).stdout).to.equal('LYNCIMG-TWIN restarted.\r\n');
    });

    it('restarts, refuses a second restart, and takes it back', async () => {
      expect(await run('shutdown /r /f /t 60 /c "packer restart"')).to.include({ exitCode: 0 });
      expect(await run('shutdown /r /f /t 60 /c "packer restart test"')).to.include({
        exitCode: 1190,
        stderr: 'A system shutdown has already been scheduled.(1190)\r\n',
      });
      expect(await run('shutdown /a')).to.include({ exitCode: 0 });
      expect(await run('shutdown /a')).to.include({ exitCode: 1116 });
    });

    it('says nothing that it would have to compute', async () => {
      expect(await run(encoded('echo "$env:PASSWORD"'))).to.include({ stdout: '', exitCode: 1 });
    });
  });

  describe('by Ansible', () => {
    it('makes and removes its temporary folder', async () => {
      const make = ansibleScript(`
        $tmp_path = [System.Environment]::ExpandEnvironmentVariables('%TEMP%')
        $tmp = New-Item -Type Directory -Path $tmp_path -Name 'ansible-tmp-1-2-3'
        Write-Output -InputObject $tmp.FullName`);
      const path = 'C:\\Users\\Administrator\\AppData\\Local\\Temp\\ansible-tmp-1-2-3';

      expect(await run(encoded(make))).to.include({ stdout: `${path}\r\n`, exitCode: 0 });
      expect(await machine.stat(path)).to.include({ isDirectory: true });
      const remove = ansibleScript(`Remove-Item '${path}\\.' -Force -Recurse;`);
      expect(await run(encoded(remove))).to.include({ exitCode: 0, stderr: '' });
      expect(await machine.stat(path)).to.equal(undefined);
      expect(await run(encoded(remove))).to.include({ exitCode: 1 });
    });

    it('puts a file and answers its SHA-1', async () => {
      const data = Buffer.alloc(300_000, 'x');
      const stdin = `${data.subarray(0, 250_000).toString('base64')}\r\n${data.subarray(250_000).toString('base64')}\r\n`;

      const answer = await run(putFile("C:\\it''s here.txt"), stdin);

      expect(JSON.parse(answer.stdout)).to.deep.equal({
        sha1: createHash('sha1').update(data).digest('hex'),
      });
      expect(await machine.readFile("C:\\it's here.txt")).to.deep.equal(data);
    });

    it('puts an empty file', async () => {
      await run(putFile('C:\\empty'));

      expect(await machine.stat('C:\\empty')).to.include({ sizeBytes: 0 });
    });

    it('fails to put a file where there is no folder', async () => {
      const answer = await run(putFile('C:\\none\\x'), 'eA==');

      expect(answer.exitCode).to.equal(1);
      expect(answer.stderr).to.match(/^#< CLIXML\r\n<Objs .*Could not find a part of the path/);
    });

    it('fetches a file by pieces, knows a folder, and fails for nothing', async () => {
      machine.writeFile('C:\\f', Buffer.from('0123456789'));
      const text = (answer: CommandResult): string => Buffer.from(answer.stdout, 'base64').toString();

      expect(text(await run(fetchFile('C:\\f', 0)))).to.equal('01234567');
      expect(text(await run(fetchFile('C:\\f', 8)))).to.equal('89');
      expect(await run(fetchFile('C:\\f', 16))).to.include({ stdout: '', exitCode: 0 });
      expect(await run(fetchFile('C:\\Windows', 0))).to.include({ stdout: '[DIR]\r\n' });
      expect(await run(fetchFile('C:\\none', 0))).to.include({ exitCode: 1 });
    });

    it('gives the boot time as a FILETIME', async () => {
      const command =
        '(Get-CimInstance -ClassName Win32_OperatingSystem -Property LastBootUpTime).LastBootUpTime.ToFileTime()';

      const { stdout } = await run(encoded(ansibleScript(command)));

      const seconds = Number(BigInt(stdout.trim()) / 10_000_000n) - 11_644_473_600;
      expect(seconds).to.equal(Math.floor(machine.facts().bootedAt.getTime() / 1000));
    });

    it('restarts as win_reboot asks, and waits for the logon screen', async () => {
      const key = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\AutoLogonChecked';
      const test = encoded(ansibleScript(`Get-Item -LiteralPath '${key}' -ErrorAction Stop; 'success-1-2'`));

      expect((await run(test)).stdout).to.contain('success-1-2');
      const answer = await run(restart(key, true, 600));
      const second = await run(restart(key, true, 600));
      machine.abortShutdown();

      expect(JSON.parse(answer.stdout)).to.deep.equal({ stdout: '', stderr: '', rc: 0 });
      expect(JSON.parse(second.stdout)).to.include({ rc: 1190 });
      expect(await run(test))
        .to.include({ exitCode: 1 })
        .and.not.include({ stdout: 'success-1-2' });
    });

    it('keeps the key when win_reboot has a test of its own', async () => {
      const key = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\AutoLogonChecked';

      await run(restart(key, false, 600));
      machine.abortShutdown();

      expect(machine.registryKeyExists(key)).to.equal(true);
    });

    it('aborts a restart', async () => {
      machine.restart({ delaySeconds: 600 });

      expect(await run(encoded(ansibleScript('shutdown.exe /a')))).to.include({ exitCode: 0 });
      expect((await run(encoded(ansibleScript('shutdown.exe /a')))).stderr).to.contain('(1116)');
    });
  });

  it('refuses anything else by name', async () => {
    expect(await run('format C:')).to.deep.equal({
      stdout: '',
      stderr: 'the twin does not model the command: format C:\r\n',
      exitCode: 1,
    });
    expect((await run(encoded('Get-Process\nStop-Process 1'))).stderr).to.equal(
      'the twin does not model the script: Get-Process\r\n',
    );
    expect((await run(encoded(`x${'y'.repeat(500)}\nz`))).stderr).to.have.length.below(260);
  });

  it('takes the module bootstrap, and fails for stdin that is no payload', async () => {
    const bootstrap = encoded(
      encoded(
        '$exec_wrapper_str = $input | Out-String\n$split_parts = $exec_wrapper_str.Split(@("`0`0`0`0"), 2, [StringSplitOptions]::RemoveEmptyEntries)\n$exec_wrapper = [ScriptBlock]::Create($split_parts[0])\n&$exec_wrapper',
      ),
    );
    const payload = JSON.stringify({ module_args: { _ansible_module_name: 'win_ping' }, actions: [] });

    expect(recognise(bootstrap)).to.include({ name: 'ansible-module', readsStdin: true });
    expect((await run(bootstrap, `wrapper\0\0\0\0${payload}`)).stdout).to.contain('"ping":"pong"');
    expect(await run(bootstrap, 'nothing')).to.include({ stdout: '', exitCode: 1 });
  });

  function putFile(path: string): string {
    return encoded(
      [
        'begin {',
        `$path = '${path}'`,
        '$DebugPreference = "Continue"',
        '$fd = [System.IO.File]::Create($path)',
        '}',
        'process {',
        '$bytes = [System.Convert]::FromBase64String($input)',
        '}',
        'end {',
        'Write-Output "{""sha1"":""$hash""}"',
        '}',
      ].join('\n'),
    );
  }

  function fetchFile(path: string, offset: number): string {
    return encoded(
      [
        'Set-StrictMode -Version Latest',
        `$path = '${path}'`,
        'If (Test-Path -Path $path -PathType Leaf)',
        '{',
        '$buffer_size = 8',
        `$offset = ${offset}`,
        '}',
        'Write-Host "[DIR]";',
        '}',
      ].join('\n'),
    );
  }

  function restart(key: string, hasDefaultTest: boolean, delay: number): string {
    return encoded(
      ansibleScript(
        [
          "$ErrorActionPreference = 'Continue'",
          `if ($${hasDefaultTest ? 'True' : 'False'}) {`,
          `    Remove-Item -LiteralPath '${key}' -Force -ErrorAction SilentlyContinue`,
          '}',
          '$stdout = $null',
          `$stderr = . { shutdown.exe /r /t ${delay} /c 'Reboot initiated by Ansible' | Set-Variable stdout } 2>&1 | ForEach-Object ToString`,
          'ConvertTo-Json -Compress -InputObject @{',
          'rc = $LASTEXITCODE',
          '}',
        ].join('\n'),
      ),
    );
  }
});
