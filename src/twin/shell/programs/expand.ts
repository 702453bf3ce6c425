// expand.exe: unpacks a cabinet, here an .msu, into a folder. Texts: public logs of Windows 7 and 2008 R2 (medium).
import { join } from 'node:path/win32';
import type { Machine } from '../../machine.js';
import { failed, succeeded, type CommandResult } from '../result.js';

const banner =
  'Microsoft (R) File Expansion Utility  Version 6.1.7600.16385\r\n' +
  'Copyright (c) Microsoft Corporation. All rights reserved.\r\n\r\n';

/** `expand -F:<pattern> <cabinet> <folder>`, in any order. */
export async function runExpand(machine: Machine, words: string[]): Promise<CommandResult | undefined> {
  const pattern = words.map((word) => /^[-/]f:(.+)$/i.exec(word)?.[1]).find((found) => found !== undefined);
  const paths = words.filter((word) => !/^[-/]/.test(word));
  const [source, folder] = paths;
  if (pattern === undefined || source === undefined || folder === undefined) return undefined;
  if (words.length !== 3) return undefined;
  const files = await machine.packageContents(source);
  if (files === undefined) return stopped(`Can't open input file: ${source.toLowerCase()}.`);
  if ((await machine.stat(folder))?.isDirectory !== true)
    return stopped(`Destination directory required for multiple source files: ${folder.toLowerCase()}.`);
  const wanted = files.filter(({ name }) => fits(name, pattern));
  for (const { name, content } of wanted) {
    const written = machine.writeFile(join(folder, name), Buffer.from(content));
    if (!written.ok) return stopped(`Can't open output file: ${join(folder, name).toLowerCase()}.`);
  }
  const queue = wanted.map(({ name }) => `Adding ${join(folder, name)} to Extraction Queue\r\n`).join('');
  return succeeded(
    `${banner}${queue}\r\nExpanding Files ....\r\n\r\nExpanding Files Complete ...\r\n${wanted.length} files total.\r\n`,
  );
}

/** 8.3 wild cards: `*` any text, `?` one character. */
function fits(name: string, pattern: string): boolean {
  const source = pattern
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return pattern === '*.*' || new RegExp(`^${source}$`).test(name.toLowerCase());
}

/** expand.exe says what is wrong on its own output, and ends with 1. */
function stopped(message: string): CommandResult {
  return { ...failed(''), stdout: `${banner}${message}\r\n` };
}
