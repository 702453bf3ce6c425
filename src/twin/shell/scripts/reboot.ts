// What ansible.windows' win_reboot sends (1.14.0, plugin_utils/_reboot.py): the boot time, the restart, and the test
// that the logon screen is there again.
import type { Machine } from '../../machine.js';
import { clixmlError } from '../clixml.js';
import { leafOf, parentOf } from '../windows-path.js';
import { runProgram } from '../programs/index.js';
import { failed, succeeded, type CommandResult } from '../result.js';
import { bodyOf, literal, unquote, type Recognised } from './script.js';

const bootTimeCommand =
  '(Get-CimInstance -ClassName Win32_OperatingSystem -Property LastBootUpTime).LastBootUpTime.ToFileTime()';

export function bootTime(script: string): Recognised | undefined {
  if (bodyOf(script) !== bootTimeCommand) return undefined;
  return {
    name: 'boot-time',
    readsStdin: false,
    run: (machine) => succeeded(`${fileTime(machine.facts().bootedAt)}\r\n`),
  };
}

/** 100 nanoseconds since 1601. */
function fileTime(moment: Date): string {
  return (BigInt(moment.getTime() + 11_644_473_600_000) * 10_000n).toString();
}

const removeLine = new RegExp(
  String.raw`^if \(\$True\) \{\nRemove-Item -LiteralPath ${literal} -Force -ErrorAction SilentlyContinue\n\}$`,
  'm',
);
const restartLine = new RegExp(
  String.raw`^\$stderr = \. \{ shutdown\.exe \/r \/t (\d+) \/c (?:${literal}|(\S+)) \| Set-Variable stdout \} 2>&1 \| ForEach-Object ToString$`,
  'm',
);

export function restart(script: string): Recognised | undefined {
  const body = bodyOf(script);
  const match = restartLine.exec(body);
  if (match === null || !body.startsWith("$ErrorActionPreference = 'Continue'")) return undefined;
  const [, delay = '0', quoted, , bare] = match;
  const message = quoted === undefined ? (bare ?? '') : unquote(quoted);
  // Only with the default test is the key taken away that LogonUI makes again.
  const key = removeLine.exec(body)?.[1];
  return {
    name: 'restart',
    readsStdin: false,
    run: (machine) => {
      if (key !== undefined) machine.deleteRegistryKey(unquote(key));
      return succeeded(restartReport(machine, Number(delay), message));
    },
  };
}

function restartReport(machine: Machine, delaySeconds: number, message: string): string {
  const outcome = machine.restart({ delaySeconds, message });
  const stderr = outcome.ok ? '' : outcome.error.message;
  return `${JSON.stringify({ stdout: '', stderr, rc: outcome.ok ? 0 : outcome.error.code })}\r\n`;
}

const testLine = new RegExp(`^Get-Item -LiteralPath ${literal} -ErrorAction Stop; '([^']*)'$`);

/** Is a registry key there? win_reboot asks for the one that LogonUI makes when the logon screen comes. */
export function logonTest(script: string): Recognised | undefined {
  const match = testLine.exec(bodyOf(script));
  const path = unquote(match?.[1] ?? '');
  const words = match?.[3];
  if (words === undefined || !/^HK\w+:\\/i.test(path)) return undefined;
  return {
    name: 'logon-test',
    readsStdin: false,
    run: (machine) =>
      machine.registryKeyExists(path)
        ? succeeded(`\r\n\r\n    Hive: ${parentOf(path)}\r\n\r\n\r\n${leafOf(path)}\r\n${words}\r\n`)
        : failed(clixmlError(`Get-Item : Cannot find path '${path}' because it does not exist.`)),
  };
}

/** A script of one line that is a program which the twin knows, e.g. win_reboot's `shutdown.exe /a`. */
export function oneProgram(script: string): Recognised | undefined {
  const body = bodyOf(script);
  if (body === '' || body.includes('\n')) return undefined;
  return {
    name: 'program',
    readsStdin: false,
    run: (machine) => powershellProgram(machine, body),
  };
}

async function powershellProgram(machine: Machine, line: string): Promise<CommandResult> {
  const done = await runProgram(machine, line, false);
  if (done === undefined) return failed(`the twin does not model the script: ${firstLine(line)}\r\n`);
  // PowerShell shows a program's error output as its own.
  return done.stderr === '' ? done : { ...done, stderr: clixmlError(done.stderr.trimEnd()) };
}

/** The beginning of a script, for a message. */
export function firstLine(script: string): string {
  const line = script.trim().split(/\r?\n/)[0] ?? '';
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
