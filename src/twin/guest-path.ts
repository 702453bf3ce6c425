// Paths as Windows takes them: either slash, any case, `.` and `..` resolved before anything is looked up.

export interface GuestPath {
  /** Upper-case letter. */
  drive: string;
  /** Without empty parts, `.` and `..`. */
  names: string[];
  /** `C:\Windows\Temp`, as it was spelled. */
  text: string;
  /** Lower case: what the state's tables are keyed by. */
  key: string;
}

// eslint-disable-next-line no-control-regex -- Windows takes none of them in a name
const forbidden = /[<>:"|?*\u0000-\u001f]/;

/** Undefined for what is no full path on a drive (UNC, relative, streams, device names are not modelled). */
export function parseGuestPath(text: string): GuestPath | undefined {
  const plain = text
    .trim()
    .replaceAll('/', '\\')
    .replace(/^\\\\\?\\/, '');
  const match = /^([A-Za-z]):(?:\\(.*))?$/s.exec(plain);
  if (match === null) return undefined;
  const drive = (match[1] ?? '').toUpperCase();
  const names: string[] = [];
  for (const part of (match[2] ?? '').split('\\')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      names.pop();
      continue;
    }
    // Win32 drops blanks and dots at the end of a name.
    const name = part.replace(/[. ]+$/, '');
    if (name === '' || forbidden.test(name)) return undefined;
    names.push(name);
  }
  return guestPath(drive, names);
}

export function guestPath(drive: string, names: string[]): GuestPath {
  const text = `${drive}:\\${names.join('\\')}`;
  return { drive, names, text, key: text.toLowerCase() };
}

export function parentPath(path: GuestPath): GuestPath | undefined {
  return path.names.length === 0 ? undefined : guestPath(path.drive, path.names.slice(0, -1));
}
