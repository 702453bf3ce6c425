// Whether a file is a UDF volume at all: the volume recognition sequence (ECMA-167 2/8), which stands behind the first
// 32 KiB, with the descriptors of ISO 9660 in front of it on a disc that is both.
import { fail } from '../../errors/index.js';
import { cutShort, type ByteSource } from './byte-source.js';
import { blockSize } from './types.js';

const start = 32 * 1024;
/** Real ones have fewer than ten. */
const mostDescriptors = 16;
const known = new Set(['BEA01', 'BOOT2', 'CD001', 'CDW02', 'TEA01']);

/** Throws E_ISO_NO_UDF with what the file is instead, as far as it can be told. */
export async function requireUdf(source: ByteSource): Promise<void> {
  const { sizeBytes } = source;
  if (sizeBytes === 0) throw fail('E_ISO_NO_UDF', { file: source.name, found: 'It is empty.' });
  if (sizeBytes < start + blockSize) throw await noUdf(source, `It has only ${sizeBytes} bytes.`);
  const room = Math.min(sizeBytes - start, mostDescriptors * blockSize);
  const sequence = await source.read(start, room, 'its first descriptors');
  let isIso9660 = false;
  let at = 0;
  for (; at + blockSize <= sequence.length; at += blockSize) {
    const id = sequence.toString('latin1', at + 1, at + 6);
    if (id === 'NSR02' || id === 'NSR03') return;
    if (!known.has(id)) break;
    if (id === 'CD001') isIso9660 = true;
  }
  if (!isIso9660) throw await noUdf(source, 'It is no disc image.');
  const isCut = at + blockSize > sequence.length && room < mostDescriptors * blockSize;
  if (isCut) throw cutShort(source, 'the next of its first descriptors', start + at + blockSize);
  throw await noUdf(source, 'It is a disc with ISO 9660 alone: of something else, or made anew without UDF.');
}

/** What people take for an ISO, by its first characters. */
const others: readonly [begins: string, found: string][] = [
  ['MSWIM\0', 'It is a WIM: what is wanted is the ISO that it came on.'],
  ['<!doctype', 'It is a web page: a sign-in or an error page came instead of the download.'],
  ['<html', 'It is a web page: a sign-in or an error page came instead of the download.'],
  ['PK\x03\x04', 'It is a ZIP archive.'],
  ['MZ', 'It is a program for Windows.'],
  ['vhdxfile', 'It is a virtual disk (VHDX).'],
];

async function noUdf(source: ByteSource, otherwise: string): Promise<Error> {
  const beginning = await source.read(0, Math.min(source.sizeBytes, 256), 'its beginning');
  const text = beginning.toString('latin1').trimStart().toLowerCase();
  const found = others.find(([begins]) => text.startsWith(begins.toLowerCase()))?.[1] ?? otherwise;
  return fail('E_ISO_NO_UDF', { file: source.name, found });
}
