// E: the media disc, a folder of the host shown read-only. Names are matched without regard to case, as on a disc;
// nothing outside of the folder can be reached: every part of a path must be a name in a listing, and links count as
// not there.
import { lstat, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Larger files are media that nobody copies through the twin; their first bytes can still be looked at. */
const largestRead = 64 * 1024 * 1024;

export interface MediaEntry {
  /** Names as they are spelled on the disc. */
  names: string[];
  isFolder: boolean;
  sizeBytes: number;
  modifiedAt: Date;
  hostPath: string;
}

export interface Media {
  readonly present: boolean;
  /** Undefined when there is nothing by that path. */
  find(names: readonly string[]): Promise<MediaEntry | undefined>;
  list(names: readonly string[]): Promise<string[] | undefined>;
  read(names: readonly string[]): Promise<Buffer | undefined>;
  /** The first bytes of a file, however large it is. */
  readHead(names: readonly string[], bytes: number): Promise<Buffer | undefined>;
}

/** Null: no disc in the drive. */
export function mediaFolder(folder: string | null): Media {
  const find = async (names: readonly string[]): Promise<MediaEntry | undefined> => {
    if (folder === null) return undefined;
    const spelled: string[] = [];
    let at = folder;
    for (const name of names) {
      const entry = await entryNamed(at, name);
      if (entry === undefined) return undefined;
      spelled.push(entry);
      at = join(at, entry);
    }
    const status = await lstat(at).catch(() => undefined);
    if (status === undefined || !(status.isFile() || status.isDirectory())) return undefined;
    return {
      names: spelled,
      isFolder: status.isDirectory(),
      sizeBytes: status.isFile() ? status.size : 0,
      modifiedAt: status.mtime,
      hostPath: at,
    };
  };
  const fileAt = async (names: readonly string[]): Promise<MediaEntry | undefined> => {
    const entry = await find(names);
    return entry === undefined || entry.isFolder ? undefined : entry;
  };
  return {
    present: folder !== null,
    find,
    async list(names) {
      const entry = await find(names);
      if (entry?.isFolder !== true) return undefined;
      const entries = await readdir(entry.hostPath, { withFileTypes: true });
      return entries.filter((each) => each.isFile() || each.isDirectory()).map((each) => each.name);
    },
    async read(names) {
      const entry = await fileAt(names);
      if (entry === undefined || entry.sizeBytes > largestRead) return undefined;
      return readFile(entry.hostPath);
    },
    async readHead(names, bytes) {
      const entry = await fileAt(names);
      if (entry === undefined) return undefined;
      const file = await open(entry.hostPath, 'r');
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

async function entryNamed(folder: string, name: string): Promise<string | undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const wanted = name.toLowerCase();
  return entries.find((entry) => !entry.isSymbolicLink() && entry.name.toLowerCase() === wanted)?.name;
}
