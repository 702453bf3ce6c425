import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import { recognise } from '../../../src/twin/shell/recognise.js';
import type { CommandResult } from '../../../src/twin/shell/result.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { ansibleScript } from './encoded.js';

const poll = 'C:\\Windows\\Temp\\poll.ps1';
const output = 'C:\\Windows\\Temp\\output.txt';

describe('scripts of win_updates', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
    machine.writeFile(poll, Buffer.from(`'{{"position": {0}}}' -f $fs.Position`));
    machine.writeFile(output, Buffer.from('{"task":"a"}\r\n{"task":"b"}\r\n'));
  });
  const run = async (file: string, rest: string): Promise<CommandResult> => {
    const script = `$cmd = Get-Content -LiteralPath '${file}' -Raw; &([ScriptBlock]::Create($cmd)) ${rest}`;
    return recognise(ansibleScript(script)).run(machine, Buffer.alloc(0), new AbortController().signal);
  };

  it('reads on where it stopped, and says where it is now', async () => {
    expect((await run(poll, `-OutputPath '${output}' -Offset 0`)).stdout).to.equal(
      '{"task":"a"}\r\n{"task":"b"}\r\n{"position": 28}\r\n',
    );
    expect((await run(poll, `-OutputPath '${output}' -Offset 14`)).stdout).to.equal(
      '{"task":"b"}\r\n{"position": 28}\r\n',
    );
  });

  it('fails where nothing more can come, or nothing is', async () => {
    expect(await run(poll, `-OutputPath '${output}' -Offset 28`)).to.include({ exitCode: 1, stdout: '' });
    expect(await run(poll, "-OutputPath 'C:\\nope.txt' -Offset 0")).to.include({ exitCode: 1, stdout: '' });
  });

  it('runs no other file', async () => {
    machine.writeFile(poll, Buffer.from('Remove-Item C:\\'));
    expect((await run(poll, `-OutputPath '${output}' -Offset 0`)).stderr).to.contain(
      'does not model the script',
    );
  });

  it('takes a request to stop', async () => {
    const cancel = "-CancelId 'Global\\Ansible.Windows.WinUpdates-1' -TaskPid 4120";
    expect(await run('C:\\Windows\\Temp\\cancel.ps1', cancel)).to.include({ exitCode: 0 });
  });
});
