/** `01-windows-base`: the folder of a layer in a rendered folder, by its place from 0. */
export function layerFolder(index: number, name: string): string {
  return `${String(index + 1).padStart(2, '0')}-${name}`;
}
