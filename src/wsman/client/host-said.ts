// What an error of a question means for what may be done next.
import { LyncimgError, type Code, type FactsOf } from '../../errors/index.js';

/** The host's own word that it needs longer. */
export function isNotYet(error: unknown): boolean {
  if (!(error instanceof LyncimgError)) return false;
  return error.code === 'E_WSMAN_TIMEOUT' && (error.facts as FactsOf<'E_WSMAN_TIMEOUT'>).saidByHost;
}

/** The number of a fault that has no code of its own; null for every other error. */
export function faultNumber(error: unknown): number | null {
  if (!(error instanceof LyncimgError) || error.code !== 'E_WSMAN_FAULT') return null;
  return (error.facts as FactsOf<'E_WSMAN_FAULT'>).code;
}

/** There is no way to the host now, or it must not be gone: nothing more can be said to it, not even good-bye. */
export function isLineLost(error: unknown): boolean {
  return error instanceof LyncimgError && lost.includes(error.code);
}

const lost: readonly Code[] = [
  'E_WSMAN_UNREACHABLE',
  'E_WSMAN_CERTIFICATE',
  'E_WSMAN_UNAUTHORIZED',
  'E_WSMAN_NOT_OFFERED',
  'E_WSMAN_KERBEROS',
  'E_WSMAN_SECURITY',
];

/** The host answered, if only with a fault: the line to it is good, and what it keeps for us can be given back. */
export function cameFromHost(error: unknown): boolean {
  return isNotYet(error) || (error instanceof LyncimgError && faults.includes(error.code));
}

const faults: readonly Code[] = [
  'E_WSMAN_FAULT',
  'E_WSMAN_ACCESS_DENIED',
  'E_WSMAN_QUOTA',
  'E_WSMAN_SHELL_LIMIT',
  'E_WSMAN_CLASS_ABSENT',
  'E_WSMAN_ENVELOPE',
];
