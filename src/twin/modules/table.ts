// Every modelled module by its own name. A play may write it short, with its collection, or (action plugins) as
// `ansible.legacy.…`: only the last part counts.
import type { TwinModule } from './call.js';
import { setup } from './setup.js';
import { winCommand } from './win-command.js';
import { winCopy } from './win-copy.js';
import { winFeature } from './win-feature.js';
import { winFile } from './win-file.js';
import { winGetUrl } from './win-get-url.js';
import { winHotfix } from './win-hotfix.js';
import { winPing } from './win-ping.js';
import { winPowerPlan } from './win-power-plan.js';
import { winRegedit } from './win-regedit.js';
import { winService } from './win-service.js';
import { winShell } from './win-shell.js';
import { winStat } from './win-stat.js';
import { winTimezone } from './win-timezone.js';

const modules = new Map<string, TwinModule>([
  ['setup', setup],
  // What action plugins call `stat` is Windows' win_stat.
  ['stat', winStat],
  ['win_command', winCommand],
  ['win_copy', winCopy],
  ['win_feature', winFeature],
  ['win_file', winFile],
  ['win_get_url', winGetUrl],
  ['win_hotfix', winHotfix],
  ['win_ping', winPing],
  ['win_power_plan', winPowerPlan],
  ['win_regedit', winRegedit],
  ['win_service', winService],
  ['win_shell', winShell],
  ['win_stat', winStat],
  ['win_timezone', winTimezone],
]);

export const moduleNames: readonly string[] = [...modules.keys()];

export function findModule(name: string): TwinModule | undefined {
  return modules.get(name.slice(name.lastIndexOf('.') + 1));
}
