// ansible.windows.setup 1.14.0 (setup.ps1, read): which subsets a task gathers. The facts themselves: setup-facts.ts.
import { BasicModule, type Option } from './basic.js';
import { dotNetText } from './basic-convert.js';
import type { ModuleCall } from './call.js';
import type { ModuleReply } from './reply.js';
import { factSubsets } from './setup-facts.js';

const min = ['date_time', 'distribution', 'dns', 'env', 'local', 'platform', 'powershell_version', 'user'];
const network = ['all_ipv4_addresses', 'all_ipv6_addresses', 'interfaces', 'windows_domain', 'winrm'];
const hardware = ['bios', 'memory', 'processor', 'uptime', 'virtual'];
const external = ['facter'];
const all = [...min, ...network, ...hardware, ...external];
const groups = new Map(Object.entries({ min, network, hardware, external, all }));

export function setup(call: ModuleCall): ModuleReply {
  const module = new BasicModule(call, { options: optionsOf(call), supportsCheckMode: true });
  const wanted = (module.list('gather_subset') ?? []).map(dotNetText);
  const chosen = chooseSubsets(wanted, (item) => {
    module.warn(`invalid value ${item} specified in gather_subset`);
  });
  const facts: Record<string, unknown> = { gather_subset: wanted, module_setup: true };
  for (const { subsets, read } of factSubsets) {
    if (subsets.some((subset) => chosen.has(subset))) Object.assign(facts, read(call));
  }
  module.result['ansible_facts'] = facts;
  return module.exit();
}

/** gather_facts may pass options that this version does not know: the module takes them all. */
function optionsOf(call: ModuleCall): Record<string, Option> {
  const options: Record<string, Option> = {
    _measure_subset: { type: 'bool', default: false },
    fact_path: { type: 'path' },
    gather_subset: { type: 'list', elements: 'str', default: 'all' },
    gather_timeout: { type: 'int', default: 10 },
  };
  for (const name of Object.keys(call.arguments)) options[name] ??= { type: 'raw' };
  return options;
}

/** Everything, without what is named with `!`, and with what is named. */
export function chooseSubsets(wanted: readonly string[], onUnknown: (item: string) => void): Set<string> {
  const named = new Set<string>();
  const excluded = new Set<string>();
  for (const item of wanted) {
    const name = item.replace(/^!/, '');
    const members = groups.get(name) ?? (all.includes(name) ? [name] : undefined);
    if (item.startsWith('!')) {
      const left = name === 'all' ? all.filter((subset) => !min.includes(subset)) : (members ?? []);
      for (const subset of left) excluded.add(subset);
    } else if (members === undefined) {
      onUnknown(item);
    } else {
      for (const subset of members) named.add(subset);
    }
  }
  return new Set([...all.filter((subset) => !excluded.has(subset)), ...named]);
}
