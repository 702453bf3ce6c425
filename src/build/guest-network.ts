// The network that a guest gets its address in: where the address is not known before it boots, its certificate holds
// each address that it may get, so that the name check stays on.
import { fail, type LyncimgError } from '../errors/index.js';

/**
 * The longest list. An address is six bytes of the certificate: 254 of them make it 2.5 KB, 1022 make it 7 KB. That
 * still fits into one TLS record (16 KB, RFC 8446 and 5246) with room to spare, so that neither Schannel nor any client
 * has to put a certificate together from several; the next larger network would double it for no network that one
 * build needs.
 */
const smallestPrefix = 22;

const cidr = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/**
 * Every address that a host of the network can have: without the network's own and the one for all, where it has them
 * (RFC 3021: a /31 has neither, a /32 is one host). Throws E_NETWORK_RANGE.
 */
export function guestAddresses(range: string): string[] {
  const { base, prefix } = parse(range);
  const size = 2 ** (32 - prefix);
  const [first, count] = prefix >= 31 ? [base, size] : [base + 1, size - 2];
  return Array.from({ length: count }, (_, index) => addressOf(first + index));
}

function parse(range: string): { base: number; prefix: number } {
  if (range.includes(':')) throw refused(range, 'it is IPv6, and the guest is reached over IPv4');
  const match = cidr.exec(range);
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match?.slice(1).map(Number) ?? [];
  const isPlain = match?.slice(1).every((part) => part === '0' || !part.startsWith('0')) === true;
  if (!isPlain || [a, b, c, d].some((part) => part > 255) || prefix > 32) {
    throw refused(range, 'a network is an address and the length of its prefix, e.g. 10.1.2.0/24');
  }
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  const base = Math.floor(address / size) * size;
  if (prefix < smallestPrefix) {
    const reason =
      `it has ${size} addresses, and the guest's certificate would have to hold them all; ` +
      `/${smallestPrefix} with ${2 ** (32 - smallestPrefix) - 2} is the largest`;
    throw refused(range, reason);
  }
  if (base !== address) {
    const instead = `${addressOf(base)}/${prefix}`;
    throw refused(range, `it is an address in the network ${instead}, not the network`, instead);
  }
  return { base, prefix };
}

function addressOf(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function refused(range: string, reason: string, instead: string | null = null): LyncimgError {
  return fail('E_NETWORK_RANGE', { range: range.slice(0, 60), reason, instead });
}
