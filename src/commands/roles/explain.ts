import { Args } from '@oclif/core';
import { BaseCommand, loadCatalogue } from '../../cli/index.js';
import { findRequirement, type RequirementSheet } from '../../explain/index.js';
import { requirementText } from '../../report/index.js';

export default class RolesExplain extends BaseCommand {
  static override summary =
    'Explain one requirement: who needs it, on whose word, and what breaks without it.';
  static override description =
    'REQUIREMENT is an id as roles show and verify print it, or its last part where no other has the same.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> feature/Windows-Identity-Foundation',
    '<%= config.bin %> <%= command.id %> KB2919355 --json',
  ];
  static override args = {
    requirement: Args.string({ required: true, description: 'Which requirement.' }),
  };

  async run(): Promise<RequirementSheet> {
    const { args } = await this.parse(RolesExplain);
    const sheet = findRequirement(await loadCatalogue(this.config.root), args.requirement);
    this.log(requirementText(sheet).trimEnd());
    return sheet;
  }
}
