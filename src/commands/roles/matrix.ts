import { BaseCommand, loadCatalogue } from '../../cli/index.js';
import { roleMatrix, type RoleMatrix } from '../../explain/index.js';
import { roleMatrixText } from '../../report/index.js';

export default class RolesMatrix extends BaseCommand {
  static override summary =
    'Show which role is supported on which Windows, and how many requirements it has there.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  async run(): Promise<RoleMatrix> {
    await this.parse(RolesMatrix);
    const matrix = roleMatrix(await loadCatalogue(this.config.root));
    this.log(roleMatrixText(matrix).trimEnd());
    return matrix;
  }
}
