// A WIM, an ESD or the first part of a split WIM: its header, and the images that its XML lists. Two reads.
import type { ByteSource } from '../udf/byte-source.js';
import { parseWimHeader, wimHeaderLength, wimUnreadable, type WimHeader, type WimName } from './header.js';
import { wimImages, type WindowsImage } from './image.js';
import { parseWimXml } from './xml.js';

export interface Wim {
  header: WimHeader;
  /** In order of index. */
  images: WindowsImage[];
}

/** @param image path of the WIM on the disc. Throws E_WIM_UNREADABLE. */
export async function readWim(source: ByteSource, image: string): Promise<Wim> {
  const of = { file: source.name, image };
  const length = Math.min(wimHeaderLength, source.sizeBytes);
  const header = parseWimHeader(await source.read(0, length, `the header of ${image}`), {
    ...of,
    sizeBytes: source.sizeBytes,
  });
  const { xml } = header;
  const text = decodeXml(await source.read(xml.offset, xml.length, `the XML of ${image}`), of);
  const images = wimImages(parseWimXml(text, of), of);
  if (images.length !== header.imageCount)
    throw wimUnreadable(of, `its header counts ${header.imageCount} images, and its XML ${images.length}`);
  return { header, images };
}

/** UTF-16, little end first, with a byte order mark. */
export function decodeXml(bytes: Buffer, of: WimName): string {
  if (bytes.length < 2 || bytes.readUInt16LE(0) !== 0xfeff || bytes.length % 2 !== 0)
    throw wimUnreadable(of, 'its XML is no UTF-16 with a byte order mark');
  return bytes.toString('utf16le', 2);
}
