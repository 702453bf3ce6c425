import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../../src/twin/machine-model.js';
import { splitWords } from '../../../../src/twin/shell/command-words.js';
import { runSchtasks } from '../../../../src/twin/shell/programs/schtasks.js';
import type { CommandResult } from '../../../../src/twin/shell/result.js';
import { modelledMachine } from '../../../helpers/modelled-machine.js';

describe('schtasks', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const schtasks = (line: string): CommandResult | undefined => runSchtasks(machine, splitWords(line));
  const make = '/create /tn lync\\a /tr "cmd /c x" /sc onstart /ru "NT AUTHORITY\\SYSTEM"';
  const missing = {
    stdout: '',
    stderr: 'ERROR: The system cannot find the file specified.\r\n',
    exitCode: 1,
  };

  it('makes a task, and replaces one only when told', () => {
    expect(schtasks(make)?.stdout).to.equal(
      'SUCCESS: The scheduled task "\\lync\\a" has successfully been created.\r\n',
    );
    expect(machine.task('\\LYNC\\A')).to.deep.equal({ name: '\\lync\\a', run: 'cmd /c x', trigger: 'boot' });
    expect(schtasks(make)).to.include({ exitCode: 1 });
    expect(schtasks(`${make} /f`)).to.include({ exitCode: 0 });
  });

  it('shows a task as a table, a list and CSV', () => {
    schtasks(make);

    expect(schtasks('/query /tn \\lync\\a')?.stdout).to.match(
      /^\r\nFolder: \\lync\r\nTaskName .*\r\na +N\/A +Ready +\r\n$/s,
    );
    expect(schtasks('/query /tn \\lync\\a /fo LIST')?.stdout).to.contain('TaskName:      \\lync\\a\r\n');
    expect(schtasks('/query /tn \\lync\\a /fo csv')?.stdout).to.contain('"\\lync\\a","N/A","Ready"');
    expect(schtasks('/query /tn none')).to.deep.equal(missing);
  });

  it('starts and deletes a task', () => {
    schtasks(make);

    expect(schtasks('/run /tn \\lync\\a')?.stdout).to.equal(
      'SUCCESS: Attempted to run the scheduled task "\\lync\\a".\r\n',
    );
    expect(schtasks('/delete /tn \\lync\\a /f')?.stdout).to.equal(
      'SUCCESS: The scheduled task "\\lync\\a" was successfully deleted.\r\n',
    );
    expect(schtasks('/run /tn \\lync\\a')).to.deep.equal(missing);
    expect(schtasks('/delete /tn \\lync\\a /f')).to.deep.equal(missing);
  });

  it('knows no other forms', () => {
    for (const line of [
      '',
      '/change /tn a',
      '/query',
      '/query /tn a /xml',
      '/query /tn \\lyncimg\\boot /fo xml',
      '/delete /tn a',
      '/create /tn a /sc once',
      '/create /tn a /tr x /sc daily',
      '/create /tn a /tr x /sc once /ru someone /rp secret',
      '/create /tn a /tr x /sc once /ru someone',
      '/run /tn',
    ]) {
      expect(schtasks(line), line).to.equal(undefined);
    }
  });
});
