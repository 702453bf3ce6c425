// The stand-in of a file that Microsoft publishes: one line of JSON that names the file. Only a twin takes it.

export interface Placeholder {
  /** As on the media disc, forward slashes. */
  path: string;
  /** Last part of the path. */
  fileName: string;
}

/** Undefined for everything else. */
export function parsePlaceholder(content: Buffer): Placeholder | undefined {
  let value: unknown;
  try {
    value = JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { lyncimg, path } = value as { lyncimg?: unknown; path?: unknown };
  if (lyncimg !== 'placeholder' || typeof path !== 'string') return undefined;
  return { path, fileName: path.split('/').at(-1) ?? '' };
}

/** A placeholder for a file of this name. */
export function placeholderFor(path: string): string {
  return `${JSON.stringify({ lyncimg: 'placeholder', path })}\n`;
}
