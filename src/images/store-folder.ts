// The folder of the store: made for this user alone, refused where others could write in it.
import { chmod, mkdir, stat } from 'node:fs/promises';
import { fail, fileFailure } from '../errors/index.js';

/** Makes the folder, or checks the one that is there. Throws E_STORE_UNSAFE, E_FILE_ACCESS or E_DISK_FULL. */
export async function prepareStoreFolder(folder: string): Promise<void> {
  try {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    // The mode of mkdir goes through the umask, and parents that it makes get the same.
    if (made !== undefined) await chmod(folder, 0o700);
    const { mode, uid } = await stat(folder);
    if ((mode & 0o002) !== 0) {
      const why = `can be written by everybody (mode ${(mode & 0o7777).toString(8)})`;
      throw fail('E_STORE_UNSAFE', {
        folder,
        why,
        fix: `chmod o-w ${folder}, or point LYNCIMG_HOME to another folder.`,
      });
    }
    const user = process.geteuid?.() ?? uid;
    if (user !== 0 && uid !== 0 && uid !== user) {
      const why = `belongs to another user (id ${uid})`;
      throw fail('E_STORE_UNSAFE', { folder, why, fix: 'Point LYNCIMG_HOME to a folder of your own.' });
    }
  } catch (error) {
    const isFile = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw isFile ? fail('E_FILE_ACCESS', { path: folder, reason: 'ENOTDIR' }) : fileFailure(error, folder);
  }
}

/** Makes a folder inside the store. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw fileFailure(error, folder);
  });
}
