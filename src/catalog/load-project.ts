// What a command that plans starts from: the catalogue and the workspace, with the problems of both at once.
import { ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import type { OsModel } from '../requirements/index.js';
import { loadCatalog } from './load-catalog.js';
import type { Catalog, RoleItem, Workspace } from './model.js';
import { resolveItem } from './resolve-item.js';
import { isWorkspace, loadWorkspace, type PlatformSchemas } from './workspace.js';

export interface Project {
  catalog: Catalog;
  /** Null where the folder is none. */
  workspace: Workspace | null;
}

export async function loadProject(options: {
  /** Folder of the installed package. */
  packageRoot: string;
  /** The folder in which lyncimg.yaml may lie, and roles beside it. */
  folder: string;
  /** The platforms that there are; this room does not know them. */
  platforms: PlatformSchemas;
}): Promise<Checked<Project>> {
  const { packageRoot, folder, platforms } = options;
  const inWorkspace = await isWorkspace(folder);
  const catalog = await loadCatalog({ packageRoot, ...(inWorkspace && { workspaceFolder: folder }) });
  // Which roles there are only a catalogue without problems says.
  const known = { platforms, ...(catalog.ok && { catalog: catalog.value }) };
  const workspace = await loadWorkspace(folder, known);
  if (catalog.ok && workspace.ok) {
    const found = impossible(workspace.value?.items ?? [], catalog.value.systems());
    if (found.length > 0) return problems(found);
    return ok({ catalog: catalog.value, workspace: workspace.value });
  }
  return problems([...(workspace.ok ? [] : workspace.problems), ...(catalog.ok ? [] : catalog.problems)]);
}

/** What the parameters ask for and no system can have; what one of them cannot have is told when that one is planned. */
function impossible(items: readonly RoleItem[], systems: readonly OsModel[]): LyncimgError[] {
  return items.flatMap((item) => {
    const tried = systems.map((os) => resolveItem({ item, role: 'lyncimg.yaml', os }));
    const [first] = tried;
    return tried.every(({ ok: fits }) => !fits) && first?.ok === false ? first.problems : [];
  });
}
