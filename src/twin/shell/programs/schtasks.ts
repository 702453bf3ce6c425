// schtasks.exe /create, /query, /run and /delete with the switches that our own playbooks use. Messages: as the tool
// prints them in English (knowledge, seen in many public logs).
import type { Machine } from '../../machine.js';
import { failed, succeeded, type CommandResult } from '../result.js';
import { readSwitches } from './switches.js';

type Values = Map<string, string>;

interface Verb {
  flags: readonly string[];
  valued: readonly string[];
  run: (machine: Machine, name: string, values: Values) => CommandResult | undefined;
}

const verbs = new Map<string, Verb>([
  [
    'create',
    { flags: ['f', 'np'], valued: ['tn', 'tr', 'sc', 'st', 'sd', 'ru', 'rl', 'delay'], run: create },
  ],
  ['query', { flags: ['hresult'], valued: ['tn', 'fo'], run: query }],
  ['run', { flags: ['i', 'hresult'], valued: ['tn'], run: runNow }],
  ['delete', { flags: ['f', 'hresult'], valued: ['tn'], run: remove }],
]);

export function runSchtasks(machine: Machine, words: string[]): CommandResult | undefined {
  const verb = verbs.get(words[0]?.replace(/^[/-]/, '').toLowerCase() ?? '');
  if (verb === undefined) return undefined;
  const read = readSwitches(words.slice(1), verb);
  const name = read?.values.get('tn');
  if (read === undefined || name === undefined) return undefined;
  return verb.run(machine, fullName(name), read.values);
}

/** A task without a folder lies in the root folder. */
function fullName(name: string): string {
  return name.startsWith('\\') ? name : `\\${name}`;
}

function create(machine: Machine, name: string, values: Values): CommandResult | undefined {
  const run = values.get('tr');
  const schedule = values.get('sc')?.toLowerCase();
  if (run === undefined) return undefined;
  // A moment is not modelled: a task that is started once counts as one that is started by hand.
  const trigger = schedule === 'onstart' ? 'boot' : schedule === 'once' ? 'demand' : undefined;
  const account = values.get('ru')?.toLowerCase();
  if (trigger === undefined || (account !== undefined && !systemNames.includes(account))) return undefined;
  if (machine.task(name) !== undefined) {
    if (!values.has('f')) {
      return failed(`WARNING: The task name "${name}" already exists. Do you want to replace it (Y/N)? \r\n`);
    }
    const removed = machine.deleteTask(name);
    if (!removed.ok) return failed(`ERROR: ${removed.error.message}\r\n`);
  }
  const outcome = machine.createTask({ name, run, trigger });
  if (!outcome.ok) return failed(`ERROR: ${outcome.error.message}\r\n`);
  return succeeded(`SUCCESS: The scheduled task "${name}" has successfully been created.\r\n`);
}

const systemNames = ['system', 'nt authority\\system', 's-1-5-18', ''];

function query(machine: Machine, name: string, values: Values): CommandResult | undefined {
  const format = values.get('fo')?.toLowerCase() ?? 'table';
  const task = machine.task(name);
  if (task === undefined) return failed('ERROR: The system cannot find the file specified.\r\n');
  const cut = task.name.lastIndexOf('\\');
  const folder = cut <= 0 ? '\\' : task.name.slice(0, cut);
  const leaf = task.name.slice(cut + 1);
  if (format === 'list') {
    const rows = [`HostName:      ${machine.facts().computerName}`, `TaskName:      ${task.name}`];
    rows.push('Next Run Time: N/A', 'Status:        Ready', 'Logon Mode:    Interactive/Background');
    return succeeded(`\r\nFolder: ${folder}\r\n${rows.join('\r\n')}\r\n`);
  }
  if (format === 'csv') {
    return succeeded(`"TaskName","Next Run Time","Status"\r\n"${task.name}","N/A","Ready"\r\n`);
  }
  if (format !== 'table') return undefined;
  const head = `${'TaskName'.padEnd(40)} ${'Next Run Time'.padEnd(22)} ${'Status'.padEnd(15)}`;
  const line = `${'='.repeat(40)} ${'='.repeat(22)} ${'='.repeat(15)}`;
  const row = `${leaf.padEnd(40)} ${'N/A'.padEnd(22)} ${'Ready'.padEnd(15)}`;
  return succeeded(`\r\nFolder: ${folder}\r\n${head}\r\n${line}\r\n${row}\r\n`);
}

function runNow(machine: Machine, name: string): CommandResult {
  const task = machine.task(name);
  if (task === undefined) return failed('ERROR: The system cannot find the file specified.\r\n');
  const outcome = machine.runTask(name);
  if (!outcome.ok) return failed(`ERROR: ${outcome.error.message}\r\n`);
  return succeeded(`SUCCESS: Attempted to run the scheduled task "${task.name}".\r\n`);
}

function remove(machine: Machine, name: string, values: Values): CommandResult | undefined {
  // Without /f the tool asks, and nobody is there to answer.
  if (!values.has('f')) return undefined;
  const task = machine.task(name);
  if (task === undefined) return failed('ERROR: The system cannot find the file specified.\r\n');
  const outcome = machine.deleteTask(name);
  if (!outcome.ok) return failed(`ERROR: ${outcome.error.message}\r\n`);
  return succeeded(`SUCCESS: The scheduled task "${task.name}" was successfully deleted.\r\n`);
}
