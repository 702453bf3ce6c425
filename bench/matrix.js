// How long it takes to plan and render every supported role on every Windows for every platform, in one process, against the
// time that a bare Node needs to start. `npm run build` first. `node bench/matrix.js [--runs N] [--platform NAME]`.
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { loadCatalog } from '../dist/catalog/index.js';
import { planMachine } from '../dist/cli/plan-machine.js';
import { placeholderItem } from '../dist/media/index.js';
import { makePlan, mediaOf, selectRequirements } from '../dist/plan/index.js';
import { platformNames, platformOf } from '../dist/platforms/index.js';
import { contentDigest, readHandWritten, renderPlan } from '../dist/render/index.js';
import { median, run, timed } from './kit.js';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, platform: { type: 'string' } },
});
const runs = Number(values.runs);
const packageRoot = join(import.meta.dirname, '..');
const handWritten = await readHandWritten(packageRoot);
const content = contentDigest(handWritten);
const platforms = (values.platform === undefined ? platformNames : [values.platform]).map(platformOf);

let triples = 0;
let files = 0;
const loads = [];
const renders = [];
const nodes = [];
for (let index = 0; index < runs; index++) {
  let catalog;
  loads.push(
    await timed(async () => {
      const loaded = await loadCatalog({ packageRoot });
      if (!loaded.ok) throw new Error('the catalogue has problems: lyncimg roles validate');
      catalog = loaded.value;
    }),
  );
  renders.push(await timed(() => Promise.resolve(renderAll(catalog))));
  nodes.push(await timed(() => run([process.execPath, '-e', '0'], {})));
}
const seconds = (list) =>
  `${median(list).toFixed(2)} s (${Math.min(...list).toFixed(2)} to ${Math.max(...list).toFixed(2)})`;
console.log(
  `${triples} triples of platform, system and role, ${files} files, ${runs} runs, the first one cold`,
);
console.log(`catalogue loaded: ${seconds(loads)}`);
console.log(`all planned and rendered: ${seconds(renders)}`);
console.log(
  `bare node: ${seconds(nodes)}; rendered / bare node ${(median(renders) / median(nodes)).toFixed(1)}`,
);

function renderAll(catalog) {
  triples = 0;
  files = 0;
  for (const os of catalog.systems()) {
    for (const role of catalog.roles()) {
      if (role.abstract || !role.supports.includes(os.id)) continue;
      const selected = selectRequirements({ role, os, options: {} });
      if (!selected.ok) throw new Error(`${role.name} on ${os.id}: ${selected.problems[0].message}`);
      const { chain, options } = selected.value;
      const media = chain.flatMap(({ requirements }) => mediaOf(requirements, null)).map(placeholderItem);
      for (const platform of platforms) {
        const environment = {
          platform: platform.name,
          tools: { packer: '1.6', ansible: '2.14' },
          content,
          twinModel: null,
          machine: null,
          media,
        };
        const plan = makePlan({ chain, os, role: role.name, options, environment });
        const { spec: machine, settings } = planMachine(platform, os, null);
        files += renderPlan({
          ...{ plan, catalogOs: os, platform, machine, settings, packerVersion: '1.6.6', handWritten },
        }).size;
        triples += 1;
      }
    }
  }
}
