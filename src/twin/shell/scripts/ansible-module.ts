// Ansible's bootstrap: reads the wrapper and the payload of one module from stdin (bootstrap_wrapper.ps1).
import { invalidPayload, readPayload, runModule } from '../../modules/index.js';
import type { Recognised } from './script.js';

export function ansibleModule(script: string): Recognised | undefined {
  const readsWrapper = script.includes('$input | Out-String') && script.includes('"`0`0`0`0"');
  if (!readsWrapper || !script.includes('[ScriptBlock]::Create(')) return undefined;
  return {
    name: 'ansible-module',
    readsStdin: true,
    run: (machine, stdin, signal) => {
      const payload = readPayload(stdin);
      if (payload === undefined) return invalidPayload();
      // Arguments may hold secrets: the trace has the name alone.
      machine.trace({ type: 'module', name: payload.moduleName, checkMode: payload.checkMode });
      return runModule(machine, payload, signal);
    },
  };
}
