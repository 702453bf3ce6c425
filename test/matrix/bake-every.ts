// Every role that one operating system supports: baked on the twin by real Packer and Ansible, each distinct layer
// once, then deployed as a copy and verified in both stages.
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalog } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import type { OsId } from '../../src/requirements/index.js';
import { startBuild } from '../helpers/lyncimg-process.js';
import { packageRoot } from '../helpers/real-plan.js';
import { machines } from './machines.js';
import { verifyDeployed } from './verify-deployed.js';

const catalog = orThrow(await loadCatalog({ packageRoot }));

export function bakeEvery(os: OsId, only?: readonly string[]): void {
  const roles = catalog
    .roles()
    .filter(
      ({ abstract, supports, name }) => !abstract && supports.includes(os) && (only?.includes(name) ?? true),
    );

  describe(`every role on ${os}`, () => {
    let folder = '';
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), `lyncimg-matrix-${os}-`));
    });
    after(() => rm(folder, { recursive: true, force: true }));

    const built = new Set<string>();
    for (const { name: role } of roles) {
      it(`bakes ${role}, and its deployed copy has every requirement`, async () => {
        const home = join(folder, '.lyncimg');
        const build = startBuild(['--os', os, '--role', role, '--platform', 'twin'], { cwd: folder, home });
        const end = await build.ended;
        expect(end.code, end.stderr).to.equal(0);
        const layers = build.events.flatMap((event) => (event.type === 'layer-built' ? [event.layer] : []));
        for (const layer of layers)
          expect(built.has(layer), `${layer} was baked a second time`).to.equal(false);
        for (const layer of layers) built.add(layer);

        const machine = machines[role];
        if (machine === undefined) throw new Error(`test/matrix/machines.ts has no machine for ${role}`);
        const report = await verifyDeployed({ folder, home, role, os, image: `${role}-${os}`, machine });
        const [host] = report.hosts;
        const others = (host?.reports ?? []).flatMap(({ verdicts }) =>
          verdicts.filter(({ verdict }) => verdict !== 'pass'),
        );
        expect(
          others.map(({ id, verdict, actual, cause }) => `${verdict} ${id}: ${actual ?? cause ?? ''}`),
        ).to.deep.equal([]);
        expect(report.counts.pass).to.be.above(0);
        expect(report.exit).to.equal(0);
      });
    }
  });
}
