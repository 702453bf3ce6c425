// Images in words. Their names come off a disc, and what is made of them ends on a terminal.
import type { WindowsImage } from '../wim/image.js';

/** Without control characters and marks that change the direction of text. */
export function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd').slice(0, 200);
}

/** More are not listed. */
const mostShown = 20;

export function foundImages(images: readonly WindowsImage[]): string[] {
  const lines = images.slice(0, mostShown).map((image) => {
    const { index, name, editionId, installationType, architecture, version } = image;
    const facts = [editionId, installationType, architecture, version].filter((fact) => fact !== null);
    return shown(`${index}: ${name}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`);
  });
  return images.length > mostShown ? [...lines, `and ${images.length - mostShown} more`] : lines;
}
