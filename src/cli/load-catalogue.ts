// The catalogue with the roles of the workspace in the current folder, where it is one.
import { loadProject, type Catalog } from '../catalog/index.js';
import { orThrow } from '../errors/index.js';
import { platformSchemas } from '../platforms/index.js';

export async function loadCatalogue(packageRoot: string): Promise<Catalog> {
  const { catalog } = orThrow(
    await loadProject({ packageRoot, folder: process.cwd(), platforms: platformSchemas }),
  );
  return catalog;
}
