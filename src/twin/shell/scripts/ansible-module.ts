// Ansible's bootstrap: reads the wrapper and the payload of one module from stdin (bootstrap_wrapper.ps1).
import { invalidPayload, readPayload, runModule } from '../../modules/index.js';
import { succeeded, type CommandResult } from '../result.js';
import type { Recognised } from './script.js';

/** Said before anything is read. Packer's and Ansible's other scripts are plain enough for PowerShell 2.0. */
const tooOld: CommandResult = {
  ...succeeded('{"failed":true,"msg":"Ansible requires PowerShell v3.0 or newer"}\r\n'),
  exitCode: 1,
};

export function ansibleModule(script: string): Recognised | undefined {
  const readsWrapper = script.includes('$input | Out-String') && script.includes('"`0`0`0`0"');
  if (!readsWrapper || !script.includes('[ScriptBlock]::Create(')) return undefined;
  return {
    name: 'ansible-module',
    readsStdin: true,
    run: (machine, stdin, signal) => {
      if (Number(machine.facts().os.powershell) < 3) return tooOld;
      const payload = readPayload(stdin);
      if (payload === undefined) return invalidPayload();
      // Arguments may hold secrets: the trace has the name alone.
      machine.trace({ type: 'module', name: payload.moduleName, checkMode: payload.checkMode });
      return runModule(machine, payload, signal);
    },
  };
}
