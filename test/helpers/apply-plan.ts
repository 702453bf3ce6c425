// The plan of a role for a machine that runs already, and everything that `apply` would make of it.
import { loadCatalog, type CatalogOs, type OptionValues } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { placeholderItem } from '../../src/media/index.js';
import { makePlan, mediaOf, selectRequirements, type Plan } from '../../src/plan/index.js';
import { platformOf } from '../../src/platforms/index.js';
import { readHandWritten, type ApplyRequest } from '../../src/render/index.js';
import { kindOf, type OsId, type Requirement } from '../../src/requirements/index.js';
import { source } from '../requirements/kit.js';
import { packageRoot } from './real-plan.js';

export interface AppliedPlan {
  plan: Plan;
  os: CatalogOs;
  requirements: Requirement[];
  /** Of these requirements (all of them unless said), for NTLM over TLS, without leave to restart. */
  request(change?: Partial<ApplyRequest>, wanted?: (requirement: Requirement) => boolean): ApplyRequest;
}

/** Real roles in the real catalogue; `more` are added to the last layer. */
export async function planToApply(
  name: string,
  options: OptionValues,
  { on = '2012r2', more = [] }: { on?: OsId; more?: Requirement[] } = {},
): Promise<AppliedPlan> {
  const catalog = orThrow(await loadCatalog({ packageRoot }));
  const os = catalog.os(on)!;
  const selected = orThrow(selectRequirements({ role: catalog.role(name)!, os, options }));
  const chain = selected.chain.map((link, index) => ({
    ...link,
    requirements: index === selected.chain.length - 1 ? [...link.requirements, ...more] : link.requirements,
  }));
  const media = chain.flatMap((link) => mediaOf(link.requirements, null)).map(placeholderItem);
  const environment = {
    ...{ platform: 'existing', tools: { packer: '1.6', ansible: '2.14' }, content: '0'.repeat(64) },
    ...{ twinModel: null, machine: null, media },
  };
  const plan = makePlan({ chain, os, role: name, options: selected.options, environment });
  const handWritten = await readHandWritten(packageRoot);
  const requirements = plan.layers.flatMap((layer) => layer.requirements);
  return {
    ...{ plan, os, requirements },
    request: (change = {}, wanted = () => true) => ({
      ...{ plan, os, kinds: kindOf, platform: platformOf('existing'), handWritten },
      layers: plan.layers.map((layer) => ({
        name: layer.name,
        requirements: layer.requirements.filter(wanted),
      })),
      media: mediaOf(requirements.filter(wanted), null).map(placeholderItem),
      transport: { scheme: 'https', method: 'ntlm' },
      ...{ reboot: false, restartFirst: false },
      ...change,
    }),
  };
}

/** As a role or lyncimg.yaml would ask for it. */
export function needOf(
  kind: string,
  input: unknown,
  os: CatalogOs,
  stage?: Requirement['stage'],
): Requirement {
  const found = kindOf(kind)!;
  const resolved = found.resolve(found.schema.parse(input), os);
  if (!resolved.ok) throw new Error(resolved.problems.map(({ message }) => message).join('; '));
  const { spec } = resolved;
  return {
    ...{ id: found.id(spec), kind, spec, title: found.title(spec), stage: stage ?? found.stage, source },
    ...{ role: 'windows-base', where: 'roles/own.yaml:1:1' },
  };
}
