// Ports and addresses as the firewall's COM interface takes them, in one spelling. Microsoft's pages of INetFwRule
// (high for the forms); that a word is spelled as the page has it whatever was given: general knowledge (low).
import { isIPv4, isIPv6 } from 'node:net';

const portWords = ['RPC', 'RPC-EPMap', 'IPHTTPS', 'Teredo'];
const addressWords = ['LocalSubnet', 'DNS', 'DHCP', 'WINS', 'DefaultGateway'];

/** Empty for `*`; undefined where something is no port. */
export function parsePorts(text: string): string[] | undefined {
  return parseList(text, (item) => wordOf(item, portWords) ?? portOf(item));
}

/** Empty for `*`; undefined where something is no address. */
export function parseAddresses(text: string): string[] | undefined {
  return parseList(text, (item) => wordOf(item, addressWords) ?? addressOf(item));
}

export function isAddressWord(text: string): boolean {
  return addressWords.includes(text);
}

function parseList(text: string, read: (item: string) => string | undefined): string[] | undefined {
  if (text.trim() === '*') return [];
  const items = text.split(',').map((item) => read(item.trim()));
  return items.every((item) => item !== undefined) ? items : undefined;
}

function wordOf(item: string, words: readonly string[]): string | undefined {
  return words.find((word) => word.toLowerCase() === item.toLowerCase());
}

function portOf(item: string): string | undefined {
  const [, first, last] = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(item) ?? [];
  if (first === undefined || Number(first) > 65_535) return undefined;
  if (last === undefined) return String(Number(first));
  return Number(last) > 65_535 || Number(last) < Number(first)
    ? undefined
    : `${Number(first)}-${Number(last)}`;
}

function addressOf(item: string): string | undefined {
  const range = item.split('-').map((part) => part.trim());
  if (range.length === 2) return range.every(isIPv4) || range.every(isIPv6) ? range.join('-') : undefined;
  const [address = '', size, ...rest] = item.split('/');
  if (rest.length > 0) return undefined;
  if (isIPv6(address)) return ipv6Of(address.toLowerCase(), size);
  return isIPv4(address) ? ipv4Of(address, size) : undefined;
}

function ipv6Of(address: string, size: string | undefined): string | undefined {
  if (size === undefined || size === '128') return address;
  return /^\d{1,3}$/.test(size) && Number(size) <= 128 ? `${address}/${Number(size)}` : undefined;
}

/** A subnet has its mask, however it was given. */
function ipv4Of(address: string, size: string | undefined): string | undefined {
  if (size === undefined) return address;
  const mask = /^\d{1,2}$/.test(size) ? maskOf(Number(size)) : size;
  if (mask === undefined || !isIPv4(mask)) return undefined;
  return mask === '255.255.255.255' ? address : `${address}/${mask}`;
}

function maskOf(prefix: number): string | undefined {
  if (prefix > 32) return undefined;
  const bits = '1'.repeat(prefix).padEnd(32, '0');
  return [0, 8, 16, 24].map((start) => parseInt(bits.slice(start, start + 8), 2)).join('.');
}
