// What is rendered for every platform, read by Packer before anything is set: first and next layer, each system, firmware,
// with and without drivers and a fixed address. Debian's Packer on the PATH, and beside it the one that LYNCIMG_PACKER
// names (its plugins: PACKER_PLUGIN_PATH). Every role is read in templates.matrix.ts.
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadCatalog, type CatalogOs } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { placeholderItem } from '../../src/media/index.js';
import { makePlan, mediaOf, selectRequirements } from '../../src/plan/index.js';
import {
  platformNames,
  platformOf,
  settingsOf,
  type MachineSpec,
  type Platform,
} from '../../src/platforms/index.js';
import { contentDigest, readHandWritten, renderPlan } from '../../src/render/index.js';
import { canExpress, eachOfTwo, realPackers, runPacker, type RealPacker } from '../helpers/real-packer.js';
import { packageRoot } from '../helpers/real-plan.js';
import { fixedAddress } from '../platforms/asked-of.js';

const role = 'front-end';
const packers = await realPackers();
const catalog = orThrow(await loadCatalog({ packageRoot }));
const handWritten = await readHandWritten(packageRoot);

interface Case {
  name: string;
  layer: 'first' | 'next';
  /** Of the layer's folder. */
  files: Map<string, string>;
}

describe('what is rendered for each platform, before anything is set', () => {
  let folder = '';
  const told: string[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-test-'));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    process.stdout.write(told.map((line) => `    ${line}\n`).join(''));
  });

  for (const platform of platformNames.map(platformOf)) {
    if (platform.layering === 'none') continue;
    for (const packer of packers) {
      it(`is formatted and valid for ${platform.name} and Packer ${packer.version}`, async () => {
        const all = casesOf(platform, packer);
        const valid = all.filter(({ layer }) => canExpress(packer, platform, layer));
        const failed = await eachOfTwo(all, (one, index) =>
          read(packer, one, {
            at: join(folder, `${platform.name}-${packer.version}-${String(index)}`),
            formOnly: !valid.includes(one),
          }),
        );

        told.push(
          `${platform.name}: ${String(all.length)} templates formatted, ${String(valid.length)} valid, Packer ${packer.version}`,
        );
        for (const layer of ['first', 'next'] as const) {
          const skipped = all.filter((one) => one.layer === layer).length;
          const needed = platform.packerAtLeast(layer);
          if (needed === null || skipped === 0 || canExpress(packer, platform, layer)) continue;
          told.push(
            `  ${layer} layer not validated (${String(skipped)}): it needs Packer ${needed.version}, ${needed.why}`,
          );
        }
        expect(failed.join('\n')).to.equal('');
        expect(all).not.to.be.empty;
      });
    }
  }

  async function read(
    packer: RealPacker,
    { name, files }: Case,
    { at, formOnly }: { at: string; formOnly: boolean },
  ): Promise<string[]> {
    for (const [path, text] of files) {
      await mkdir(dirname(join(at, path)), { recursive: true });
      await writeFile(join(at, path), text);
    }
    const failed: string[] = [];
    for (const args of [['fmt', '-check', '-diff', '.'], ...(formOnly ? [] : [['validate', '.']])]) {
      const { exitCode, output } = await runPacker(packer, args, at);
      if (exitCode !== 0) failed.push(`${name}: packer ${args.join(' ')}\n${output}`);
    }
    return failed;
  }
});

/** Each distinct template once: most platforms show only some of what a machine is. */
function casesOf(platform: Platform, packer: RealPacker): Case[] {
  const found = new Map<string, Case>();
  for (const os of catalog.systems()) {
    const { guestIds, virtioFolder, generation2 } = os.description;
    const guest = { id: os.id, title: os.title, guestIds, virtioFolder, generation2 };
    for (const firmware of platform.firmwares(guest)) {
      for (const drivers of [false, true]) {
        for (const fixed of [null, fixedAddress]) {
          const machine: MachineSpec = {
            ...{ os: guest, firmware, cpus: 2, memoryMb: 4096, diskGb: 80, drivers, guestTools: drivers },
            network: { range: '10.1.2.0/24', static: fixed },
          };
          const name = `${os.id} ${firmware}${drivers ? ' with drivers' : ''}${fixed === null ? '' : ' at a fixed address'}`;
          for (const one of layersOf(platform, os, machine, packer)) {
            const key = [...one.files].map(([, text]) => text.replaceAll(/^ *#.*\n/gm, '')).join();
            if (!found.has(key)) found.set(key, { ...one, name: `${name}, ${one.layer} layer` });
          }
        }
      }
    }
  }
  return [...found.values()];
}

function layersOf(
  platform: Platform,
  os: CatalogOs,
  machine: MachineSpec,
  packer: RealPacker,
): Omit<Case, 'name'>[] {
  const model = catalog.role(role);
  if (model === undefined) throw new Error(`the catalogue has no ${role}`);
  const { chain, options } = orThrow(selectRequirements({ role: model, os, options: {} }));
  const plan = makePlan({
    ...{ chain, os, role, options },
    environment: {
      platform: platform.name,
      tools: { packer: '1.6', ansible: '2.14' },
      content: contentDigest(handWritten),
      twinModel: platform.rehearsal ? '0'.repeat(64) : null,
      machine: null,
      media: chain.flatMap(({ requirements }) => mediaOf(requirements, null)).map(placeholderItem),
    },
  });
  const rendered = renderPlan({
    ...{ plan, catalogOs: os, platform, machine, handWritten },
    ...{ settings: settingsOf(platform, {}), packerVersion: packer.version },
  });
  const below = (start: string): Map<string, string> =>
    new Map(
      [...rendered]
        .filter(([path]) => path.startsWith(start) && path.endsWith('.hcl'))
        .map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text]),
    );
  if (platform.layering === 'one-run') return [{ layer: 'first', files: below('') }];
  return [
    { layer: 'first', files: below('01-') },
    { layer: 'next', files: below('02-') },
  ];
}
