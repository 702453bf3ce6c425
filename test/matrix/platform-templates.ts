// Templates of every platform, system, role and layer, each distinct text once, with the machines that are asked for.
import { makePlan, mediaOf, selectRequirements, type Plan } from '../../src/plan/index.js';
import { loadCatalog, type CatalogOs, type RoleModel } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { placeholderItem } from '../../src/media/index.js';
import { settingsOf, type MachineSpec, type Platform } from '../../src/platforms/index.js';
import { contentDigest, readHandWritten, renderPlan } from '../../src/render/index.js';
import { packageRoot } from '../helpers/real-plan.js';
import { fixedAddress } from '../platforms/asked-of.js';

const catalog = orThrow(await loadCatalog({ packageRoot }));
const handWritten = await readHandWritten(packageRoot);

export interface Template {
  text: string;
  layer: 'first' | 'next';
  /** Which of them it stands for: they differ in comments alone. */
  of: string[];
}

/** Settings that a template can hold and that examples leave out. */
const fullSettings: Readonly<Record<string, Record<string, unknown>>> = {
  qemu: { accelerator: 'tcg', cpu: 'host' },
  hyperv: { vlan: 12, temporaryFolder: 'D:\\lyncimg' },
  virtualbox: { headless: false },
  vmware: { network: 'vmnet8', linkedClones: true },
  vsphere: {
    ...{ cluster: 'c', host: 'h', datacenter: 'dc', resourcePool: 'p', folder: 'images/lync' },
    ...{ networkCard: 'vmxnet3', hardwareVersion: 13, linkedClones: true, convertToTemplate: false },
  },
  proxmox: { virtioIso: 'local:iso/virtio-win.iso', vlan: 12, pool: 'images', diskFormat: 'qcow2' },
  azure: { gallery: 'g', galleryImage: 'i', galleryVersion: '1.0.0', imageVersion: '1.2.3' },
};

/** By what makes no difference to Packer: comments. */
export function templatesOf(platform: Platform): Template[] {
  const found = new Map<string, Template>();
  for (const os of catalog.systems())
    for (const role of catalog.roles())
      if (!role.abstract && role.supports.includes(os.id))
        for (const one of renderedOf(platform, os, role)) {
          const key = one.text.replaceAll(/^ *#.*\n/gm, '');
          const known = found.get(key);
          if (known === undefined) found.set(key, one);
          else known.of.push(...one.of);
        }
  return [...found.values()];
}

function renderedOf(platform: Platform, os: CatalogOs, role: RoleModel): Template[] {
  const plan = planOf(platform, os, role);
  return machines(platform, os).flatMap(({ name, machine, given }) => {
    const files = renderPlan({
      ...{ plan, catalogOs: os, platform, packerVersion: '1.6.6', handWritten },
      ...{ machine, settings: settingsOf(platform, given), answer: null },
    });
    return [...files]
      .filter(([path]) => path.endsWith('lyncimg.pkr.hcl'))
      .map(([path, text]): Template => ({
        text,
        layer: platform.layering === 'one-run' || path.startsWith('01-') ? 'first' : 'next',
        of: [`${platform.name} ${os.id} ${role.name} ${path} (${name})`],
      }));
  });
}

/** Each firmware with the plain devices and settings, then one with all that can be asked for. */
function machines(platform: Platform, os: CatalogOs) {
  const { guestIds, virtioFolder, generation2 } = os.description;
  const guest = { id: os.id, title: os.title, guestIds, virtioFolder, generation2 };
  const plain: MachineSpec = {
    ...{ os: guest, firmware: 'bios', cpus: 2, memoryMb: 4096, diskGb: 80 },
    ...{ drivers: false, guestTools: false, network: { range: '10.1.2.0/24', static: null } },
  };
  const rich: MachineSpec = {
    ...plain,
    ...{ cpus: 8, diskGb: 200, drivers: true, guestTools: true },
    network: { range: null, static: fixedAddress },
  };
  const of = (name: string, machine: MachineSpec, given: Record<string, unknown>) =>
    platform.firmwares(guest).map((firmware) => ({
      name: `${name}, ${firmware}`,
      machine: { ...machine, firmware },
      given,
    }));
  return [...of('plain', plain, {}), ...of('all that there is', rich, fullSettings[platform.name] ?? {})];
}

function planOf(platform: Platform, os: CatalogOs, role: RoleModel): Plan {
  const { chain, options } = orThrow(selectRequirements({ role, os, options: {} }));
  return makePlan({
    ...{ chain, os, role: role.name, options },
    environment: {
      platform: platform.name,
      tools: { packer: '1.6', ansible: '2.14' },
      content: contentDigest(handWritten),
      twinModel: platform.rehearsal ? '0'.repeat(64) : null,
      machine: null,
      media: chain.flatMap(({ requirements }) => mediaOf(requirements, null)).map(placeholderItem),
    },
  });
}
