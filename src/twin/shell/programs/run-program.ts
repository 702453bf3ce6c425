import type { Machine } from '../../machine.js';
import { programName, splitWords } from '../command-words.js';
import { succeeded, type CommandResult } from '../result.js';
import { runDism } from './dism.js';
import { runExpand } from './expand.js';
import { runNetsh } from './netsh.js';
import { runReg } from './reg.js';
import { runSchtasks } from './schtasks.js';
import { runShutdown } from './shutdown.js';
import { runWmic } from './wmic.js';
import { runWusa } from './wusa.js';

/** Undefined: this form of it is not modelled. */
type Program = (
  machine: Machine,
  words: string[],
) => CommandResult | undefined | Promise<CommandResult | undefined>;

const programs = new Map<string, Program>([
  ['cmd', runCmd],
  ['dism', runDism],
  ['expand', runExpand],
  ['hostname', runHostname],
  ['netsh', runNetsh],
  ['reg', runReg],
  ['schtasks', runSchtasks],
  ['shutdown', runShutdown],
  ['wmic', runWmic],
  ['wusa', runWusa],
]);

/** What cmd.exe knows itself. */
const builtIns = new Map<string, Program>([['ver', runVer]]);

/** Runs one command line. `insideCmd`: cmd's own commands count too, as for a line that a WinRS shell is given. */
export async function runProgram(
  machine: Machine,
  line: string,
  insideCmd: boolean,
): Promise<CommandResult | undefined> {
  if (hasOperators(line)) return undefined;
  const [first, ...words] = splitWords(line);
  if (first === undefined) return undefined;
  const name = programName(first);
  const program = (insideCmd ? builtIns.get(name) : undefined) ?? programs.get(name);
  return program?.(machine, words);
}

/** Pipes, redirections and chains are a shell's work, which is not modelled. */
function hasOperators(line: string): boolean {
  return /[|<>&;\r\n`$(){}]/.test(line.replace(/"[^"]*"/g, '""'));
}

function runHostname(machine: Machine, words: string[]): CommandResult | undefined {
  return words.length === 0 ? succeeded(`${machine.facts().computerName}\r\n`) : undefined;
}

function runVer(machine: Machine, words: string[]): CommandResult | undefined {
  if (words.length > 0) return undefined;
  return succeeded(`\r\nMicrosoft Windows [Version ${machine.facts().os.version}]\r\n`);
}

async function runCmd(machine: Machine, words: string[]): Promise<CommandResult | undefined> {
  if (words[0]?.toLowerCase() !== '/c' || words.length < 2) return undefined;
  const line = words.slice(1).map(quoted).join(' ');
  return runProgram(machine, line, true);
}

function quoted(word: string): string {
  return /[\s"]/.test(word) || word === '' ? `"${word.replaceAll('"', '\\"')}"` : word;
}
