// Which Windows speaks (MS-NLMP 2.2.2.10). For debugging: nothing depends on it.

export interface NtlmVersion {
  major: number;
  minor: number;
  build: number;
}

export const versionBytes = 8;

export function writeVersion(message: Buffer, at: number, { major, minor, build }: NtlmVersion): void {
  message.writeUInt8(major, at);
  message.writeUInt8(minor, at + 1);
  message.writeUInt16LE(build, at + 2);
  // NTLMSSP_REVISION_W2K3, the only one there is.
  message.writeUInt8(15, at + 7);
}

export function readVersion(message: Buffer, at: number): NtlmVersion {
  return {
    major: message.readUInt8(at),
    minor: message.readUInt8(at + 1),
    build: message.readUInt16LE(at + 2),
  };
}
