// HOST, HOST:PORT, [IPv6] or [IPv6]:PORT, as a person types it.
import { isIPv4, isIPv6 } from 'node:net';
import { fail, type LyncimgError } from '../errors/index.js';
import type { HostAddress } from '../verify/index.js';

/** The ports of WinRM since version 2.0. */
export const winrmPorts = { https: 5986, http: 5985 } as const;

/** Throws E_HOST_ADDRESS. */
export function parseHostAddress(text: string, defaultPort: number): HostAddress {
  const bad = (reason: string): LyncimgError => fail('E_HOST_ADDRESS', { text, reason });
  if (text.includes('/')) throw bad('it is written like a URL; --scheme says http or https');
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  const plain = /^([^:]*)(?::(.*))?$/.exec(text);
  if (bracketed === null && isIPv6(text)) throw bad('an IPv6 address stands in brackets');
  const [, host = '', portText] = bracketed ?? plain ?? [];
  if (bracketed === null ? !isName(host) : !isIPv6(host))
    throw bad(host === '' ? 'it names no host' : 'it is neither a name nor an IP address');
  if (portText === undefined) return { host, port: defaultPort };
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port < 1 || port > 65535)
    throw bad('a port is a number from 1 to 65535');
  return { host, port };
}

/** Labels of a DNS or NetBIOS name; underscores are against the rules and common on Windows. */
function isName(host: string): boolean {
  if (/^[\d.]+$/.test(host)) return isIPv4(host);
  return (
    host.length <= 253 &&
    /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i.test(host)
  );
}
