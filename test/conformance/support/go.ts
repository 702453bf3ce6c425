// The program of `go/`, built with modules of the versions in go.sum.
import { execa } from 'execa';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { cached } from './cache.js';
import { lastWords, skipHere } from './skip.js';

const source = join(import.meta.dirname, '../go');

/** The executable; or the suite is skipped, with Go's last word. */
export async function goProgram(context: Context): Promise<string> {
  try {
    const version = (await execa('go', ['version'])).stdout;
    const files = await Promise.all(
      ['go.mod', 'go.sum', 'main.go'].map((name) => readFile(join(source, name), 'utf8')),
    );
    const contents = [version, ...files].join('\n');
    const folder = await cached({ name: 'go', contents }, async (into) => {
      const args = ['build', '-mod=readonly', '-o', join(into, 'program'), '.'];
      await execa('go', args, { cwd: source, timeout: 400_000 });
    });
    return join(folder, 'program');
  } catch (error) {
    return skipHere(context, `no masterzen/winrm: ${lastWords(error)}`);
  }
}
