// Is a host's key the one that is known? And which key to ask for, so that a known one can be shown.
import { createHash } from 'node:crypto';
import type { ServerHostKeyAlgorithm } from 'ssh2';
import { knownHostsName } from './jump.js';
import { keyType, type KnownHost } from './known-hosts.js';

export interface HostKeyJudgement {
  verdict: 'known' | 'unknown' | 'changed' | 'revoked';
  /** E.g. `ssh-ed25519`. */
  type: string;
  /** As ssh prints it: `SHA256:` and base64 without padding. */
  fingerprint: string;
  /** The line that decided: the known key, the other key, the revocation. */
  entry: KnownHost | null;
  /** Other types of key that known_hosts has of the host. */
  otherTypes: string[];
  /** known_hosts names an authority of host certificates for it, which is not used: ssh2 knows none. */
  hasAuthority: boolean;
}

interface Place {
  host: string;
  port: number;
}

export function judgeHostKey(entries: readonly KnownHost[], place: Place, key: Buffer): HostKeyJudgement {
  const own = entriesOf(entries, place);
  const type = keyType(key) ?? 'unknown';
  const same = (entry: KnownHost): boolean => entry.key.equals(key);
  const about = {
    type,
    fingerprint: fingerprintOf(key),
    otherTypes: [...new Set(hostKeys(own).map((entry) => entry.type))].filter((other) => other !== type),
    hasAuthority: own.some(({ marker }) => marker === 'authority'),
  };
  const revoked = own.find((entry) => entry.marker === 'revoked' && same(entry));
  if (revoked !== undefined) return { verdict: 'revoked', entry: revoked, ...about };
  const known = hostKeys(own).find(same);
  if (known !== undefined) return { verdict: 'known', entry: known, ...about };
  const exact = hostKeys(own).find((entry) => entry.type === type && entry.isFor(nameOf(place)));
  if (exact !== undefined) return { verdict: 'changed', entry: exact, ...about };
  return { verdict: 'unknown', entry: null, ...about };
}

/** `SHA256:…` of a public key. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** Type of key -> algorithms that sign with it, best first. RSA with SHA-1 is left out: RFC 9142, and ssh since 8.8. */
const algorithms: readonly (readonly [string, readonly ServerHostKeyAlgorithm[]])[] = [
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256']],
];

/** Those of keys that are known first: a host with several keys then shows the one that can be checked, as with ssh. */
export function hostKeyAlgorithms(entries: readonly KnownHost[], place: Place): ServerHostKeyAlgorithm[] {
  const known = new Set(hostKeys(entriesOf(entries, place)).map(({ type }) => type));
  const isKnown = ([type]: (typeof algorithms)[number]): boolean => known.has(type);
  const ordered = [...algorithms.filter(isKnown), ...algorithms.filter((row) => !isKnown(row))];
  return ordered.flatMap(([, names]) => names);
}

function hostKeys(entries: readonly KnownHost[]): KnownHost[] {
  return entries.filter(({ marker }) => marker === 'host');
}

/** Like ssh, a key that is known for the host at port 22 is taken at another port too (but contradicts nothing there). */
function entriesOf(entries: readonly KnownHost[], place: Place): KnownHost[] {
  const names = [nameOf(place), place.host.toLowerCase()];
  return entries.filter(({ isFor }) => names.some(isFor));
}

function nameOf({ host, port }: Place): string {
  return knownHostsName(host, port);
}
