// Ids of other requirements, as a hotfix or a package names what must be there before it.
import type { OsModel } from './os-model.js';

/** `<kind>/<what>`, or a KB number alone, which means that hotfix. */
export const requiredPattern = /^([A-Za-z]+\/\S.*|[Kk][Bb]\d{6,7})$/;

/** The ids as their kinds spell them, each once, in an order that does not depend on the input's. */
export function requiredIds(written: readonly string[], os: OsModel): string[] {
  return [...new Set(written.map((id) => spelled(id, os)))].sort();
}

function spelled(written: string, os: OsModel): string {
  const [, kind, name = ''] = /^([A-Za-z]+)\/(.*)$/.exec(written) ?? [];
  switch (kind) {
    case undefined:
      return `hotfix/${written.toUpperCase()}`;
    case 'hotfix':
      return `hotfix/${name.toUpperCase()}`;
    case 'feature':
      return `feature/${os.features.find(name)?.name ?? name}`;
    case 'package':
      return `package/${name.toLowerCase()}`;
    default:
      return written;
  }
}
