// How machines are reached and trusted: the flags, and what the client takes of them.
import { Flags } from '@oclif/core';
import { fail } from '../errors/index.js';
import type { TlsOptions } from '../wsman/index.js';
import { authMethods } from './authentication.js';
import { readAuthorities } from './authorities.js';

const group = { helpGroup: 'CONNECTION' };

export const connectionFlags = {
  scheme: Flags.option({ options: ['https', 'http'] as const })({
    ...group,
    default: 'https',
    description: 'How WinRM listens there. Over http only NTLM is spoken, with sealed messages.',
  }),
  port: Flags.integer({
    ...group,
    min: 1,
    max: 65535,
    description: 'Port of hosts that name none; 5986 for https and 5985 for http by default.',
  }),
  auth: Flags.option({ options: authMethods })({
    ...group,
    default: 'negotiate',
    description: 'negotiate: NTLM with a --user, else Kerberos with your ticket.',
  }),
  user: Flags.string({
    ...group,
    description: "An administrator of the machines: 'DOMAIN\\user', user@domain, or a local user.",
  }),
  'password-file': Flags.string({
    ...group,
    description: 'File with the password on one line.',
    helpValue: 'FILE',
  }),
  cert: Flags.string({
    ...group,
    description: 'PEM of your certificate, for --auth certificate.',
    helpValue: 'FILE',
  }),
  key: Flags.string({
    ...group,
    description: 'PEM of its key; a passphrase comes from LYNCIMG_KEY_PASSPHRASE.',
    helpValue: 'FILE',
  }),
  'ca-file': Flags.string({
    ...group,
    description: "PEM of the authorities to trust instead of this system's.",
    helpValue: 'FILE',
  }),
  fingerprint: Flags.string({
    ...group,
    multiple: true,
    description: 'Trust the certificate with this SHA-256 or SHA-1 fingerprint, and no other.',
    helpValue: 'HEX',
  }),
  'tls-min': Flags.option({ options: ['1.0', '1.1', '1.2'] as const })({
    ...group,
    default: '1.2',
    description: 'The oldest TLS to accept; 1.0 and 1.1 are broken, for hosts that have nothing better.',
  }),
  jump: Flags.string({
    ...group,
    description: 'Go through this SSH bastion.',
    helpValue: 'USER@HOST[:PORT]',
  }),
  concurrency: Flags.integer({
    ...group,
    default: 8,
    min: 1,
    max: 256,
    description: 'How many hosts are asked at the same time.',
  }),
  'host-timeout': Flags.integer({
    ...group,
    default: 300,
    min: 1,
    max: 86_400,
    description: 'Time for one host; what is not answered by then is unknown.',
    helpValue: 'SECONDS',
  }),
  timeout: Flags.integer({
    ...group,
    min: 1,
    max: 86_400 * 7,
    description: 'Time for all hosts together; none by default.',
    helpValue: 'SECONDS',
  }),
};

export interface TlsRequest {
  caFile: string | undefined;
  fingerprints: readonly string[] | undefined;
  min: '1.0' | '1.1' | '1.2';
}

/** Throws E_CA_FILE, and E_USAGE for a fingerprint that is none. */
export async function readTls({ caFile, fingerprints = [], min }: TlsRequest): Promise<TlsOptions> {
  const ca = caFile === undefined ? undefined : await readAuthorities(caFile);
  const minVersion = ({ '1.0': 'TLSv1', '1.1': 'TLSv1.1', '1.2': 'TLSv1.2' } as const)[min];
  return {
    minVersion,
    ...(ca !== undefined && { ca }),
    ...(fingerprints.length > 0 && { fingerprints: fingerprints.map(checkedFingerprint) }),
  };
}

/** Said on stderr before anything is sent; null where there is nothing to say. */
export function tlsWarning(min: TlsRequest['min']): string | null {
  return min === '1.2'
    ? null
    : `TLS ${min} is accepted: it is broken, and who sits between can read and change what is sent.`;
}

function checkedFingerprint(text: string): string {
  const hex = text.replaceAll(':', '').trim().toLowerCase();
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(hex)) return hex;
  throw fail('E_USAGE', {
    message: `--fingerprint takes SHA-256 (64) or SHA-1 (40) hexadecimal digits, not '${text}'.`,
  });
}
