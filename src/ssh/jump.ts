// USER@HOST, USER@HOST:PORT or USER@[IPv6]:PORT, as a person types it after --jump.
import { isIPv4, isIPv6 } from 'node:net';
import { fail } from '../errors/index.js';

export interface JumpAddress {
  user: string;
  /** Without brackets. */
  host: string;
  port: number;
}

const sshPort = 22;

/** Throws E_SSH_ADDRESS. */
export function parseJump(text: string): JumpAddress {
  const bad = (reason: string): Error => fail('E_SSH_ADDRESS', { text, reason });
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) throw bad('it is written like a URL');
  // A user may hold an @ (user@domain at a bastion that is in a domain); a host never does.
  const at = text.lastIndexOf('@');
  const user = text.slice(0, Math.max(at, 0));
  if (user === '') throw bad('it names no user');
  if (/[\p{Cc}\s]/u.test(user)) throw bad('a user has no blanks or control characters');
  const place = text.slice(at + 1);
  if (isIPv6(place)) throw bad('an IPv6 address stands in brackets');
  const [, bracketed, plain, portText] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(place) ?? [];
  const host = bracketed ?? plain ?? '';
  if (bracketed === undefined ? !isName(host) : !isIPv6(host)) {
    throw bad(host === '' ? 'it names no host' : 'the host is neither a name nor an IP address');
  }
  if (portText === undefined) return { user, host, port: sshPort };
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port < 1 || port > 65535)
    throw bad('a port is a number from 1 to 65535');
  return { user, host, port };
}

/** How messages and the user know it: the port only where it is not the usual one. */
export function jumpName({ user, host, port }: JumpAddress): string {
  return `${user}@${port === sshPort ? host : `${isIPv6(host) ? `[${host}]` : host}:${port}`}`;
}

/** The name of an address in known_hosts: `host`, or `[host]:port` where the port is another (sshd(8)). */
export function knownHostsName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === sshPort ? name : `[${name}]:${port}`;
}

/** Labels of a DNS or NetBIOS name. What passes is also safe in a command line that a message shows. */
function isName(host: string): boolean {
  if (/^[\d.]+$/.test(host)) return isIPv4(host);
  return (
    host.length <= 253 &&
    /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i.test(host)
  );
}
