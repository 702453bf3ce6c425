// Runs a command class as the shell would: arguments in, both streams and the exit code out.
import { captureOutput } from '@oclif/test';
import { join } from 'node:path';

export interface Outcome {
  exit: number;
  stdout: string;
  stderr: string;
}

const packageRoot = join(import.meta.dirname, '../..');

export async function runCommandClass(
  command: { run: (args: string[], root: string) => Promise<unknown> },
  args: string[],
): Promise<Outcome> {
  const { stdout, stderr, error } = await captureOutput(() => command.run(args, packageRoot));
  const failed = error as { oclif?: { exit?: number } } | undefined;
  return {
    exit: failed === undefined ? Number(process.exitCode ?? 0) : (failed.oclif?.exit ?? 70),
    stdout,
    stderr,
  };
}
