// Files between Ansible and the machine (plugins/connection/winrm.py, put_file and fetch_file).
import { createHash } from 'node:crypto';
import type { Machine } from '../../machine.js';
import { clixmlError } from '../clixml.js';
import { failed, succeeded, type CommandResult } from '../result.js';
import { bodyOf, literal, unquote, type Recognised } from './script.js';

const putPath = new RegExp(`^begin \\{\\n\\$path = ${literal}\\n`);

/** Stdin: lines of base64, each a piece of the file. Stdout: the SHA-1 of what was written. */
export function putFile(script: string): Recognised | undefined {
  const body = bodyOf(script);
  const match = putPath.exec(body);
  if (match === null || !body.includes('[System.IO.File]::Create($path)') || !body.includes('""sha1""')) {
    return undefined;
  }
  const path = unquote(match[1] ?? '');
  return {
    name: 'put-file',
    readsStdin: true,
    run: (machine, stdin) => {
      const pieces = stdin.toString('latin1').split(/\r?\n/);
      const data = Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')));
      const outcome = machine.writeFile(path, data);
      if (!outcome.ok) return failed(clixmlError(outcome.error.message));
      return succeeded(`{"sha1":"${createHash('sha1').update(data).digest('hex')}"}\r\n`);
    },
  };
}

const fetchHead = new RegExp(
  `^\\$path = ${literal}\\nIf \\(Test-Path -Path \\$path -PathType Leaf\\)\\n\\{\\n` +
    String.raw`\$buffer_size = (\d+)\n\$offset = (\d+)\n`,
);

/** One piece of a file as a line of base64; the client asks on until a piece is shorter than its buffer. */
export function fetchFile(script: string): Recognised | undefined {
  const body = bodyOf(script);
  const match = fetchHead.exec(body);
  if (match === null || !body.includes('Write-Host "[DIR]";')) return undefined;
  const [, path = '', , size = '0', offset = '0'] = match;
  const piece = { path: unquote(path), size: Number(size), offset: Number(offset) };
  return { name: 'fetch-file', readsStdin: false, run: (machine) => readPiece(machine, piece) };
}

async function readPiece(
  machine: Machine,
  { path, size, offset }: { path: string; size: number; offset: number },
): Promise<CommandResult> {
  const found = await machine.stat(path);
  if (found === undefined) return failed(clixmlError(`${path} does not exist`));
  if (found.isDirectory) return succeeded('[DIR]\r\n');
  const data = (await machine.readFile(path)) ?? Buffer.alloc(0);
  const bytes = data.subarray(offset, offset + size);
  return succeeded(bytes.length === 0 ? '' : `${bytes.toString('base64')}\r\n`);
}
