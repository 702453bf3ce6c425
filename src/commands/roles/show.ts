import { Args, Flags } from '@oclif/core';
import { BaseCommand, loadCatalogue, requireOs, requireRole } from '../../cli/index.js';
import { fail } from '../../errors/index.js';
import { roleSheet, type RoleSheet } from '../../explain/index.js';
import { roleSheetText } from '../../report/index.js';
import { osIds } from '../../requirements/index.js';

export default class RolesShow extends BaseCommand {
  static override summary = 'Show what a role needs on one Windows, and on whose word.';
  static override description =
    'Every requirement is listed with its source; those that depend on an option with their condition.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> front-end --os 2012r2',
    '<%= config.bin %> <%= command.id %> edge --os 2008r2 --json',
  ];
  static override args = {
    role: Args.string({ required: true, description: 'Name of the role.' }),
  };
  static override flags = {
    os: Flags.string({
      required: true,
      description: 'The Windows that it is to run on.',
      helpValue: osIds.join('|'),
    }),
  };

  async run(): Promise<RoleSheet> {
    const { args, flags } = await this.parse(RolesShow);
    const catalog = await loadCatalogue(this.config.root);
    const role = requireRole(catalog, args.role);
    const os = requireOs(catalog, flags.os);
    if (!role.supports.includes(os.id))
      throw fail('E_ROLE_OS', { role: role.name, os: os.id, supports: role.supports }, { where: role.where });
    const sheet = roleSheet(role, os);
    this.log(roleSheetText(sheet).trimEnd());
    return sheet;
  }
}
