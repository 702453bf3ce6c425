// A UDF volume in a file, read in place: looking a path up as Windows does, and reading what lies there. Few and small
// reads, whatever the size of the disc.
import { cutShort, type ByteSource } from './byte-source.js';
import { parseDirectory, type DirectoryEntry } from './directory.js';
import { readFileEntry, type FileEntry } from './file-entry.js';
import { readPartitions } from './partitions.js';
import { damaged } from './problems.js';
import { endOf, readRanges, sliceRanges } from './ranges.js';
import { requireUdf } from './recognise.js';
import { tagIds, tagProblem } from './tag.js';
import { blockSize, type BlockAddress, type VolumeContext } from './types.js';
import { readVolumeDescriptors } from './volume-descriptors.js';

export interface UdfVolume {
  /** What Windows shows as the name of the disc; '' where there is none. */
  label: string;
  /** What its partitions span, from the beginning of the image: more than the file has where that is cut short. */
  spanBytes: number;
  /** Without regard to case, with forward slashes, '' for the root; null where there is no file. */
  file(path: string): Promise<ByteSource | null>;
  /** The names in a directory, as they are written there; null where there is no directory. */
  names(path: string): Promise<string[] | null>;
}

/** `sources\sxs` of Windows Server 2012 has about a thousand names of a hundred characters. */
const longestDirectory = 4 * 1024 * 1024;

/** Throws E_ISO_NO_UDF, E_ISO_CUT_SHORT, E_ISO_DAMAGED or E_ISO_UNSUPPORTED. */
export async function openUdf(source: ByteSource): Promise<UdfVolume> {
  await requireUdf(source);
  const descriptors = await readVolumeDescriptors(source);
  const volume: VolumeContext = { source, partitions: await readPartitions(source, descriptors) };
  const root = await findRoot(volume, addressAt(descriptors.logicalVolume, 248));
  const ends = [...descriptors.partitions.values()].map(({ start, length }) => (start + length) * blockSize);
  const look = lookUp(volume, root);
  return {
    label: descriptors.label,
    spanBytes: Math.max(0, ...ends),
    file: async (path) => {
      const entry = await look.entry(path);
      return entry?.kind === 'file' ? contentOf(source, entry, path) : null;
    },
    names: async (path) => {
      const entry = await look.entry(path);
      return entry?.kind === 'directory' ? (await look.list(entry)).entries.map(({ name }) => name) : null;
    },
  };
}

/** Of a long allocation descriptor. */
function addressAt(bytes: Buffer, at: number): BlockAddress {
  return { block: bytes.readUInt32LE(at + 4), partition: bytes.readUInt16LE(at + 8) };
}

/** The root of the file set that the logical volume names (ECMA-167 4/14.1). */
async function findRoot({ source, partitions }: VolumeContext, at: BlockAddress): Promise<BlockAddress> {
  const what = 'its file set';
  const ranges = partitions[at.partition]?.ranges(at.block, blockSize);
  if (ranges === undefined)
    throw damaged(source, what, 0, `would lie in partition ${at.partition}, which there is none of`);
  const bytes = await readRanges(source, ranges, what);
  const problem = tagProblem(bytes, { ids: [tagIds.fileSet], block: at.block });
  if (problem !== null) throw damaged(source, what, ranges[0]?.offset ?? 0, problem);
  return addressAt(bytes, 400);
}

interface Directory {
  entries: readonly DirectoryEntry[];
  exact: ReadonlyMap<string, DirectoryEntry>;
  /** By name in lower case; of names that differ in case alone the first. */
  anyCase: ReadonlyMap<string, DirectoryEntry>;
}

interface LookUp {
  entry(path: string): Promise<FileEntry | null>;
  list(directory: FileEntry): Promise<Directory>;
}

function lookUp(volume: VolumeContext, root: BlockAddress): LookUp {
  const { source } = volume;
  const listed = new Map<number, Directory>();
  const list = async (directory: FileEntry): Promise<Directory> => {
    const known = listed.get(directory.at);
    if (known !== undefined) return known;
    const what = 'a directory';
    if (directory.sizeBytes > longestDirectory)
      throw damaged(source, what, directory.at, `would have ${directory.sizeBytes} bytes`);
    const { data, at } = directory;
    const bytes = 'bytes' in data ? data.bytes : await readRanges(source, data.ranges, what);
    const read = byName(parseDirectory(source, bytes, at));
    listed.set(at, read);
    return read;
  };
  const entry = async (path: string): Promise<FileEntry | null> => {
    let at = await readFileEntry(volume, root);
    const above = new Set([at.at]);
    for (const name of path.split('/').filter((part) => part !== '')) {
      if (at.kind !== 'directory') return null;
      // UDF tells case apart and Windows does not: the exact name comes first.
      const { exact, anyCase } = await list(at);
      const found = exact.get(name) ?? anyCase.get(name.toLowerCase());
      if (found === undefined) return null;
      at = await readFileEntry(volume, found.address);
      if (above.has(at.at)) throw damaged(source, 'a directory', at.at, 'lies in itself');
      above.add(at.at);
    }
    return at;
  };
  return { entry, list };
}

function byName(entries: readonly DirectoryEntry[]): Directory {
  const reversed = [...entries].reverse();
  return {
    entries,
    exact: new Map(entries.map((entry) => [entry.name, entry])),
    anyCase: new Map(reversed.map((entry) => [entry.name.toLowerCase(), entry])),
  };
}

/** Throws E_ISO_CUT_SHORT at once where the end of the file is not there, so that nobody reads half of it first. */
function contentOf(source: ByteSource, { data, sizeBytes, at }: FileEntry, path: string): ByteSource {
  const ranges = 'bytes' in data ? [] : data.ranges;
  const end = endOf(ranges);
  if (end > source.sizeBytes) throw cutShort(source, path, end);
  return {
    name: source.name,
    sizeBytes,
    read: async (offset, length, what) => {
      if ('bytes' in data) {
        if (offset + length <= sizeBytes) return data.bytes.subarray(offset, offset + length);
      } else {
        const part = sliceRanges(ranges, offset, length);
        if (part !== null) return readRanges(source, part, what);
      }
      throw damaged(
        source,
        path,
        at,
        `has ${sizeBytes} bytes, and ${what} would end at its byte ${offset + length}`,
      );
    },
  };
}
