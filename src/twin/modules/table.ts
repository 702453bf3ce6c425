// Every modelled module by its own name. A play may write it short, with its collection, or (action plugins) as
// `ansible.legacy.…`: only the last part counts.
import type { TwinModule } from './call.js';
import { setup } from './setup.js';
import { winCertificateStore } from './win-certificate-store.js';
import { winCommand } from './win-command.js';
import { winCopy } from './win-copy.js';
import { winDnsClient } from './win-dns-client.js';
import { winFeature } from './win-feature.js';
import { winFile } from './win-file.js';
import { winFirewallRule } from './win-firewall-rule.js';
import { winGetUrl } from './win-get-url.js';
import { winHotfix } from './win-hotfix.js';
import { winHttpProxy } from './win-http-proxy.js';
import { winPackage } from './win-package.js';
import { winPing } from './win-ping.js';
import { winPowerPlan } from './win-power-plan.js';
import { winRegStat } from './win-reg-stat.js';
import { winRegedit } from './win-regedit.js';
import { winRegion } from './win-region.js';
import { winSecurityPolicy } from './win-security-policy.js';
import { winService } from './win-service.js';
import { winShell } from './win-shell.js';
import { winStat } from './win-stat.js';
import { winTimezone } from './win-timezone.js';
import { winUpdates } from './win-updates.js';
import { winUser } from './win-user.js';

const modules = new Map<string, TwinModule>([
  ['setup', setup],
  // What action plugins call `stat` is Windows' win_stat.
  ['stat', winStat],
  ['win_certificate_store', winCertificateStore],
  ['win_command', winCommand],
  ['win_copy', winCopy],
  ['win_dns_client', winDnsClient],
  ['win_feature', winFeature],
  ['win_file', winFile],
  ['win_firewall_rule', winFirewallRule],
  ['win_get_url', winGetUrl],
  ['win_hotfix', winHotfix],
  ['win_http_proxy', winHttpProxy],
  ['win_package', winPackage],
  ['win_ping', winPing],
  ['win_power_plan', winPowerPlan],
  ['win_reg_stat', winRegStat],
  ['win_regedit', winRegedit],
  ['win_region', winRegion],
  ['win_security_policy', winSecurityPolicy],
  ['win_service', winService],
  ['win_shell', winShell],
  ['win_stat', winStat],
  ['win_timezone', winTimezone],
  ['win_updates', winUpdates],
  ['win_user', winUser],
]);

export const moduleNames: readonly string[] = [...modules.keys()];

export function findModule(name: string): TwinModule | undefined {
  return modules.get(name.slice(name.lastIndexOf('.') + 1));
}
