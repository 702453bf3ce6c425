/**
 * media: what comes from Microsoft, where it lies here, and what stands in for it in a rehearsal.
 *
 * `media.lock.yaml` of a workspace says which file lies where, with its size and hash; beside it a folder `media/`, laid
 * out as the disc is, needs no entry. A file that the user gives always wins, and is checked against its SHA-256 where
 * one is known. Where none is given, a rehearsal gets a placeholder, which says in its own text that it is one; it is
 * told apart from a file by that text and not by who brought it, so that no placeholder ever counts as a file.
 * Everything else is an error, found before anything starts.
 *
 * Nothing is downloaded but by `fetchFiles`, which trusts a hash and no server.
 *
 * This room does not know which requirement wants a file, nor which guest takes it.
 */
export { addFiles, type AddedFile } from './add-files.js';
export { makeAnswerDisc } from './discs/answer-disc.js';
export { discToolFor } from './discs/disc-tool.js';
export { checkMediaDisc, ensureMediaDisc, type MediaDiscOptions } from './discs/media-disc.js';
export { fetchFiles, type FetchedFile } from './fetch-files.js';
export { defaultLine, type DownloadNews } from './fetch/types.js';
export { findMedia } from './find-media.js';
export { listMedia, type NeededFile } from './list-media.js';
export { mediaListJsonSchema, type ListedFile, type MediaList } from './list-schema.js';
export { readLock, recordEntries } from './lock-file.js';
export { placeholderItem, placeholderText } from './placeholder.js';
export { prepareMedia } from './prepare-media.js';
export { verifyLock, type VerifiedFile } from './verify-lock.js';
export type { MediaItem, MediaLock, WantedFile } from './types.js';
export {
  checkMedia,
  mediaCheckJsonSchema,
  type AskedOfMedia,
  type JudgedEdition,
  type MediaCheck,
} from './windows-media/check.js';
export {
  judgeMedia,
  requireFittingImage,
  type FittingImage,
  type MediaFindings,
} from './windows-media/judge.js';
export {
  keyPolicies,
  type KeyPolicy,
  type WantedSystem,
  type WantedWindows,
  type WindowsMedia,
} from './windows-media/model.js';
export { readWindowsMedia } from './windows-media/read.js';
export type { WindowsImage } from './wim/image.js';
