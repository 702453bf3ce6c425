// Type 3 (MS-NLMP 2.2.1.3): who asks, and the proof.
import { flag, has } from './flags.js';
import { assertMessage, layOut, offsetOf, readField } from './layout.js';
import { micAt, micBytes } from './mic.js';
import { decodeText, encodeText } from './text.js';
import { readVersion, versionBytes, writeVersion, type NtlmVersion } from './version.js';

export interface AuthenticateMessage {
  /** Names are UTF-16LE by its flag of Unicode, OEM otherwise. */
  flags: number;
  domain: string;
  user: string;
  workstation: string;
  lmResponse: Buffer;
  ntResponse: Buffer;
  /** 16 bytes, or none. */
  encryptedSessionKey: Buffer;
  version: NtlmVersion | null;
  /** What stands in the place of a MIC. Whether it is one, the response's attributes say. Null: there is no place. */
  mic: Buffer | null;
}

const lmAt = 12;
const ntAt = 20;
const domainAt = 28;
const userAt = 36;
const workstationAt = 44;
const sessionKeyAt = 52;
const flagsAt = 60;
const versionAt = 64;
const fieldsAt = [lmAt, ntAt, domainAt, userAt, workstationAt, sessionKeyAt];

export function encodeAuthenticateMessage(message: AuthenticateMessage): Buffer {
  const { flags, version, mic } = message;
  const text = (name: string): Buffer => encodeText(name, has(flags, flag.unicode));
  const fixed = mic === null ? micAt : micAt + micBytes;
  const bytes = layOut(3, fixed, [
    { at: domainAt, value: text(message.domain) },
    { at: userAt, value: text(message.user) },
    { at: workstationAt, value: text(message.workstation) },
    { at: lmAt, value: message.lmResponse },
    { at: ntAt, value: message.ntResponse },
    { at: sessionKeyAt, value: message.encryptedSessionKey },
  ]);
  bytes.writeUInt32LE(flags, flagsAt);
  if (version !== null) writeVersion(bytes, versionAt, version);
  if (mic !== null) bytes.set(mic, micAt);
  return bytes;
}

export function decodeAuthenticateMessage(bytes: Buffer): AuthenticateMessage {
  assertMessage(bytes, 3, versionAt);
  const flags = bytes.readUInt32LE(flagsAt);
  const field = (at: number): Buffer => readField(bytes, at, versionAt);
  const text = (at: number): string => decodeText(field(at), has(flags, flag.unicode));
  const fixed = fixedLength(bytes);
  return {
    flags,
    domain: text(domainAt),
    user: text(userAt),
    workstation: text(workstationAt),
    lmResponse: field(lmAt),
    ntResponse: field(ntAt),
    encryptedSessionKey: field(sessionKeyAt),
    version:
      has(flags, flag.version) && fixed >= versionAt + versionBytes ? readVersion(bytes, versionAt) : null,
    mic: fixed >= micAt + micBytes ? bytes.subarray(micAt, micAt + micBytes) : null,
  };
}

/** Old clients leave out the MIC, and the version, too: what is there ends where the payload begins. */
function fixedLength(bytes: Buffer): number {
  return fieldsAt.reduce((least, at) => Math.min(least, offsetOf(bytes, at) ?? least), bytes.length);
}
