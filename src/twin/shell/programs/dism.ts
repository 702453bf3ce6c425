// dism.exe /Online with /Add-Package and /Get-Packages. Exit codes: Win32 errors in plain, others as HRESULT, unsigned
// (public logs, high); texts: the same (medium).
import type { HotfixOutcome, Machine, PackageInfo } from '../../machine.js';
import { failed, succeeded, type CommandResult } from '../result.js';

type Options = ReadonlyMap<string, string>;

const known = new Set([
  'online',
  'add-package',
  'get-packages',
  'packagepath',
  'quiet',
  'norestart',
  'english',
  'logpath',
]);
const restartRequired = 3010;

export async function runDism(machine: Machine, words: string[]): Promise<CommandResult | undefined> {
  const options = readOptions(words);
  if (options?.has('online') !== true) return undefined;
  if (options.has('get-packages')) return getPackages(machine);
  const path = options.get('packagepath');
  if (!options.has('add-package') || path === undefined || path === '') return undefined;
  return addPackage(machine, path, options);
}

/** `/Name` or `/Name:value`. Undefined when one of them is not known. */
function readOptions(words: readonly string[]): Options | undefined {
  const options = new Map<string, string>();
  for (const word of words) {
    const [, name = '', value = ''] = /^[-/]([\w-]+)(?::(.*))?$/.exec(word) ?? [];
    if (!known.has(name.toLowerCase())) return undefined;
    options.set(name.toLowerCase(), value);
  }
  return options;
}

async function addPackage(
  machine: Machine,
  path: string,
  options: Options,
): Promise<CommandResult | undefined> {
  const quiet = options.has('quiet');
  // An .msu is for offline images only (Microsoft's page of DISM's options).
  if (path.toLowerCase().endsWith('.msu')) return stopped(machine, 50, 'The request is not supported.');
  const outcome = await machine.installHotfix({
    sourcePath: path,
    kb: null,
    identifier: null,
    whatIf: false,
  });
  if (!outcome.ok) return refused(machine, outcome);
  const { package: info, restartNeeded } = outcome;
  if (!restartNeeded) return quiet ? succeeded() : added(machine, info);
  if (!options.has('norestart')) {
    // Without /quiet it asks, and nobody is there to answer.
    if (!quiet) return undefined;
    machine.restart({ delaySeconds: 0 });
  }
  return { ...(quiet ? succeeded() : added(machine, info)), exitCode: restartRequired };
}

function added(machine: Machine, { identifier }: PackageInfo): CommandResult {
  return succeeded(
    `${banner(machine)}Processing 1 of 1 - Adding package ${identifier}\r\n` +
      `[${'='.repeat(26)}100.0%${'='.repeat(26)}]\r\nThe operation completed successfully.\r\n`,
  );
}

function refused(machine: Machine, { reason, error }: Extract<HotfixOutcome, { ok: false }>): CommandResult {
  if (reason === 'not-a-file')
    return stopped(machine, 2, 'Unable to access the package. The system cannot find the file specified.');
  // What the twin does not know has no number of Windows.
  if (error.hresult === null) return failed(`${error.message}\r\n`);
  return stopped(machine, Number(error.hresult), error.message);
}

function stopped(machine: Machine, exitCode: number, message: string): CommandResult {
  const shown = exitCode > 0xffff ? `0x${exitCode.toString(16)}` : String(exitCode);
  return { ...failed('', exitCode), stdout: `${banner(machine)}Error: ${shown}\r\n\r\n${message}\r\n` };
}

function getPackages(machine: Machine): CommandResult {
  const rows = machine
    .servicedPackages()
    .map(
      ({ identifier, state, installedOn }) =>
        `Package Identity : ${identifier}\r\nState : ${state}\r\nRelease Type : Update\r\n` +
        `Install Time : ${usTime(new Date(installedOn))}\r\n\r\n`,
    );
  return succeeded(
    `${banner(machine)}Packages listing:\r\n\r\n${rows.join('')}The operation completed successfully.\r\n`,
  );
}

function usTime(at: Date): string {
  const day = `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()}`;
  const half = at.getUTCHours() < 12 ? 'AM' : 'PM';
  return `${day} ${at.getUTCHours() % 12 || 12}:${String(at.getUTCMinutes()).padStart(2, '0')} ${half}`;
}

function banner(machine: Machine): string {
  const { version } = machine.facts().os;
  return (
    '\r\nDeployment Image Servicing and Management tool\r\n' +
    `Version: ${version}.16384\r\n\r\nImage Version: ${version}.16384\r\n\r\n`
  );
}
