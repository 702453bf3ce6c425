import { Args } from '@oclif/core';
import { loadProject, type CatalogOs, type Workspace } from '../../catalog/index.js';
import { BaseCommand, planMachine } from '../../cli/index.js';
import { LyncimgError, orThrow } from '../../errors/index.js';
import {
  platformNames,
  platformOf,
  platformSchemas,
  platformSheet,
  type Platform,
  type PlatformSheet,
  type SystemCase,
} from '../../platforms/index.js';
import { platformSheetText } from '../../report/index.js';

export default class PlatformsShow extends BaseCommand {
  static override summary = 'Show what a platform needs, what of it is here, and what it cannot do.';
  static override description =
    'Settings are shown as lyncimg.yaml in this folder has them. Of a secret only whether it is set.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> qemu',
    '<%= config.bin %> <%= command.id %> vsphere --json',
  ];
  static override args = {
    platform: Args.string({ required: true, description: `One of ${platformNames.join(', ')}.` }),
  };

  async run(): Promise<PlatformSheet> {
    const { args } = await this.parse(PlatformsShow);
    const platform = platformOf(args.platform);
    const { catalog, workspace } = orThrow(
      await loadProject({
        packageRoot: this.packageRoot,
        folder: process.cwd(),
        platforms: platformSchemas,
      }),
    );
    const [os] = catalog.systems();
    if (os === undefined) throw new Error('the catalogue has no operating system');
    // Loaded here: it is what starts programs.
    const { platformHere } = await import('../../doctor/index.js');
    const plain = planMachine(platform, os, null);
    const planned = attempt(() => planMachine(platform, os, workspace));
    const { spec: machine, settings } = planned instanceof LyncimgError ? plain : planned;
    const sheet = platformSheet({
      ...{ platform, machine, settings },
      given: workspace?.platformSettings[platform.name] ?? {},
      systems: catalog.systems().map((system) => caseOf(platform, system, workspace)),
      env: process.env,
      here: await platformHere(platform, process.env),
    });
    this.log(platformSheetText(sheet).trimEnd());
    return sheet;
  }
}

/** The machine that the workspace asks for on one system, as far as it can be had. */
function caseOf(platform: Platform, os: CatalogOs, workspace: Workspace | null): SystemCase {
  const plain = planMachine(platform, os, null).spec.os;
  const planned = attempt(() => planMachine(platform, os, workspace));
  return {
    os: plain,
    problems: planned instanceof LyncimgError ? [planned] : platform.limits(planned.spec, planned.settings),
  };
}

/** A problem of the input is told of, and does not stand in the way of the rest. */
function attempt<T>(make: () => T): T | LyncimgError {
  try {
    return make();
  } catch (error) {
    if (error instanceof LyncimgError) return error;
    throw error;
  }
}
