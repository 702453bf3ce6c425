// The list of attributes in a challenge and, amended by the client, in its response (MS-NLMP 2.2.2.1). Text in it is
// UTF-16LE always, also where the names around it are OEM.
import { SecurityError } from '../scheme.js';

export const av = {
  end: 0,
  nbComputerName: 1,
  nbDomainName: 2,
  dnsComputerName: 3,
  dnsDomainName: 4,
  flags: 6,
  timestamp: 7,
  targetName: 9,
  channelBindings: 10,
} as const;

/** Of the attribute `flags`: the message carries a MIC. */
export const micPresent = 0x2;

export interface AvPair {
  id: number;
  value: Buffer;
}

/** With the end mark. */
export function encodeAvPairs(pairs: readonly AvPair[]): Buffer {
  const pieces = [...pairs, { id: av.end, value: Buffer.alloc(0) }].map(({ id, value }) => {
    if (value.length > 0xffff) throw new SecurityError('an NTLM attribute of more than 65,535 bytes');
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(value.length, 2);
    return Buffer.concat([head, value]);
  });
  return Buffer.concat(pieces);
}

/** Without the end mark; what follows it is padding (MS-NLMP, note 30). */
export function decodeAvPairs(bytes: Buffer): AvPair[] {
  const pairs: AvPair[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const id = bytes.readUInt16LE(at);
    if (id === av.end) return pairs;
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) throw new SecurityError('an NTLM attribute that is longer than its list');
    pairs.push({ id, value: bytes.subarray(at + 4, end) });
    at = end;
  }
  throw new SecurityError('an NTLM attribute list without an end');
}

export function findAv(pairs: readonly AvPair[], id: number): Buffer | null {
  return pairs.find((pair) => pair.id === id)?.value ?? null;
}

/** The value of the attribute `flags`, 0 where there is none. */
export function avFlags(pairs: readonly AvPair[]): number {
  const value = findAv(pairs, av.flags);
  if (value === null) return 0;
  if (value.length !== 4) throw new SecurityError('NTLM attribute flags that are not four bytes');
  return value.readUInt32LE(0);
}
