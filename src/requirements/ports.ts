// Ports as lists of numbers and ranges, the way roles, Windows Firewall's rules and Ansible write them.
import { merged, type Range } from './ranges.js';

/** `443` or `50000-59999`; undefined for what is no port from 1 to 65535, or a range that ends before it begins. */
export function portRange(text: string): Range | undefined {
  const [, from = '', to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const range = { first: Number(from), last: Number(to) };
  const valid = from !== '' && range.first >= 1 && range.first <= range.last && range.last <= 65_535;
  return valid ? range : undefined;
}

/** Sorted and merged, each as `443` or `50000-59999`. */
export function portTexts(ranges: readonly Range[]): string[] {
  return merged(ranges).map(({ first, last }) =>
    first === last ? String(first) : `${String(first)}-${String(last)}`,
  );
}
