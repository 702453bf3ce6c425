// What the file system refuses, as a code with advice instead of a bare ENOSPC.
import { fail, LyncimgError } from './lyncimg-error.js';

const accessReasons = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT']);

/**
 * The error of a failed file operation: a full disk, a refused access and a folder that is not there get their codes;
 * everything else comes back as it is. `throw fileFailure(error, path)`.
 */
export function fileFailure(error: unknown, path: string): unknown {
  if (error instanceof LyncimgError || !(error instanceof Error)) return error;
  const reason = (error as NodeJS.ErrnoException).code;
  if (reason === 'ENOSPC' || reason === 'EDQUOT') {
    return fail('E_DISK_FULL', { path, quota: reason === 'EDQUOT' }, { cause: error });
  }
  if (reason !== undefined && accessReasons.has(reason)) {
    return fail('E_FILE_ACCESS', { path, reason }, { cause: error });
  }
  return error;
}
