// IPv4 addresses in the spellings of Windows: one address, a range, or a subnet by its length or its mask.
import { isIPv4 } from 'node:net';
import type { Range } from './ranges.js';

/** `10.0.0.1`, `10.0.0.1-10.0.0.9`, `10.0.0.0/8` or `10.0.0.0/255.0.0.0`; undefined for anything else. */
export function ipv4Range(text: string): Range | undefined {
  const subnet = /^([^/]+)\/([^/]+)$/.exec(text);
  if (subnet !== null) return subnetRange(subnet[1] ?? '', subnet[2] ?? '');
  const [first, last, ...rest] = text.split('-').map(numberOfAddress);
  if (first === undefined || rest.length > 0 || (text.includes('-') && (last === undefined || last < first)))
    return undefined;
  return { first, last: last ?? first };
}

function subnetRange(address: string, mask: string): Range | undefined {
  const size = sizeOfSubnet(mask);
  const base = numberOfAddress(address);
  if (size === undefined || base === undefined) return undefined;
  const first = Math.floor(base / size) * size;
  return { first, last: first + size - 1 };
}

/** How many addresses; undefined for a mask with holes. */
function sizeOfSubnet(mask: string): number | undefined {
  if (/^\d{1,2}$/.test(mask)) return Number(mask) <= 32 ? 2 ** (32 - Number(mask)) : undefined;
  const bits = numberOfAddress(mask);
  const size = bits === undefined ? undefined : 2 ** 32 - bits;
  return size !== undefined && Number.isInteger(Math.log2(size)) ? size : undefined;
}

function numberOfAddress(text: string): number | undefined {
  if (!isIPv4(text)) return undefined;
  return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
