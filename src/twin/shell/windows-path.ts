// Windows paths as text: what Join-Path and Split-Path make of them.
import { win32 } from 'node:path';

/** Join-Path: one backslash between the two, whatever stood there. */
export function joinPath(folder: string, child: string): string {
  return `${folder.replace(/[\\/]+$/, '')}\\${child.replace(/^[\\/]+/, '').replaceAll('/', '\\')}`;
}

export function parentOf(path: string): string {
  return win32.dirname(path);
}

export function leafOf(path: string): string {
  return win32.basename(path);
}

export function endsWithSeparator(path: string): boolean {
  return /[\\/]$/.test(path);
}
