import { stat } from 'node:fs/promises';

/** What cannot be looked at is none. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isFile(),
    () => false,
  );
}
