// Why a run of Ansible against a machine failed, by the same table as in a build and in words of its own.
import { fail, type Code, type LyncimgError } from '../../errors/index.js';
import { fileFetched } from '../../render/index.js';
import { recogniseFailure } from '../failures.js';
import type { FailedTask } from './ansible-run.js';

export interface ApplyEvidence {
  /** `host:port` */
  host: string;
  task: FailedTask | null;
  /** The last lines that Ansible printed, oldest first, secrets removed. */
  lastLines: string[];
  log: string;
  /** Where the run writes. */
  folder: string;
  /** Of ansible-playbook, where known. */
  python: string;
  /** Where the files were served, and what of that no message should hold; null where there were none. */
  media: { at: string; secret: string } | null;
}

type FailureCode = Extract<
  Code,
  | 'E_APPLY_PAYLOAD_MISSING'
  | 'E_APPLY_HOTFIX_NOT_APPLICABLE'
  | 'E_APPLY_REBOOT_PENDING'
  | 'E_APPLY_LOST'
  | 'E_APPLY_NOT_MODELLED'
  | 'E_APPLY_TASK_FAILED'
  | 'E_APPLY_ANSIBLE_FAILED'
>;

const ofBuild: Partial<Record<Code, FailureCode>> = {
  E_BUILD_PAYLOAD_MISSING: 'E_APPLY_PAYLOAD_MISSING',
  E_BUILD_HOTFIX_NOT_APPLICABLE: 'E_APPLY_HOTFIX_NOT_APPLICABLE',
  E_BUILD_REBOOT_PENDING: 'E_APPLY_REBOOT_PENDING',
  E_BUILD_CREDENTIALS: 'E_APPLY_LOST',
  E_BUILD_CERTIFICATE: 'E_APPLY_LOST',
  E_BUILD_UNREACHABLE: 'E_APPLY_LOST',
  E_BUILD_NOT_MODELLED: 'E_APPLY_NOT_MODELLED',
  E_BUILD_PACKER_FAILED: 'E_APPLY_ANSIBLE_FAILED',
};

/** As Python's hashlib says it (OpenSSL 3 without its legacy provider). */
const noMd4 = /unsupported hash type md4/i;

export function applyFailure({ media, python, ...evidence }: ApplyEvidence): LyncimgError {
  const { host, task, lastLines, log } = evidence;
  const seen = recogniseFailure({ ...evidence, layer: host });
  if (seen.code === 'E_DISK_FULL') return seen;
  if (noMd4.test(`${task?.message ?? ''}\n${lastLines.join('\n')}`)) return fail('E_APPLY_NTLM', { python });
  const { message } = seen.facts as { message: string };
  const facts = { host, task: task?.name ?? null, message: withoutSecret(message, media), log };
  const file = task?.status === 'failed' ? fileFetched(task.name) : null;
  if (file !== null && media !== null) return fail('E_APPLY_FETCH', { ...facts, file, address: media.at });
  return fail(ofBuild[seen.code] ?? 'E_APPLY_TASK_FAILED', facts);
}

function withoutSecret(message: string, media: ApplyEvidence['media']): string {
  return media === null ? message : message.replaceAll(media.secret, '…');
}
