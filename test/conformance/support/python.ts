// A Python of our own with pinned packages, made from PyPI at the first run.
import { execa } from 'execa';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { cached } from './cache.js';
import { lastWords, skipHere } from './skip.js';

export const conformanceFolder = join(import.meta.dirname, '..');

type Requirements = 'requirements.txt' | 'requirements-kerberos.txt';

const made = new Map<Requirements, Promise<string>>();

/** The interpreter; or the suite is skipped, with pip's last word. */
export async function pythonWith(context: Context, requirements: Requirements): Promise<string> {
  // Once a run, above all where nothing can be reached.
  const making = made.get(requirements) ?? make(requirements);
  made.set(requirements, making);
  try {
    return await making;
  } catch (error) {
    return skipHere(context, `no Python with ${requirements}: ${lastWords(error)}`);
  }
}

async function make(requirements: Requirements): Promise<string> {
  const file = join(conformanceFolder, requirements);
  const version = (await execa('python3', ['--version'])).stdout;
  const contents = `${version}\n${await readFile(file, 'utf8')}`;
  const name = requirements.replace('.txt', '');
  const folder = await cached({ name, contents }, async (into) => {
    await execa('python3', ['-m', 'venv', into]);
    const quiet = ['--quiet', '--disable-pip-version-check', '--no-input', '--retries', '2'];
    await execa(join(into, 'bin/python'), ['-m', 'pip', 'install', ...quiet, '-r', file], {
      timeout: 300_000,
    });
  });
  return join(folder, 'bin/python');
}
