// Looks for what a build must not leave: processes by its marker, secrets by their real values.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processStat } from '../../src/util/index.js';

interface SeenProcess {
  pid: number;
  cmdline: string;
  environment: Record<string, string>;
}

/** Every living process that may be looked into. */
function processes(): SeenProcess[] {
  const seen: SeenProcess[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const cmdline = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const entries = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      if (processStat(Number(name))?.zombie !== false) continue;
      const environment = Object.fromEntries(
        entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
      );
      seen.push({ pid: Number(name), cmdline, environment });
    } catch {
      continue; // it ended meanwhile
    }
  }
  return seen;
}

/** Processes of runs whose state lies in that folder, or of that run. */
export function processesOf(home: string): SeenProcess[] {
  const runs = new Set(namesIn(join(home, 'runs')));
  return processes().filter(({ environment }) => runs.has(environment['LYNCIMG_RUN'] ?? ''));
}

/** The real secrets of what runs now: passwords from the environments, keys from the answer folders. */
export function secretsOf(home: string): string[] {
  const secrets = new Set<string>();
  for (const { environment } of processesOf(home)) {
    for (const name of ['LYNCIMG_TWIN_PASSWORD', 'LYNCIMG_GUEST_PASSWORD', 'LYNCIMG_PASSWORD']) {
      if (environment[name]) secrets.add(environment[name]);
    }
  }
  for (const file of filesBelow(join(home, 'runs')).filter((path) => path.endsWith('/server.key'))) {
    // A line from the middle of the key: enough to know it by, whatever surrounds it.
    const line = readOrEmpty(file).split('\n')[5];
    if (line !== undefined && line !== '') secrets.add(line);
  }
  return [...secrets];
}

/** Where these secrets are found: command lines of processes, and files below the folder. */
export function leaksOf(secrets: readonly string[], home: string, files = true): string[] {
  const holds = (text: string): boolean => secrets.some((secret) => text.includes(secret));
  const found = processes()
    .filter(({ cmdline }) => holds(cmdline))
    .map(({ pid, cmdline }) => `process ${pid}: ${cmdline.slice(0, 40)}`);
  if (!files) return found;
  return [...found, ...filesBelow(home).filter((path) => holds(readOrEmpty(path)))];
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
