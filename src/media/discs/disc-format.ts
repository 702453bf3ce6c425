/**
 * What a disc has to be so that Windows finds every file on it under its own name, decided from names and sizes alone.
 *
 * The tools decide too, but silently: what they cannot write they shorten, respell or leave out, and still say that all
 * is well (seen with xorriso 1.5.4 and genisoimage 1.1.11). So nothing reaches them that they could not write as it is.
 *
 * ISO 9660 with Joliet names is read by Windows' CDFS, UDF by its UDFS. What CDFS takes is from Microsoft's own source
 * of it (Windows-driver-samples, filesys/cdfs); what UDF takes is from OSTA UDF 1.02 and from genisoimage's udf.c.
 */
import { fail, ok, problems, type Checked, type LyncimgError } from '../../errors/index.js';
import { isDiscPath } from '../disc-path.js';
import { shownText } from '../fetch/shown.js';
import { collisions } from './collisions.js';

export interface DiscFile {
  /** On the disc, forward slashes. */
  path: string;
  sizeBytes: number;
}

export interface DiscFormat {
  name: 'iso' | 'udf';
  /** Why it is not ISO 9660; null where it is. */
  because: string | null;
}

/**
 * In UTF-16 code units. Joliet's specification says 64. CDFS reads what fits into a directory record: 255 bytes, less
 * 33, at two bytes each, 109 with the version `;1` that tools add. 103 is what xorriso and genisoimage write.
 */
const longestJolietName = 103;

/**
 * One extent of ISO 9660 has up to 4 GiB - 1 bytes, but CDFS rounds its length up to whole blocks in 32 bits, and from
 * here on that comes out as nothing (allocsup.c, BlockAlign of cdprocs.h).
 */
const largestIsoFile = 0xfffff800;

/** A file identifier of UDF has 255 bytes: one says whether the others hold one or two for each character. */
const longestUdfName = { narrow: 254, wide: 127 };

/** genisoimage describes a file in one block: 234 extents of 1 GiB - 2 KiB. It does not look whether more are asked for. */
const largestUdfFile = 234 * 0x3ffff800;

/** "D:\some 256-character path string<NUL>": Microsoft, "Maximum Path Length Limitation". */
const longestPath = 256;

/** The tree that the disc is made of lies in a file system here, where a name has up to this many bytes of UTF-8. */
const longestNameBytes = 255;

/** Or everything that stands in the way (E_DISC_*). */
export function discFormat({
  label,
  files,
}: {
  label: string;
  files: readonly DiscFile[];
}): Checked<DiscFormat> {
  const found: LyncimgError[] = [];
  // Joliet has room for 16 characters. These are the ones that every system shows alike.
  if (!/^[A-Z0-9_]{1,16}$/.test(label)) found.push(fail('E_DISC_LABEL', { label: shownText(label) }));
  for (const file of files) {
    const { sizeBytes } = file;
    const path = shownText(file.path);
    const why = pathProblem(file.path);
    if (why !== null) found.push(fail('E_DISC_PATH', { path, why }));
    if (sizeBytes > largestUdfFile)
      found.push(fail('E_DISC_SIZE', { path, sizeBytes, limitBytes: largestUdfFile }));
  }
  for (const [first, second] of collisions(files.map(({ path }) => path)))
    found.push(fail('E_DISC_COLLISION', { paths: [shownText(first), shownText(second)] }));
  if (found.length > 0) return problems(found);
  const because = files.map(whyNotIso).find((reason) => reason !== null) ?? null;
  return ok({ name: because === null ? 'iso' : 'udf', because });
}

function whyNotIso({ path, sizeBytes }: DiscFile): string | null {
  if (path.split('/').some((name) => name.length > longestJolietName))
    return `a name in ${path} has more than ${longestJolietName} characters`;
  if (sizeBytes > largestIsoFile) return `${path} has more than ${largestIsoFile} bytes (4 GiB less 2 KiB)`;
  return null;
}

function pathProblem(path: string): string | null {
  if (!isDiscPath(path)) return 'Windows can have no such path';
  if (/\p{Cc}/u.test(path)) return 'it has a control character in it';
  // CDFS takes it for what stands before the version; both tools respell it.
  if (path.includes(';')) return 'a disc has a semicolon only before the version of a file';
  // Names are UCS-2: xorriso respells what is beyond it, genisoimage gives up.
  if (/[\ud800-\udfff]/.test(path)) return 'it has a character beyond U+FFFF in it';
  if (path.length > longestPath) return `it has ${path.length} characters, and Windows takes ${longestPath}`;
  for (const name of path.split('/')) {
    const why = nameProblem(name);
    if (why !== null) return why;
  }
  return null;
}

function nameProblem(name: string): string | null {
  if (deviceName.test(name)) return `${name} is the name of a device to Windows`;
  // eslint-disable-next-line no-control-regex -- from the first character to the last that UDF writes as one byte
  const most = /^[\u0000-\u00ff]*$/.test(name) ? longestUdfName.narrow : longestUdfName.wide;
  if (name.length > most)
    return `a name in it has ${name.length} characters, and no disc takes more than ${most} of them`;
  const bytes = Buffer.byteLength(name);
  if (bytes > longestNameBytes)
    return `a name in it has ${bytes} bytes, and no file here can have more than ${longestNameBytes}`;
  return null;
}

/** Whatever follows the first dot: Microsoft, "Naming Files, Paths, and Namespaces". */
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\.|$)/i;
