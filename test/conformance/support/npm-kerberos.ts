// The npm package kerberos, which is no dependency of the product: built in a folder of its own, and found by
// `import('kerberos')` of this process from then on, as it is where a user has installed it.
import { execa } from 'execa';
import { writeFile } from 'node:fs/promises';
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from 'mocha';
import { cached } from './cache.js';
import { lastWords, skipHere } from './skip.js';

const wanted = 'kerberos@7.0.0';

export async function npmKerberos(context: Context): Promise<void> {
  try {
    const contents = `${wanted} ${process.version}`;
    const folder = await cached({ name: 'npm-kerberos', contents }, async (into) => {
      await writeFile(join(into, 'package.json'), '{ "private": true }\n');
      const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
      await execa('npm', ['install', ...quiet, wanted], { cwd: into, timeout: 400_000 });
      // Its native part may not have been built; then it is no use.
      await execa('node', ['--eval', 'require("kerberos")'], { cwd: into });
    });
    const url = pathToFileURL(join(folder, 'node_modules/kerberos/lib/index.js')).href;
    register('./kerberos-hook.js', { parentURL: import.meta.url, data: { url } });
  } catch (error) {
    skipHere(context, `no npm package ${wanted}: ${lastWords(error)}`);
  }
}
