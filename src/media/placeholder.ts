// A placeholder: a line of JSON that says that it is one. A twin takes it for the file that it names; any real guest
// refuses it, since it is no package.
import { sha256 } from '../util/index.js';
import type { MediaItem, WantedFile } from './types.js';

const beginning = '{"lyncimg":"placeholder"';

/** The whole content, the same for the same file everywhere: digests of plans are made over it. */
export function placeholderText({ path, title }: WantedFile): string {
  return `${JSON.stringify({ lyncimg: 'placeholder', path, title })}\n`;
}

/** What prepareMedia would write for this file in a rehearsal; pure. */
export function placeholderItem(file: WantedFile): MediaItem {
  const text = placeholderText(file);
  return {
    path: file.path,
    title: file.title,
    origin: 'placeholder',
    sha256: sha256(text),
    sizeBytes: Buffer.byteLength(text),
  };
}

/** Whether a file that begins so is a placeholder. */
export function beginsAsPlaceholder(firstBytes: Buffer): boolean {
  return firstBytes.toString('latin1').startsWith(beginning);
}
