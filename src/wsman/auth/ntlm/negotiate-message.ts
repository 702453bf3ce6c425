// Type 1 (MS-NLMP 2.2.1.1): what the client can do. The names of domain and workstation that it may carry are hints
// that no one uses, so they are neither written nor read.
import { allOf, flag, has } from './flags.js';
import { assertMessage, layOut } from './layout.js';
import { readVersion, versionBytes, writeVersion, type NtlmVersion } from './version.js';

export interface NegotiateMessage {
  flags: number;
  version: NtlmVersion | null;
}

/** The flags of the version and of the names follow from what is there. */
const oemNames = 0x1000 | 0x2000;
const versionAt = 32;
/** Windows NT leaves out everything behind the flags. */
const shortest = 16;

export function encodeNegotiateMessage({ flags, version }: NegotiateMessage): Buffer {
  const empty = Buffer.alloc(0);
  const message = layOut(1, versionAt + versionBytes, [
    { at: 16, value: empty },
    { at: 24, value: empty },
  ]);
  const own = flags & ~oemNames & ~flag.version;
  message.writeUInt32LE(allOf(own, version === null ? 0 : flag.version), 12);
  if (version !== null) writeVersion(message, versionAt, version);
  return message;
}

export function decodeNegotiateMessage(bytes: Buffer): NegotiateMessage {
  assertMessage(bytes, 1, shortest);
  const flags = bytes.readUInt32LE(12);
  const versioned = has(flags, flag.version) && bytes.length >= versionAt + versionBytes;
  return { flags, version: versioned ? readVersion(bytes, versionAt) : null };
}
