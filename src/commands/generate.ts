import { Flags } from '@oclif/core';
import { resolve } from 'node:path';
import { answerChoices, BaseCommand, planningFlags, planRoles } from '../cli/index.js';
import { fail } from '../errors/index.js';
import { placeholderText } from '../media/index.js';
import { renderPlan, writeRendered } from '../render/index.js';
import { twinModelDigest } from '../twin/index.js';

interface Generated {
  folder: string;
  role: string;
  os: string;
  platform: string;
  rehearsal: boolean;
  /** Settings of the platform that lyncimg.yaml does not have: examples stand in for them. */
  examples: string[];
  /** Paths below the folder. */
  files: string[];
}

export default class Generate extends BaseCommand {
  static override summary =
    'Write the Packer templates and playbooks of a role, to read, fork or run by hand.';
  static override description = [
    'One folder for each layer, with an inventory and a README that says how to run them. Nothing secret is in it:',
    'address and password come by the environment. A folder that holds anything of yours is left alone.',
    'What lyncimg.yaml does not say of a platform is an example value, marked so: enough to read and to validate.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --os 2012r2 --role front-end --platform twin --output rendered',
  ];
  static override flags = {
    ...planningFlags,
    output: Flags.string({ required: true, description: 'Folder to write.', helpValue: 'DIR' }),
  };

  async run(): Promise<Generated> {
    const { flags } = await this.parse(Generate);
    const { os: id, role, platform: on, option } = flags;
    const planned = await planRoles({
      flags: { os: id, role, platform: on, option },
      packageRoot: this.packageRoot,
      folder: process.cwd(),
      env: process.env,
      twinModel: twinModelDigest,
      signal: this.interrupted.signal,
      absentMedia: 'listed',
    });
    const { plans, os, platform, machine, handWritten, tools } = planned;
    const [plan] = plans;
    if (plan === undefined || plans.length > 1) {
      const roles = plans.map(({ role: name }) => `--role ${name}`).join(' or ');
      throw fail('E_USAGE', { message: 'One folder holds one role.', hint: `Name one of them: ${roles}.` });
    }
    const packerVersion = tools.packer?.version ?? null;
    const { spec, settings } = machine;
    const files = renderPlan({
      ...{ plan, catalogOs: os, platform, machine: spec, settings, packerVersion, handWritten },
      answer: await answerChoices(planned),
    });
    for (const item of plan.layers.flatMap(({ media }) => media)) {
      if (item.origin === 'placeholder') files.set(`media/${item.path}`, placeholderText(item));
    }
    await writeRendered(files, flags.output);

    const folder = resolve(flags.output);
    this.log(folder);
    if (platform.rehearsal)
      process.stderr.write(`REHEARSAL: the platform ${platform.name} is a model, not Windows.\n`);
    for (const key of settings.missing)
      process.stderr.write(`example value: platforms.${platform.name}.${key} is not set in lyncimg.yaml\n`);
    return {
      folder,
      role: plan.role,
      os: plan.os.id,
      platform: platform.name,
      rehearsal: platform.rehearsal,
      examples: [...settings.missing],
      files: [...files.keys()].sort(),
    };
  }
}
