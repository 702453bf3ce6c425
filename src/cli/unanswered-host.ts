// A host that could not be judged at all, as a report can show it.
import { LyncimgError } from '../errors/index.js';
import type { UnansweredHost } from '../report/index.js';
import type { HostAddress } from './host-address.js';
import type { Subject } from './verify-subject.js';

/** True for what the host did or is; false for our own reports that could not be written. */
export function isAboutHost(error: unknown): error is LyncimgError {
  return error instanceof LyncimgError && error.code !== 'E_VERIFY_OUTPUT';
}

export function unanswered(
  { role, known }: Subject,
  { host, port }: HostAddress,
  { code, message }: LyncimgError,
  times: Pick<UnansweredHost, 'startedAt' | 'finishedAt'>,
): UnansweredHost {
  return {
    host: `${host.includes(':') ? `[${host}]` : host}:${port}`,
    role,
    os: known?.os.id ?? 'unknown',
    error: { code, message },
    requirements: known?.requirements ?? [],
    ...times,
  };
}
