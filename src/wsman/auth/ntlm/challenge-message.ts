// Type 2 (MS-NLMP 2.2.1.2): what the server agrees to, its name, and the number that the client has to answer.
import { decodeAvPairs, encodeAvPairs, type AvPair } from './av-pairs.js';
import { flag, has } from './flags.js';
import { assertMessage, layOut, readField } from './layout.js';
import { decodeText, encodeText } from './text.js';
import { readVersion, versionBytes, writeVersion, type NtlmVersion } from './version.js';

export interface ChallengeMessage {
  /** The target name is UTF-16LE by its flag of Unicode, OEM otherwise. */
  flags: number;
  targetName: string;
  /** 8 bytes */
  serverChallenge: Buffer;
  targetInfo: readonly AvPair[];
  version: NtlmVersion | null;
}

const targetNameAt = 12;
const flagsAt = 20;
const challengeAt = 24;
const targetInfoAt = 40;
const versionAt = 48;

export function encodeChallengeMessage(message: ChallengeMessage): Buffer {
  const { flags, version } = message;
  const targetInfo = has(flags, flag.targetInfo) ? encodeAvPairs(message.targetInfo) : Buffer.alloc(0);
  const bytes = layOut(2, versionAt + versionBytes, [
    { at: targetNameAt, value: encodeText(message.targetName, has(flags, flag.unicode)) },
    { at: targetInfoAt, value: targetInfo },
  ]);
  bytes.writeUInt32LE(flags, flagsAt);
  bytes.set(message.serverChallenge, challengeAt);
  if (version !== null) writeVersion(bytes, versionAt, version);
  return bytes;
}

export function decodeChallengeMessage(bytes: Buffer): ChallengeMessage {
  assertMessage(bytes, 2, versionAt);
  const flags = bytes.readUInt32LE(flagsAt);
  const targetInfo = has(flags, flag.targetInfo)
    ? readField(bytes, targetInfoAt, versionAt)
    : Buffer.alloc(0);
  const versioned = has(flags, flag.version) && bytes.length >= versionAt + versionBytes;
  return {
    flags,
    targetName: decodeText(readField(bytes, targetNameAt, versionAt), has(flags, flag.unicode)),
    serverChallenge: bytes.subarray(challengeAt, challengeAt + 8),
    targetInfo: targetInfo.length === 0 ? [] : decodeAvPairs(targetInfo),
    version: versioned ? readVersion(bytes, versionAt) : null,
  };
}
