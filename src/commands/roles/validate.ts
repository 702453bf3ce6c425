import { Args } from '@oclif/core';
import { checkRoleFile, loadCatalog, loadWorkspace, type RoleModel } from '../../catalog/index.js';
import { BaseCommand } from '../../cli/index.js';
import { orThrow } from '../../errors/index.js';

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

    const roles =
      args.file === undefined
        ? await this.#checkAll(place, folder)
        : [orThrow(await checkRoleFile({ ...place, file: args.file }))];
    const validated = roles.map(({ name, where, items }) => ({
      name,
      file: where.source.file,
      requirements: items.length,
    }));
    for (const { name, file, requirements } of validated)
      this.log(`${file}: ${name}, ${requirements} ${requirements === 1 ? 'requirement' : 'requirements'}`);
    return { roles: validated };
  }

  async #checkAll(
    place: { packageRoot: string; workspaceFolder?: string },
    folder: string,
  ): Promise<RoleModel[]> {
    const catalog = orThrow(await loadCatalog(place));
    orThrow(await loadWorkspace(folder, catalog));
    return catalog.roles();
  }
}
