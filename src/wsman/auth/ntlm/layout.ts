// The frame of all three messages (MS-NLMP 2.2.1): signature, type, fixed fields, and behind them a payload to which
// fields point by length and offset. What a field says is checked against the bytes that are there.
import { SecurityError } from '../scheme.js';

const signature = Buffer.from('NTLMSSP\0', 'latin1');
const none = Buffer.alloc(0);

export function isNtlm(bytes: Buffer): boolean {
  return bytes.length >= 12 && bytes.subarray(0, 8).equals(signature);
}

/** 1, 2 or 3 in a message that is one. */
export function messageType(bytes: Buffer): number {
  if (!isNtlm(bytes)) throw new SecurityError('not an NTLM message');
  return bytes.readUInt32LE(8);
}

/** `fixed` is the shortest that a message of this type can be. */
export function assertMessage(bytes: Buffer, type: number, fixed: number): void {
  const found = messageType(bytes);
  if (found !== type) throw new SecurityError(`an NTLM message of type ${found} instead of type ${type}`);
  if (bytes.length < fixed) throw new SecurityError(`an NTLM message of type ${type} that is cut short`);
}

/** `fixed`: a field that points before the payload lies. */
export function readField(bytes: Buffer, at: number, fixed: number): Buffer {
  const length = bytes.readUInt16LE(at);
  // The offset of an empty field may be anything (MS-NLMP 2.2.1.1).
  if (length === 0) return none;
  const offset = bytes.readUInt32LE(at + 4);
  if (offset < fixed || offset + length > bytes.length) {
    throw new SecurityError('an NTLM message with a field that lies outside it');
  }
  return bytes.subarray(offset, offset + length);
}

/** Where the field's bytes begin; null for an empty one. */
export function offsetOf(bytes: Buffer, at: number): number | null {
  return bytes.readUInt16LE(at) === 0 ? null : bytes.readUInt32LE(at + 4);
}

export interface Field {
  at: number;
  value: Buffer;
}

/** A message of `fixed` bytes and the fields' values behind them, in the order given. */
export function layOut(type: number, fixed: number, fields: readonly Field[]): Buffer {
  const head = Buffer.alloc(fixed);
  head.set(signature);
  head.writeUInt32LE(type, 8);
  let offset = fixed;
  for (const { at, value } of fields) {
    // A host's target information goes back to it with more in it, so this can be the host's doing.
    if (value.length > 0xffff) throw new SecurityError('an NTLM field of more than 65,535 bytes');
    head.writeUInt16LE(value.length, at);
    head.writeUInt16LE(value.length, at + 2);
    head.writeUInt32LE(offset, at + 4);
    offset += value.length;
  }
  return Buffer.concat([head, ...fields.map((field) => field.value)]);
}
