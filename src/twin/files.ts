// C: and E: as the guest sees them. C: holds what every machine has (a few folders) and the small files that somebody
// wrote, kept in the state; E: is the media disc, read-only.
import { createHash } from 'node:crypto';
import type { Guest } from './guest.js';
import { guestPath, parentPath, parseGuestPath, type GuestPath } from './guest-path.js';
import type { FileOutcome, FileStat } from './outcomes.js';

/** The state is one JSON file: C: is for scripts and settings, not for installers. */
const largestFile = 4 * 1024 * 1024;
const largestDisk = 32 * 1024 * 1024;

/** Folders that a fresh 2012 R2 has, as far as somebody may look for them. */
const builtInFolders = [
  'C:\\Program Files (x86)',
  'C:\\Program Files',
  'C:\\ProgramData',
  'C:\\Users\\Administrator\\AppData\\Local\\Temp',
  'C:\\Users\\Public',
  'C:\\Windows\\System32\\drivers\\etc',
  'C:\\Windows\\SysWOW64',
  'C:\\Windows\\Temp',
];

const builtIn = new Map<string, string>(
  builtInFolders.flatMap((text) => {
    const names = text.split('\\').slice(1);
    return names.map((_, index): [string, string] => {
      const path = guestPath('C', names.slice(0, index + 1));
      return [path.key, path.text];
    });
  }),
);
builtIn.set('c:\\', 'C:\\');

export async function statPath(guest: Guest, text: string): Promise<FileStat | undefined> {
  const path = parseGuestPath(text);
  if (path?.drive === 'C') return statOnC(guest, path);
  if (path?.drive !== 'E') return undefined;
  const entry = await guest.media.find(path.names);
  if (entry === undefined) return undefined;
  return {
    path: guestPath('E', entry.names).text,
    isDirectory: entry.isFolder,
    sizeBytes: entry.sizeBytes,
    modifiedAt: entry.modifiedAt,
    readOnly: true,
  };
}

export async function readGuestFile(guest: Guest, text: string): Promise<Buffer | undefined> {
  const path = parseGuestPath(text);
  if (path?.drive === 'E') return guest.media.read(path.names);
  return path?.drive === 'C' ? contentOnC(guest, path) : undefined;
}

/** The first bytes of a file: enough to see what it is. */
export async function readGuestHead(guest: Guest, text: string, bytes: number): Promise<Buffer | undefined> {
  const path = parseGuestPath(text);
  if (path?.drive === 'E') return guest.media.readHead(path.names, bytes);
  return path?.drive === 'C' ? contentOnC(guest, path)?.subarray(0, bytes) : undefined;
}

export async function hashGuestFile(
  guest: Guest,
  text: string,
  algorithm: string,
): Promise<string | undefined> {
  const content = await readGuestFile(guest, text);
  return content === undefined ? undefined : createHash(algorithm).update(content).digest('hex');
}

export async function listGuestFolder(guest: Guest, text: string): Promise<string[] | undefined> {
  const path = parseGuestPath(text);
  if (path?.drive === 'E') return guest.media.list(path.names);
  if (path?.drive !== 'C' || folderOnC(guest, path.key) === undefined) return undefined;
  const children = [...builtIn.values(), ...Object.values(guest.state.folders), ...filePaths(guest)]
    .map((each) => parseGuestPath(each))
    .filter((each) => each !== undefined && parentPath(each)?.key === path.key)
    .map((each) => each?.names.at(-1) ?? '');
  return [...new Set(children)].sort((a, b) => a.localeCompare(b, 'en'));
}

export function writeGuestFile(guest: Guest, text: string, data: Uint8Array): FileOutcome {
  const path = writable(text);
  if ('error' in path) return { ok: false, error: path.error };
  const parent = parentPath(path);
  if (parent === undefined || folderOnC(guest, path.key) !== undefined) return denied(path.text);
  const folder = folderOnC(guest, parent.key);
  if (folder === undefined) return notFound(path.text);
  const used = Object.entries(guest.state.files)
    .filter(([key]) => key !== path.key)
    .reduce((sum, [, file]) => sum + Buffer.byteLength(file.base64, 'base64'), 0);
  if (data.length > largestFile || used + data.length > largestDisk)
    return refused('0x80070070', 'There is not enough space on the disk.');
  const known = guest.state.files[path.key]?.path;
  guest.state.files[path.key] = {
    path: known ?? `${folder.replace(/\\$/, '')}\\${path.names.at(-1) ?? ''}`,
    base64: Buffer.from(data).toString('base64'),
    modifiedAt: guest.now().toISOString(),
  };
  return { ok: true };
}

/** With its parents, as mkdir does. */
export function makeGuestFolder(guest: Guest, text: string): FileOutcome {
  const path = writable(text);
  if ('error' in path) return { ok: false, error: path.error };
  for (let length = 1; length <= path.names.length; length++) {
    const part = guestPath('C', path.names.slice(0, length));
    if (guest.state.files[part.key] !== undefined) return denied(part.text);
    if (folderOnC(guest, part.key) === undefined) guest.state.folders[part.key] = part.text;
  }
  return { ok: true };
}

/** A file, or a folder with all in it; no complaint when it is not there. */
export function removeGuestPath(guest: Guest, text: string): FileOutcome {
  const path = writable(text);
  if ('error' in path) return { ok: false, error: path.error };
  if (builtIn.has(path.key)) return denied(path.text);
  const below = (key: string): boolean => key === path.key || key.startsWith(`${path.key}\\`);
  guest.state.files = without(guest.state.files, below);
  guest.state.folders = without(guest.state.folders, below);
  return { ok: true };
}

function without<T>(table: Record<string, T>, gone: (key: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(table).filter(([key]) => !gone(key)));
}

function statOnC(guest: Guest, path: GuestPath): FileStat | undefined {
  const file = guest.state.files[path.key];
  if (file !== undefined)
    return {
      path: file.path,
      isDirectory: false,
      sizeBytes: Buffer.from(file.base64, 'base64').length,
      modifiedAt: new Date(file.modifiedAt),
      readOnly: false,
    };
  const folder = folderOnC(guest, path.key);
  if (folder === undefined) return undefined;
  return {
    path: folder,
    isDirectory: true,
    sizeBytes: 0,
    modifiedAt: new Date(guest.state.installedAt),
    readOnly: false,
  };
}

function contentOnC(guest: Guest, path: GuestPath): Buffer | undefined {
  const file = guest.state.files[path.key];
  return file === undefined ? undefined : Buffer.from(file.base64, 'base64');
}

/** The folder's spelling, or undefined. */
function folderOnC(guest: Guest, key: string): string | undefined {
  return builtIn.get(key) ?? guest.state.folders[key];
}

function filePaths(guest: Guest): string[] {
  return Object.values(guest.state.files).map(({ path }) => path);
}

function writable(text: string): GuestPath | { error: { id: string; hresult: string; message: string } } {
  const path = parseGuestPath(text);
  if (path === undefined) return refused('0x8007007B', `The path is not valid: ${text}`);
  if (path.drive === 'E') return refused('0x80070013', 'The media is write protected.');
  return path.drive === 'C' ? path : refused('0x80070003', `There is no drive ${path.drive}:.`);
}

function refused(
  hresult: string,
  message: string,
): { ok: false; error: { id: string; hresult: string; message: string } } {
  return { ok: false, error: { id: 'IOException', hresult, message } };
}

function denied(path: string): FileOutcome {
  return refused('0x80070005', `Access to the path '${path}' is denied.`);
}

function notFound(path: string): FileOutcome {
  return refused('0x80070003', `Could not find a part of the path '${path}'.`);
}
