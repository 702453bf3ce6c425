// The log file of one child. Written at once and in order: what is in the file is what had come when all ended.
import { closeSync, openSync, writeSync } from 'node:fs';
import { fileFailure } from '../errors/index.js';

export interface RunLog {
  /** Throws E_DISK_FULL where the disk is full. */
  write(line: string): void;
  close(): void;
}

/** Appends to a file that only this user may read; without a path it keeps nothing. */
export function openRunLog(path: string | undefined): RunLog {
  if (path === undefined) return { write: () => undefined, close: () => undefined };
  const descriptor = guarded(path, () => openSync(path, 'a', 0o600));
  return {
    write: (line) => {
      const bytes = Buffer.from(`${line}\n`);
      // A disk that is nearly full takes a part and refuses the rest only when asked again.
      for (let at = 0; at < bytes.length;) at += guarded(path, () => writeSync(descriptor, bytes, at));
    },
    close: () => {
      guarded(path, () => {
        closeSync(descriptor);
      });
    },
  };
}

function guarded<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw fileFailure(error, path);
  }
}
