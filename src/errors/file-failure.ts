// What the file system refuses, as a code with advice instead of a bare ENOSPC.
import { fail, LyncimgError } from './lyncimg-error.js';

/**
 * The error of a failed file operation: a full disk and a refused access get their codes; everything else comes back
 * as it is. `throw fileFailure(error, path)`.
 */
export function fileFailure(error: unknown, path: string): unknown {
  if (error instanceof LyncimgError || !(error instanceof Error)) return error;
  const reason = (error as NodeJS.ErrnoException).code;
  if (reason === 'ENOSPC' || reason === 'EDQUOT') {
    return fail('E_DISK_FULL', { path, quota: reason === 'EDQUOT' }, { cause: error });
  }
  if (reason === 'EACCES' || reason === 'EPERM' || reason === 'EROFS' || reason === 'ENOTDIR') {
    return fail('E_FILE_ACCESS', { path, reason }, { cause: error });
  }
  return error;
}
