// PowerShell scripts that clients send as they are: recognised by their text, not run.
import type { Machine } from '../../machine.js';
import type { CommandResult } from '../result.js';

export interface Recognised {
  /** For the trace, e.g. `put-file`. */
  name: string;
  /** True: it starts when stdin has ended. */
  readsStdin: boolean;
  /** `signal`: the shell is gone, or the machine; what waits for somebody else gives up. */
  run: (machine: Machine, stdin: Buffer, signal: AbortSignal) => CommandResult | Promise<CommandResult>;
}

/** Undefined when the script is another one. */
export type Recogniser = (script: string) => Recognised | undefined;

/** The text of a PowerShell literal in single quotes: a doubled quote is one. */
export function unquote(literal: string): string {
  return literal.replace(/(['\u2018\u2019\u201a\u201b])\1/g, '$1');
}

/** A literal in single quotes inside of a regular expression, without its quotes. */
export const literal = "'((?:[^'\u2018\u2019\u201a\u201b]|(['\u2018\u2019\u201a\u201b])\\2)*)'";

/**
 * The script between the head and the tail that Ansible's shell plugin puts around it (plugins/shell/powershell.py,
 * _encode_script: strict mode, and the exit code from `$?`), with one line feed between lines.
 */
export function bodyOf(script: string): string {
  return script
    .replace(/\r\n/g, '\n')
    .replace(/^Set-StrictMode -Version Latest\n/, '')
    .replace(
      /\nIf \(-not \$\?\) \{ If \(Get-Variable LASTEXITCODE -ErrorAction SilentlyContinue\) \{ exit \$LASTEXITCODE \} Else \{ exit 1 \} \}\n?$/,
      '',
    )
    .trim();
}
