// Ansible's temporary folder: made before files are sent, removed after (plugins/shell/powershell.py mkdtemp, remove).
import { clixmlError } from '../clixml.js';
import { failed, succeeded } from '../result.js';
import { bodyOf, literal, unquote, type Recognised } from './script.js';

const make = new RegExp(
  String.raw`^\$tmp_path = \[System\.Environment\]::ExpandEnvironmentVariables\(${literal}\)\n` +
    String.raw`\$tmp = New-Item -Type Directory -Path \$tmp_path -Name ${literal.replace('\\2', '\\4')}\n` +
    String.raw`Write-Output -InputObject \$tmp\.FullName$`,
);

export function makeTemporaryFolder(script: string): Recognised | undefined {
  const match = make.exec(bodyOf(script));
  if (match === null) return undefined;
  const [, base = '', , name = ''] = match;
  return {
    name: 'make-temporary-folder',
    readsStdin: false,
    run: (machine) => {
      const path = `${machine.expandEnvironment(unquote(base)).replace(/[\\/]+$/, '')}\\${unquote(name)}`;
      const outcome = machine.makeFolder(path);
      return outcome.ok ? succeeded(`${path}\r\n`) : failed(clixmlError(outcome.error.message));
    },
  };
}

const remove = new RegExp(`^Remove-Item ${literal} -Force(?: -Recurse)?;$`);

export function removeItem(script: string): Recognised | undefined {
  const match = remove.exec(bodyOf(script));
  if (match === null) return undefined;
  // The folder's path arrives with `\.` at its end.
  const path = unquote(match[1] ?? '').replace(/\\\.$/, '');
  return {
    name: 'remove-item',
    readsStdin: false,
    run: async (machine) => {
      if ((await machine.stat(path)) === undefined) {
        return failed(clixmlError(`Remove-Item : Cannot find path '${path}' because it does not exist.`));
      }
      const outcome = machine.removePath(path);
      return outcome.ok ? succeeded() : failed(clixmlError(`Remove-Item : ${outcome.error.message}`));
    },
  };
}
