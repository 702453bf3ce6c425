// What a process left behind.

export interface CommandResult {
  stdout: string;
  stderr: string;
  /** Unsigned, as Windows reports it. */
  exitCode: number;
}

export function succeeded(stdout = ''): CommandResult {
  return { stdout, stderr: '', exitCode: 0 };
}

export function failed(stderr: string, exitCode = 1): CommandResult {
  return { stdout: '', stderr, exitCode };
}
