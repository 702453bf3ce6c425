// What the platform itself asks for: settings, secrets, a Packer that can express it, a machine that it can make.
import { fail } from '../errors/index.js';
import { compareVersions, type FoundTool } from '../tools/index.js';
import type { Finding } from './doctor-schema.js';
import { found, foundError } from './finding.js';
import type { BakePlace, Wanted } from './wanted.js';

/** As build takes it where lyncimg.yaml says `key: own`. */
const productKey = 'LYNCIMG_PRODUCT_KEY';

/** Starts nothing and reads nothing. */
export function checkPlatform(wanted: Wanted, packer: FoundTool | null): Finding[] {
  const { place, machine } = wanted;
  if (place === null) return [];
  const { platform } = place;
  return [
    platformFinding(place),
    ...packerFindings(wanted, place, packer),
    settingsFinding(place),
    ...secretFindings(wanted, place),
    ...(machine === null
      ? []
      : platform.limits(machine.spec, place.settings).map((limit) => foundError('platform-machine', limit))),
  ];
}

/** Where nothing is ever baked, nothing is amiss: the playbooks run there all the same. */
function platformFinding({
  platform: { name: platform, summary, proof, noBake, layering },
}: BakePlace): Finding {
  if (noBake === undefined || layering === 'none')
    return found('platform', 'ok', `${platform}: ${summary}`, { detail: proof });
  return foundError('platform', fail('E_PLATFORM_NO_BAKE', { platform, ...noBake }));
}

function packerFindings({ size }: Wanted, { platform }: BakePlace, packer: FoundTool | null): Finding[] {
  if (packer === null) return [];
  // Of a chain of one link there is no next layer.
  const layers =
    platform.layering === 'chain' && size?.layers !== 1 ? (['first', 'next'] as const) : (['first'] as const);
  return layers.flatMap((layer) => {
    const least = platform.packerAtLeast(layer);
    if (least === null || compareVersions(packer.version, least.version) >= 0) return [];
    const { version: needed, why } = least;
    const facts = { platform: platform.name, found: packer.version, needed, why };
    return [foundError('packer', fail('E_PLATFORM_PACKER', facts))];
  });
}

function settingsFinding({ platform, settings }: BakePlace): Finding {
  if (settings.missing.length === 0)
    return found('platform-settings', 'ok', `lyncimg.yaml says all that ${platform.name} needs to be told.`);
  const facts = { platform: platform.name, missing: [...settings.missing] };
  return foundError('platform-settings', fail('E_PLATFORM_SETTINGS', facts));
}

/** Whether they are set, and never to what. */
function secretFindings({ machine, env }: Wanted, { platform }: BakePlace): Finding[] {
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  const missing = platform.secrets
    .filter(({ env: name }) => !isSet(name))
    .map(({ env: name, what }) => ({ env: name, what }));
  const problems =
    missing.length > 0 ? [fail('E_PLATFORM_SECRET', { platform: platform.name, missing })] : [];
  const ownKey = machine?.choices.windows.key === 'own';
  if (ownKey && !isSet(productKey)) problems.push(fail('E_PRODUCT_KEY_MISSING', { variable: productKey }));
  if (problems.length > 0) return problems.map((problem) => foundError('platform-secrets', problem));
  const set = [...platform.secrets.map(({ env: name }) => name), ...(ownKey ? [productKey] : [])];
  return set.length === 0 ? [] : [found('platform-secrets', 'ok', `${set.join(', ')}: set.`)];
}
