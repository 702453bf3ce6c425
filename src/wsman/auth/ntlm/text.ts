// Names in NTLM messages: UTF-16LE, or OEM for clients that do not speak Unicode (MS-NLMP 2.2).
import { SecurityError } from '../scheme.js';

export function encodeText(text: string, unicode: boolean): Buffer {
  return Buffer.from(text, unicode ? 'utf16le' : 'latin1');
}

/** Which code page OEM is, is a setting of the machine (MS-NLMP, note 7). ASCII is the same in all of them. */
export function decodeText(bytes: Buffer, unicode: boolean): string {
  if (!unicode) return bytes.toString('latin1');
  if (bytes.length % 2 !== 0) throw new SecurityError('an NTLM name with half a character');
  return bytes.toString('utf16le');
}

/**
 * Windows turns each UTF-16 unit into one other: `ß` stays, where JavaScript would make it `SS`, and so do the halves
 * of a surrogate pair.
 */
export function upperCase(text: string): string {
  let upper = '';
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    const turned = unit.toUpperCase();
    upper += turned.length === 1 ? turned : unit;
  }
  return upper;
}
