// Paths on the media disc.

/** Plain names with forward slashes: nothing that leads out of the folder, nothing that Windows cannot have. */
export function isDiscPath(path: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  return path.split('/').every((name) => !/^\.*$|[\u0000-\u001f\\:*?"<>|]|[. ]$/.test(name));
}

/** Windows does not tell case apart, so nor does anything that looks a path up. */
export function discKey(path: string): string {
  return path.toLowerCase();
}

/** The last part of a path. */
export function discName(path: string): string {
  return path.split('/').at(-1) ?? '';
}
