// A WIM without files: a header, and XML at its end.

export interface HeaderOptions {
  part?: number;
  parts?: number;
  imageCount?: number;
  flags?: number;
  version?: number;
  xml: { offset: number; length: number; flags?: number; originalLength?: number };
}

export function wimHeader(options: HeaderOptions): Buffer {
  const { part = 1, parts = 1, imageCount = 1, flags = 0, version = 0x10d00, xml } = options;
  const bytes = Buffer.alloc(208);
  bytes.write('MSWIM\0\0\0', 'latin1');
  bytes.writeUInt32LE(208, 8);
  bytes.writeUInt32LE(version, 12);
  bytes.writeUInt32LE(flags, 16);
  bytes.writeUInt16LE(part, 40);
  bytes.writeUInt16LE(parts, 42);
  bytes.writeUInt32LE(imageCount, 44);
  bytes.writeBigUInt64LE(BigInt(xml.length), 72);
  bytes.writeUInt8(xml.flags ?? 2, 79);
  bytes.writeBigUInt64LE(BigInt(xml.offset), 80);
  bytes.writeBigUInt64LE(BigInt(xml.originalLength ?? xml.length), 88);
  return bytes;
}

export function xmlBytes(xml: string): Buffer {
  return Buffer.from(`\ufeff${xml}`, 'utf16le');
}

export function wimBytes(xml: string, options: Omit<HeaderOptions, 'xml'> = {}): Buffer {
  const data = xmlBytes(xml);
  return Buffer.concat([wimHeader({ ...options, xml: { offset: 208, length: data.length } }), data]);
}

/** Of a full installation of 2012 R2 Standard, as the evaluation WIM with Update has it. */
export function imageXml(
  more: Partial<Record<'index' | 'name' | 'edition' | 'type' | 'arch' | 'build', string>> = {},
): string {
  const { index = '1', name = 'Windows Server 2012 R2 SERVERSTANDARD', edition = 'ServerStandard' } = more;
  const { type = 'Server', arch = '9', build = '9600' } = more;
  return [
    `<IMAGE INDEX="${index}"><NAME>${name}</NAME><DESCRIPTION>${name}</DESCRIPTION>`,
    '<DISPLAYNAME>Windows Server 2012 R2 Standard (Server with a GUI)</DISPLAYNAME>',
    `<FLAGS>${edition}</FLAGS><TOTALBYTES>12051460352</TOTALBYTES><WINDOWS><ARCH>${arch}</ARCH>`,
    `<EDITIONID>${edition}</EDITIONID><INSTALLATIONTYPE>${type}</INSTALLATIONTYPE><PRODUCTTYPE>ServerNT</PRODUCTTYPE>`,
    '<LANGUAGES><LANGUAGE>en-US</LANGUAGE><DEFAULT>en-US</DEFAULT></LANGUAGES>',
    `<VERSION><MAJOR>6</MAJOR><MINOR>3</MINOR><BUILD>${build}</BUILD><SPBUILD>17031</SPBUILD><SPLEVEL>0</SPLEVEL></VERSION>`,
    '<SYSTEMROOT>WINDOWS</SYSTEMROOT></WINDOWS></IMAGE>',
  ].join('');
}
