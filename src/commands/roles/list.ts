import { BaseCommand, loadCatalogue } from '../../cli/index.js';
import { listRoles, type RoleList } from '../../explain/index.js';
import { roleListText } from '../../report/index.js';

export default class RolesList extends BaseCommand {
  static override summary = 'List the roles that there are, and the systems that each is supported on.';
  static override description =
    'Roles of the workspace in this folder are among them. A role marked (ground) is no machine: other roles stand on it.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  async run(): Promise<RoleList> {
    await this.parse(RolesList);
    const list = listRoles(await loadCatalogue(this.config.root));
    this.log(roleListText(list).trimEnd());
    return list;
  }
}
