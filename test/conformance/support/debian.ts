// Debian packages that only a conformance run needs: installed where that is possible, otherwise the suite is skipped.
import { execa } from 'execa';
import { access } from 'node:fs/promises';
import type { Context } from 'mocha';
import { lastWords, skipHere } from './skip.js';

/** A file of each package stands for it. */
export async function debianPackages(
  context: Context,
  packages: Readonly<Record<string, string>>,
): Promise<void> {
  const missing: string[] = [];
  for (const [name, file] of Object.entries(packages)) {
    await access(file).catch(() => missing.push(name));
  }
  if (missing.length === 0) return;
  const wanted = `missing Debian packages: ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) skipHere(context, `${wanted} (installed by root only)`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await execa('apt-get', ['-q', 'update'], { timeout: 120_000 });
    await execa('apt-get', ['-qy', 'install', '--no-install-recommends', ...missing], {
      env,
      timeout: 300_000,
    });
  } catch (error) {
    skipHere(context, `${wanted}: ${lastWords(error)}`);
  }
}
