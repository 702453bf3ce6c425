// From an ISO to what it is as Windows media: in place, some twenty small reads, nothing mounted.
import { fail } from '../../errors/index.js';
import { fileKind } from '../file-content.js';
import { withFile, type ByteSource } from '../udf/byte-source.js';
import { openUdf, type UdfVolume } from '../udf/volume.js';
import { readWim } from '../wim/read.js';
import { licenceOf, parseEditionConfig, type EditionConfig } from './licence.js';
import type { InstallImage, WindowsMedia } from './model.js';

/** Throws E_FILE_UNREADABLE, E_ISO_*, E_WIM_UNREADABLE, or the reason of the signal. */
export async function readWindowsMedia(
  file: string,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<WindowsMedia> {
  const found = await fileKind(file);
  if (found.kind === 'absent') throw fail('E_FILE_UNREADABLE', { file, reason: 'it does not exist' });
  if (found.kind === 'placeholder') throw fail('E_MEDIA_PLACEHOLDER', { path: file });
  return withFile({ path: file, sizeBytes: found.sizeBytes }, signal, mediaOf);
}

/** Of the bytes of an ISO, wherever they come from. */
export async function mediaOf(source: ByteSource): Promise<WindowsMedia> {
  const volume = await openUdf(source);
  const { label, spanBytes } = volume;
  const install = await findInstallImage(volume);
  const { installImage, images } = install === null ? nothing : await readInstallImage(volume, install);
  const licence = licenceOf({ images, label, config: await readEditionConfig(volume) });
  const sxs = await hasNetfx3(volume);
  return { label, sizeBytes: source.sizeBytes, spanBytes, installImage, images, ...licence, sxs };
}

const nothing = { installImage: null, images: [] };

interface Found {
  path: string;
  kind: InstallImage['kind'];
  source: ByteSource;
}

/** The first of the three that there is. */
async function findInstallImage(volume: UdfVolume): Promise<Found | null> {
  for (const kind of ['wim', 'esd', 'swm'] as const) {
    const path = `sources/install.${kind}`;
    const source = await volume.file(path);
    if (source !== null) return { path, kind, source };
  }
  return null;
}

async function readInstallImage(
  volume: UdfVolume,
  { path, kind, source }: Found,
): Promise<Pick<WindowsMedia, 'installImage' | 'images'>> {
  const { header, images } = await readWim(source, path);
  const missingParts = await findMissingParts(volume, header.parts);
  const installImage = { path, kind, sizeBytes: source.sizeBytes, parts: header.parts, missingParts };
  return { installImage, images };
}

const mostMissing = 20;

/** install.swm, install2.swm, install3.swm …; those that are there are there to their end. */
async function findMissingParts(volume: UdfVolume, parts: number): Promise<string[]> {
  const missing: string[] = [];
  for (let part = 2; part <= parts && missing.length < mostMissing; part++) {
    const path = `sources/install${part}.swm`;
    if ((await volume.file(path)) === null) missing.push(path);
  }
  return missing;
}

/** Real ones have less than a hundred bytes. */
const longestConfig = 64 * 1024;

async function readEditionConfig(volume: UdfVolume): Promise<EditionConfig | null> {
  const file = await volume.file('sources/ei.cfg');
  if (file === null || file.sizeBytes > longestConfig) return null;
  const bytes = await file.read(0, file.sizeBytes, 'sources/ei.cfg');
  const isWide = bytes.length >= 2 && bytes.readUInt16LE(0) === 0xfeff;
  return parseEditionConfig(bytes.toString(isWide ? 'utf16le' : 'utf8').replace(/^\ufeff/, ''));
}

/**
 * One cabinet (`microsoft-windows-netfx3-ondemand-package.cab`), or the folders of its components
 * (`amd64_microsoft-windows-netfx3-core_…_6.2.9200.16384_…`, as scripts for 2012 have them).
 */
async function hasNetfx3(volume: UdfVolume): Promise<boolean> {
  const names = (await volume.names('sources/sxs')) ?? [];
  return names.some((name) => /netfx3/i.test(name));
}
