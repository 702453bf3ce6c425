import { Args } from '@oclif/core';
import {
  checkRoleFile,
  loadProject,
  loadWorkspace,
  type CatalogPlace,
  type RoleModel,
} from '../../catalog/index.js';
import { BaseCommand } from '../../cli/index.js';
import { orThrow } from '../../errors/index.js';
import { platformSchemas } from '../../platforms/index.js';
import type { OsId } from '../../requirements/index.js';

interface ValidatedRole {
  name: string;
  file: string;
  /** Its own, without those of the roles above it. */
  requirements: number;
}

export default class RolesValidate extends BaseCommand {
  static override summary = 'Check role definitions, and nothing else.';
  static override description =
    'With FILE, checks that role against the catalogue and the workspace of this folder; without it, the whole ' +
    'catalogue, the workspace and its roles. Every problem is printed with its line and column; the exit code is 2.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> roles/branch-office.yaml',
  ];
  static override args = {
    file: Args.string({ description: 'Role file (YAML).' }),
  };

  async run(): Promise<{ roles: ValidatedRole[] }> {
    const { args } = await this.parse(RolesValidate);
    const folder = process.cwd();
    // Roles lie beside a lyncimg.yaml, so the folder counts where there is one, right or wrong.
    const workspace = await loadWorkspace(folder);
    const inWorkspace = !workspace.ok || workspace.value !== null;
    const place = { packageRoot: this.packageRoot, ...(inWorkspace && { workspaceFolder: folder }) };

    const { roles, systems } =
      args.file === undefined ? await checkAll(place, folder) : await checkOne(place, args.file);
    for (const role of roles) this.log(lineOf(role, systems));
    return {
      roles: roles.map(({ name, where, items }) => ({
        name,
        file: where.source.file,
        requirements: items.length,
      })),
    };
  }
}

interface Outcome {
  roles: RoleModel[];
  /** On which the requirements were tried. */
  systems: OsId[];
}

async function checkAll(place: CatalogPlace, folder: string): Promise<Outcome> {
  const { packageRoot } = place;
  const { catalog } = orThrow(await loadProject({ packageRoot, folder, platforms: platformSchemas }));
  return { roles: catalog.roles(), systems: catalog.systems().map(({ id }) => id) };
}

async function checkOne(place: CatalogPlace, file: string): Promise<Outcome> {
  const { role, systems } = orThrow(await checkRoleFile({ ...place, file }));
  return { roles: [role], systems };
}

/** `roles/own.yaml: own, 3 requirements on 2012r2` */
function lineOf({ name, where, items, supports }: RoleModel, systems: OsId[]): string {
  const count = `${items.length} ${items.length === 1 ? 'requirement' : 'requirements'}`;
  const tried = supports.filter((os) => systems.includes(os));
  const on = tried.length === 0 ? '' : ` on ${tried.join(', ')}`;
  return `${where.source.file}: ${name}, ${count}${on}`;
}
