// Which packages first boot installs: those of the plan without which Ansible cannot speak to the system.
import { fail } from '../../errors/index.js';
import type { Plan } from '../../plan/index.js';
import { bootPackageOf, type BootPackage, type OsId } from '../../requirements/index.js';

/**
 * In the order that they need: servicing stack and SHA-2 first, for what is signed today; then .NET before WMF (each
 * requires the one before it); then the correction of WMF's memory limit. `must`: without it nothing comes of the layer.
 */
const wanted: Readonly<Partial<Record<OsId, readonly { id: string; must: boolean }[]>>> = {
  '2008r2': [
    { id: 'hotfix/KB4490628', must: false },
    { id: 'hotfix/KB4474419', must: false },
    { id: 'package/dotnet45', must: true },
    { id: 'hotfix/KB2506143', must: true },
    { id: 'hotfix/KB2842230', must: false },
  ],
};

/** Of the plan's first layer, whose media disc has their files. Throws E_BUILD_FIRST_BOOT where one is missing. */
export function bootPackages({ os, role, layers }: Plan): BootPackage[] {
  const requirements = layers[0]?.requirements.filter(({ stage }) => stage === 'image') ?? [];
  const missing: string[] = [];
  const found = (wanted[os.id] ?? []).flatMap(({ id, must }) => {
    const requirement = requirements.find((one) => one.id === id);
    const one = requirement === undefined ? null : bootPackageOf(requirement);
    if (one === null && must) missing.push(id);
    return one ?? [];
  });
  if (missing.length > 0) throw fail('E_BUILD_FIRST_BOOT', { os: os.title, role, missing });
  return found;
}
