// The header of a WIM (Windows Imaging File Format, Microsoft's white paper of 2007; fields of later versions as wimlib
// documents them): where its XML lies, and which part of how many it is.
import { fail, type LyncimgError } from '../../errors/index.js';

export const wimHeaderLength = 208;

/** Real ones have some ten kilobytes: an image takes about two. */
export const longestXml = 16 * 1024 * 1024;

export interface WimHeader {
  /** Of a split WIM, from 1. */
  part: number;
  parts: number;
  imageCount: number;
  /** Bytes of the file. */
  xml: { offset: number; length: number };
}

/** Of four gigabytes each, as they are split for FAT32, two or three. */
const mostParts = 999;

/** What is read, for messages. */
export interface WimName {
  /** The ISO. */
  file: string;
  /** The WIM on it. */
  image: string;
}

export function wimUnreadable({ file, image }: WimName, why: string): LyncimgError {
  return fail('E_WIM_UNREADABLE', { file, image, why });
}

const magic = 'MSWIM\0\0\0';
const pipableMagic = 'WLPWM\0\0\0';

/** 1.13, and 0.14 of files with solid resources (ESD). */
const versions = [0x10d00, 0xe00];

const writeInProgress = 0x40;
const compressed = 0x04;
const solid = 0x10;

export function parseWimHeader(bytes: Buffer, of: WimName & { sizeBytes: number }): WimHeader {
  const no = (why: string): LyncimgError => wimUnreadable(of, why);
  const begins = bytes.toString('latin1', 0, magic.length);
  if (begins === pipableMagic) throw no('it is a pipable WIM, which Windows Setup does not read');
  if (begins !== magic) throw no('it is no WIM');
  if (bytes.length < wimHeaderLength) throw no(`it ends after ${bytes.length} bytes, within its header`);
  const length = bytes.readUInt32LE(8);
  if (length !== wimHeaderLength) throw no(`its header has ${length} bytes, not ${wimHeaderLength}`);
  const version = bytes.readUInt32LE(12);
  if (!versions.includes(version)) throw no(`its version is 0x${version.toString(16)}, which is not known`);
  if ((bytes.readUInt32LE(16) & writeInProgress) !== 0) throw no('whoever wrote it never finished it');
  const part = bytes.readUInt16LE(40);
  const parts = bytes.readUInt16LE(42);
  if (part === 0 || part > parts || parts > mostParts) throw no(`it is part ${part} of ${parts}`);
  const imageCount = bytes.readUInt32LE(44);

  // Seven bytes of size and one of flags, then the offset, then the size when it is not compressed.
  const xmlLength = bytes.readBigUInt64LE(72) & 0xff_ffff_ffff_ffffn;
  if ((bytes.readUInt8(79) & (compressed | solid)) !== 0)
    throw no('its XML is compressed, which that of a WIM never is');
  if (bytes.readBigUInt64LE(88) !== xmlLength) throw no('its header has two sizes of its XML');
  if (xmlLength > BigInt(longestXml))
    throw no(`its XML would have ${xmlLength.toString()} bytes; more than ${longestXml} are not read`);
  const offset = bytes.readBigUInt64LE(80);
  if (offset + xmlLength > BigInt(of.sizeBytes)) throw no('it ends before its XML');
  if (offset < BigInt(wimHeaderLength)) throw no('its XML would lie in its header');
  return { part, parts, imageCount, xml: { offset: Number(offset), length: Number(xmlLength) } };
}
