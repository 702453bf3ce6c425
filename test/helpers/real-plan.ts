// The plan of a real role, with surroundings that never change: what golden files and the tests of real tools render.
import { join } from 'node:path';
import { loadCatalog } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { placeholderItem } from '../../src/media/index.js';
import { makePlan, mediaOf, selectRequirements, type Plan } from '../../src/plan/index.js';
import { platformOf, settingsOf } from '../../src/platforms/index.js';
import type { OsId } from '../../src/requirements/index.js';
import { contentDigest, readHandWritten, renderPlan } from '../../src/render/index.js';
import { machineOf } from '../platforms/asked-of.js';

export const packageRoot = join(import.meta.dirname, '../..');

export interface Rendered {
  plan: Plan;
  files: Map<string, string>;
}

/** On the twin, as Debian's tools would build it. */
export async function renderRole(name: string, on: OsId = '2012r2'): Promise<Rendered> {
  const catalog = orThrow(await loadCatalog({ packageRoot }));
  const os = catalog.os(on);
  const role = catalog.role(name);
  if (os === undefined || role === undefined) throw new Error(`the catalogue has no ${name}`);
  const handWritten = await readHandWritten(packageRoot);
  const { chain, options } = orThrow(selectRequirements({ role, os, options: {} }));
  const plan = makePlan({
    chain,
    os,
    role: name,
    options,
    environment: {
      platform: 'twin',
      tools: { packer: '1.6', ansible: '2.14' },
      content: contentDigest(handWritten),
      twinModel: '0'.repeat(64),
      machine: null,
      media: chain.flatMap(({ requirements }) => mediaOf(requirements, null)).map(placeholderItem),
    },
  });
  const platform = platformOf('twin');
  const files = renderPlan({
    ...{ plan, catalogOs: os, platform, packerVersion: '1.6.6', handWritten },
    ...{ machine: machineOf(), settings: settingsOf(platform, {}), answer: null },
  });
  return { plan, files };
}
