// Node's errors of sockets, TLS and HTTP, told by what they mean.
import type { PeerCertificate } from 'node:tls';
import { fail, LyncimgError, type FactsOf } from '../../errors/index.js';
import { networkReason } from '../../util/index.js';
import { certificateFacts, certificateReason } from './certificate.js';

/** What an error of a connection to `host` means. Errors of ours stay what they are. */
export function networkFailure(
  error: unknown,
  { host, doing }: { host: string; doing: string },
): LyncimgError {
  if (error instanceof LyncimgError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = codeOf(cause);
  const known = networkReason(code);
  if (known !== undefined) return unreachable(host, known, cause);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) return protocol(host, doing, tlsReason(code), cause);
  if (code.startsWith('HPE_')) return protocol(host, doing, 'it is not HTTP', cause);
  return unreachable(host, cause.message, cause);
}

/** An old host and this side may have no version of TLS in common: that is not the same as no TLS at all. */
function tlsReason(code: string): string {
  return /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS/.test(code)
    ? 'it speaks an older TLS than is allowed here (--tls-min)'
    : 'it is not TLS';
}

export function certificateFailure(
  host: string,
  reason: string,
  certificate: PeerCertificate | null,
): LyncimgError {
  const facts: FactsOf<'E_WSMAN_CERTIFICATE'> = {
    host,
    reason: certificateReason(reason),
    certificate: certificate === null ? null : certificateFacts(certificate),
  };
  return fail('E_WSMAN_CERTIFICATE', facts, { where: { host } });
}

export function unreachable(host: string, reason: string, cause?: Error): LyncimgError {
  return fail('E_WSMAN_UNREACHABLE', { host, reason }, { where: { host }, cause });
}

export function protocol(host: string, doing: string, reason: string, cause?: unknown): LyncimgError {
  return fail('E_WSMAN_PROTOCOL', { host, doing, reason }, { where: { host }, cause });
}

/** The host closed the connection, whatever Node calls it. */
export function isBroken(error: unknown): boolean {
  return error instanceof Error && ['ECONNRESET', 'EPIPE'].includes(codeOf(error));
}

function codeOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
