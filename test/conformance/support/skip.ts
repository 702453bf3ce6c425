// What cannot be reached here is left out by name, and all of it is listed once more at the end.
import type { Context } from 'mocha';

const skipped: string[] = [];

process.once('exit', () => {
  for (const line of skipped) process.stdout.write(`skipped: ${line}\n`);
});

/** Call it in a `before` with mocha's context: everything in that `describe` is left out. */
export function skipHere(context: Context, reason: string): never {
  const suite = context.test?.parent?.fullTitle() ?? 'all';
  const line = `${suite}: ${reason}`;
  if (!skipped.includes(line)) skipped.push(line);
  return context.skip();
}

/** Of a program that could not do it (an error of execa); anything else is a defect of ours and goes on. */
export function lastWords(error: unknown): string {
  if (!(error instanceof Error && 'shortMessage' in error)) throw error;
  const { shortMessage, stderr } = error as { shortMessage: unknown; stderr?: unknown };
  const said = typeof stderr === 'string' ? stderr.trim().split('\n').at(-1) : '';
  return said === undefined || said === '' ? String(shortMessage) : said;
}
