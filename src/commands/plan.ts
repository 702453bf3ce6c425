import { Flags } from '@oclif/core';
import { BaseCommand, openState, planningFlags, planRoles } from '../cli/index.js';
import { fail } from '../errors/index.js';
import { planReport, type PlanReport } from '../plan/index.js';
import { planText } from '../report/index.js';
import { twinModelDigest } from '../twin/index.js';

export default class PlanCommand extends BaseCommand {
  static override summary = 'Show what a build would do: layers, requirements with their sources, and why.';
  static override description = [
    'Starts nothing and makes nothing. Each layer is shown with its digest, whether the store has it already, and if',
    'not, which of the things that it depends on changed since the nearest one was built.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --os 2012r2 --role front-end --platform twin',
    '<%= config.bin %> <%= command.id %> --os 2012r2 --role front-end --option conferencing=false --json',
  ];
  static override flags = {
    ...planningFlags,
    output: Flags.string({
      description: "Folder of layers and images; by default LYNCIMG_HOME, then lyncimg.yaml's.",
      helpValue: 'DIR',
    }),
  };

  async run(): Promise<PlanReport | undefined> {
    const { flags } = await this.parse(PlanCommand);
    const folder = process.cwd();
    const { os, role, platform: on, option } = flags;
    const { plans, platform, workspace } = await planRoles({
      flags: { os, role, platform: on, option },
      packageRoot: this.packageRoot,
      folder,
      env: process.env,
      twinModel: twinModelDigest,
      signal: this.interrupted.signal,
    });
    if (this.jsonEnabled() && plans.length > 1) {
      const roles = plans.map((plan) => `--role ${plan.role}`).join(' or ');
      throw fail('E_USAGE', { message: '--json prints one plan.', hint: `Ask for one of them: ${roles}.` });
    }
    const place = { flag: flags.output, env: process.env, workspace, folder };
    const store = await openState(place);
    const stored = await store.layers();
    const reports = plans.map((plan) => planReport(plan, stored));
    for (const report of reports) this.log(planText(report, platform));
    return reports[0];
  }
}
