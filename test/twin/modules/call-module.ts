// Calls a module as Ansible's wrapper does, without the wire.
import { runModule } from '../../../src/twin/modules/index.js';
import { parseJson, type JsonObject } from '../../../src/twin/modules/json.js';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';

export interface Answer {
  result: JsonObject;
  exitCode: number;
}

export async function callModule(
  machine: ModelledMachine,
  name: string,
  args: JsonObject = {},
  options: {
    check?: boolean;
    diff?: boolean;
    environment?: Record<string, string>;
    signal?: AbortSignal;
  } = {},
): Promise<Answer> {
  const payload = {
    moduleName: name,
    arguments: args,
    checkMode: options.check ?? false,
    diffMode: options.diff ?? false,
    actions: ['module_powershell_wrapper'],
    environment: options.environment ?? {},
    minPowershell: null,
    minOs: null,
  };
  const signal = options.signal ?? new AbortController().signal;
  const { stdout, exitCode } = await runModule(machine, payload, signal);
  return { result: parseJson(stdout) as JsonObject, exitCode };
}
