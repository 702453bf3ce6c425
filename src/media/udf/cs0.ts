// Names in OSTA Compressed Unicode (UDF 2.1.1): a byte says how wide the characters behind it are.

/** Null where it is none. */
export function decodeCs0(bytes: Buffer): string | null {
  if (bytes.length === 0) return '';
  const width = bytes.readUInt8(0);
  const characters = bytes.subarray(1);
  if (width === 8) return characters.toString('latin1');
  if (width !== 16 || characters.length % 2 !== 0) return null;
  return Buffer.from(characters).swap16().toString('utf16le');
}

/** Of a field of fixed length, whose last byte says how much of it is used (ECMA-167 1/7.2.12); '' where it is none. */
export function decodeDstring(field: Buffer): string {
  const used = field.readUInt8(field.length - 1);
  if (used >= field.length) return '';
  return (decodeCs0(field.subarray(0, used)) ?? '').replace(/\0.*$/su, '').trim();
}
