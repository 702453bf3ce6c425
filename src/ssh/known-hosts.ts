// The text of a known_hosts file as entries (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). Pure; a line that cannot be read is
// none, as for ssh itself.
import { hostMatcher, type HostMatcher } from './host-patterns.js';

export interface KnownHost {
  /** Where it stands, for messages. */
  file: string;
  line: number;
  /** `revoked`: never to be trusted. `authority`: signs host certificates, and is no host's own key. */
  marker: 'host' | 'revoked' | 'authority';
  isFor: HostMatcher;
  /** E.g. `ssh-ed25519`, as in the key. */
  type: string;
  /** The public key as on the wire: RFC 4253, section 6.6. */
  key: Buffer;
}

const markers: ReadonlyMap<string, KnownHost['marker']> = new Map([
  ['@revoked', 'revoked'],
  ['@cert-authority', 'authority'],
]);

/** A file that is longer is refused unread. A line of ssh's own is some 100 bytes to 1 kB. */
export const knownHostsLimit = 16 * 1024 * 1024;

export function parseKnownHosts(text: string, file: string): KnownHost[] {
  return text.split('\n').flatMap((line, index) => {
    const entry = parseLine(line);
    return entry === null ? [] : [{ file, line: index + 1, ...entry }];
  });
}

function parseLine(line: string): Omit<KnownHost, 'file' | 'line'> | null {
  const words = line.trim().split(/[ \t]+/, 4);
  const first = words[0] ?? '';
  if (first === '' || first.startsWith('#')) return null;
  const marker = first.startsWith('@') ? markers.get(first) : 'host';
  if (marker === undefined) return null;
  const [hosts = '', type = '', base64 = ''] = marker === 'host' ? words : words.slice(1);
  const isFor = hostMatcher(hosts);
  const key = Buffer.from(base64, 'base64');
  if (isFor === null || type === '' || keyType(key) !== type) return null;
  return { marker, isFor, type, key };
}

/** The name of the algorithm that a public key begins with, or null where it is no key: RFC 4253, section 6.6. */
export function keyType(key: Buffer): string | null {
  if (key.length < 4) return null;
  const length = key.readUInt32BE(0);
  if (length === 0 || length > 64 || key.length <= 4 + length) return null;
  const name = key.toString('latin1', 4, 4 + length);
  return /^[\x21-\x7e]+$/.test(name) ? name : null;
}
