// What the wrappers around a module do: minimum versions, the module itself, its answer as one line of JSON
// (ansible-core 2.14, exec_wrapper.ps1 and module_wrapper.ps1).
import type { Machine } from '../machine.js';
import { failed, succeeded, type CommandResult } from '../shell/result.js';
import type { ModuleCall } from './call.js';
import { writeJson } from './json.js';
import type { Payload } from './payload.js';
import { ModuleExit, notModelled, type ModuleReply } from './reply.js';
import { findModule } from './table.js';

export async function runModule(
  machine: Machine,
  payload: Payload,
  signal: AbortSignal,
): Promise<CommandResult> {
  const reply = await replyTo(machine, payload, signal);
  const line = `${writeJson(reply.result)}\r\n`;
  return { ...succeeded(line), exitCode: reply.exitCode };
}

/** Stdin that is no payload: the bootstrap throws. */
export function invalidPayload(): CommandResult {
  return failed('invalid payload\r\n');
}

async function replyTo(machine: Machine, payload: Payload, signal: AbortSignal): Promise<ModuleReply> {
  const refusal = wrapperRefusal(machine, payload);
  if (refusal !== null) return refused(refusal);
  const module = findModule(payload.moduleName);
  if (module === undefined) return refused(notModelled(payload.moduleName));
  try {
    return await module(callOf(machine, payload, signal));
  } catch (error) {
    if (error instanceof ModuleExit) return error.reply;
    const words = error instanceof Error ? error.message : String(error);
    return refused(`Unhandled exception while executing module: ${words}`);
  }
}

function refused(message: string): ModuleReply {
  return { result: { failed: true, msg: message }, exitCode: 1 };
}

function wrapperRefusal(machine: Machine, payload: Payload): string | null {
  const wrapper = payload.actions.find((action) => action !== 'module_powershell_wrapper');
  if (wrapper === 'module_script_wrapper') return notModelled('script tasks');
  if (wrapper?.startsWith('async') === true) return notModelled('tasks with async');
  if (wrapper !== undefined) return notModelled(`tasks that run by ${wrapper}`);
  const { os } = machine.facts();
  if (payload.minOs !== null && isOlder(os.version, payload.minOs)) {
    return (
      'internal error: This module cannot run on this OS as it requires a minimum version of ' +
      `${payload.minOs}, actual was ${os.version}`
    );
  }
  if (payload.minPowershell !== null && isOlder(os.powershell, payload.minPowershell)) {
    return (
      'internal error: This module cannot run as it requires a minimum PowerShell version of ' +
      `${payload.minPowershell}, actual was ${os.powershell}`
    );
  }
  return null;
}

function isOlder(actual: string, minimum: string): boolean {
  const have = actual.split('.').map(Number);
  const need = minimum.split('.').map(Number);
  for (let part = 0; part < need.length; part++) {
    const difference = (have[part] ?? 0) - (need[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function callOf(machine: Machine, payload: Payload, signal: AbortSignal): ModuleCall {
  const environment = { ...machine.environment(), ...payload.environment };
  const known = new Map(Object.entries(environment).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    name: payload.moduleName,
    arguments: payload.arguments,
    checkMode: payload.checkMode,
    diffMode: payload.diffMode,
    environment,
    expand: (text) =>
      text.replace(/%([^%]+)%/g, (whole, name: string) => known.get(name.toLowerCase()) ?? whole),
    machine,
    signal,
  };
}
