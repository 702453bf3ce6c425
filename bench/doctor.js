// What a build asks of this machine before it starts (doctor's quick part), beside what planning asks already: the
// versions of Packer and Ansible. In turn, in one process. `npm run build` first.
// `node bench/doctor.js [--runs N]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalog } from '../dist/catalog/index.js';
import { inspectTools, preflight } from '../dist/doctor/index.js';
import { platformOf, settingsOf } from '../dist/platforms/index.js';
import { median, timed } from './kit.js';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
const runs = Number(values.runs);
const { signal } = new globalThis.AbortController();
const catalog = (await loadCatalog({ packageRoot: join(import.meta.dirname, '..') })).value;
const stateFolder = mkdtempSync(join(tmpdir(), 'lyncimg-bench-'));

const places = {
  twin: placeOf('twin'),
  'qemu, accelerator kvm': placeOf('qemu', { accelerator: 'kvm' }),
  'qemu, accelerator tcg': placeOf('qemu', { accelerator: 'tcg' }),
};
const asked = [];
const looked = Object.fromEntries(Object.keys(places).map((name) => [name, []]));
let findings = [];
try {
  for (let index = 0; index < runs; index++) {
    let tools;
    asked.push(await timed(async () => (tools = await inspectTools(process.env))));
    for (const [name, place] of Object.entries(places)) {
      looked[name].push(await timed(async () => (findings = await preflight(wantedOf(place, tools)))));
      if (index === 0)
        console.log(`${name}: ${findings.map(({ check, level }) => `${check} ${level}`).join(', ')}`);
    }
  }
} finally {
  rmSync(stateFolder, { recursive: true });
}
console.log(`versions of Packer and Ansible, asked by planning: ${inWords(asked)}`);
for (const [name, list] of Object.entries(looked)) console.log(`quick part on ${name}: ${inWords(list)}`);

function placeOf(name, settings = {}) {
  const platform = platformOf(name);
  return { platform, settings: settingsOf(platform, settings) };
}

function wantedOf(place, tools) {
  return {
    place,
    systems: [catalog.os('2012r2')],
    machine: null,
    size: null,
    netfx3Elsewhere: false,
    stateFolder,
    env: process.env,
    signal,
    tools,
  };
}

function inWords(list) {
  return `${median(list).toFixed(2)} s (${Math.min(...list).toFixed(2)} to ${Math.max(...list).toFixed(2)}, ${list.length} runs)`;
}
