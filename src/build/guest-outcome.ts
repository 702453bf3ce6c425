// What a look at a guest that may still be starting found, told by how it ended.
import { LyncimgError, type Code, type FactsOf } from '../errors/index.js';
import type { Outcome } from './guest-contact.js';

/**
 * Null for what no waiting changes, such as a machine that is no twin or a defect of ours.
 * `hasAnswered`: the guest had answered within this same look.
 */
export function outcomeOf(error: unknown, { hasAnswered }: { hasAnswered: boolean }): Outcome | null {
  if (!(error instanceof LyncimgError)) return null;
  if (error.code === 'E_WSMAN_UNREACHABLE') return hasAnswered ? 'broken-off' : 'silence';
  if (error.code === 'E_WSMAN_PROTOCOL') {
    // Plain HTTP on the port; or TLS 1.0 alone, which is all that 2008 R2 has before its first boot is done.
    const { doing } = error.facts as FactsOf<'E_WSMAN_PROTOCOL'>;
    return doing === 'TLS' ? 'stranger' : 'not-ready';
  }
  return outcomes[error.code] ?? null;
}

const outcomes: Partial<Record<Code, Outcome>> = {
  E_WSMAN_CERTIFICATE: 'stranger',
  E_WSMAN_UNAUTHORIZED: 'password-refused',
  // It looked at no password: somebody else's settings may have switched Basic off until the boot task is through.
  E_WSMAN_NOT_OFFERED: 'not-ready',
  // This build's guest speaks, and does not say what it was asked.
  E_WSMAN_TIMEOUT: 'not-ready',
  E_WSMAN_FAULT: 'not-ready',
  E_WSMAN_ACCESS_DENIED: 'not-ready',
  E_WSMAN_QUOTA: 'not-ready',
  E_WSMAN_SHELL_LIMIT: 'not-ready',
  E_WSMAN_CLASS_ABSENT: 'not-ready',
  E_WSMAN_ENVELOPE: 'not-ready',
};
