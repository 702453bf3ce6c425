// How much room a bake will want here. Nobody can know: Windows Update decides. So it is an estimate that says how it
// was made, and a least amount without which no bake can end well.
import type { BakeMachine, BakePlace, BakeSize } from './wanted.js';

export const gib = 1024 ** 3;
const mib = 1024 ** 2;

/**
 * Rules of thumb, in GiB. Microsoft's minimum for the disk of a Windows Server is 32 (System Requirements and
 * Installation Information for Windows Server 2012 R2); installed without updates it fills about a third of that.
 */
const rule = {
  /** Windows as it is installed, without any update. */
  leastFirst: 8,
  /** Windows with its updates, and what they leave behind. */
  first: 20,
  /** What one more layer writes. */
  next: 4,
};

/** Logs, reports and temporary files of a run. */
const runBytes = 512 * mib;
/** A layer of a rehearsal is the state of a model: some hundred kilobytes; its logs are as large. */
const rehearsalBytes = 5 * mib;

export interface DiskEstimate {
  /** What it will want. */
  bytes: number;
  /** Less than this cannot be enough. */
  leastBytes: number;
  /** How it was estimated: parts of a sentence. */
  parts: string[];
}

export interface EstimateQuestion {
  place: BakePlace;
  machine: BakeMachine | null;
  size: BakeSize;
}

/** For a bake from nothing: layers that are stored already need no more room. */
export function estimateDisk({ place, machine, size }: EstimateQuestion): DiskEstimate {
  const { platform } = place;
  const { layers, images } = size;
  const media = mediaEstimate(place, size);
  if (platform.rehearsal) {
    const bytes = rehearsalBytes * (layers + images) + media.bytes;
    const part = `${layers} layers and ${images} images of a rehearsal, ${inWords(rehearsalBytes)} each`;
    return { bytes, leastBytes: bytes, parts: [part, ...media.parts] };
  }
  const run = { bytes: runBytes, parts: [`${inWords(runBytes)} for logs and temporary files`] };
  if (platform.keeps.as !== 'files' || machine === null) {
    const parts = [...media.parts, ...run.parts, 'disks lie elsewhere'];
    return { bytes: media.bytes + run.bytes, leastBytes: media.bytes + run.bytes, parts };
  }
  const { diskGb } = machine.spec;
  const first = Math.min(rule.first, diskGb);
  const next = Math.min(rule.next, diskGb);
  const chain = first + next * (layers - 1);
  const disks = (chain + images * chain) * gib;
  const least = Math.min(rule.leastFirst, diskGb) * gib;
  return {
    bytes: disks + media.bytes + run.bytes,
    leastBytes: least + media.bytes + run.bytes,
    parts: [
      `${first} GiB for the first layer`,
      ...(layers > 1 ? [`${next} GiB for each of ${layers - 1} more`] : []),
      `as much again for ${images === 1 ? 'the sealed image' : `each of ${images} sealed images`}`,
      ...media.parts,
      ...run.parts,
    ],
  };
}

function mediaEstimate(
  { platform }: BakePlace,
  { mediaBytes, mediaWithoutSize }: BakeSize,
): {
  bytes: number;
  parts: string[];
} {
  // Handed over as a folder: one copy a layer that needs it, gone with the run. As a disc: the disc, and its making.
  const copies = { folders: 1, images: 2, uploaded: 2, download: 0 }[platform.discs];
  const bytes = mediaBytes * copies;
  const unsized = mediaWithoutSize > 0 ? [`${mediaWithoutSize} files of unknown size are not counted`] : [];
  if (bytes === 0) return { bytes, parts: copies === 0 ? [] : unsized };
  return {
    bytes,
    parts: [`${inWords(bytes)} for the media (${copies === 1 ? 'once' : 'twice'})`, ...unsized],
  };
}

export function inWords(bytes: number): string {
  return bytes >= gib ? `${(bytes / gib).toFixed(1)} GiB` : `${Math.ceil(bytes / mib)} MiB`;
}
