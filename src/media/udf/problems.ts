// How the UDF reader says no.
import { fail, type LyncimgError } from '../../errors/index.js';
import type { ByteSource } from './byte-source.js';

/** @param at byte in the image */
export function damaged(source: ByteSource, what: string, at: number, why: string): LyncimgError {
  return fail('E_ISO_DAMAGED', { file: source.name, what, at, why });
}

export function unsupported(source: ByteSource, what: string): LyncimgError {
  return fail('E_ISO_UNSUPPORTED', { file: source.name, what });
}
