// Scripts that only say something: Packer's question whether WinRM works, and its windows-restart provisioner's
// question whether the machine is back (Packer 1.6.6 measured, packer-plugin-sdk step_connect_winrm.go read).
import type { Machine } from '../../machine.js';
import { succeeded } from '../result.js';
import type { Recognised } from './script.js';

/** Both lines switch progress messages off; clients put one or both before their words. */
const quiet = [
  /^\$ProgressPreference\s*=\s*'SilentlyContinue'\s*;?\s*/,
  /^if\s*\(Test-Path variable:global:ProgressPreference\)\s*\{\$ProgressPreference='SilentlyContinue'\}\s*;?\s*/i,
];

export function echo(script: string): Recognised | undefined {
  const words = withoutPreamble(script.trim());
  const plain = /^echo "([^"$`]*)"$/i.exec(words)?.[1];
  if (plain !== undefined) return saying(() => plain);
  const named = /^echo \("([^"$`]*)" -f \[System\.Net\.Dns\]::GetHostName\(\)\)$/i.exec(words)?.[1];
  if (named === undefined) return undefined;
  return saying((machine) => named.replaceAll('{0}', machine.facts().computerName));
}

function withoutPreamble(script: string): string {
  let rest = script;
  for (let before = ''; before !== rest;) {
    before = rest;
    for (const line of quiet) rest = rest.replace(line, '');
  }
  return rest;
}

function saying(words: (machine: Machine) => string): Recognised {
  return { name: 'echo', readsStdin: false, run: (machine) => succeeded(`${words(machine)}\r\n`) };
}
