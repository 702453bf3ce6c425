import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProblemsError } from '../../src/errors/index.js';
import type { Plan } from '../../src/plan/index.js';
import { sha256 } from '../../src/util/index.js';
import { buildRig, flag, passed } from './rig.js';

describe('a build with a file of Microsoft', () => {
  const rig = buildRig();

  /** The rig's plan, with a file in the place of its first placeholder. */
  const planWith = (text: string): { plan: Plan; path: string; others: string[] } => {
    const [layer, ...layers] = rig.plan.layers;
    const [item, ...media] = layer!.media;
    const file = { ...item!, origin: 'file' as const, sha256: sha256(text), sizeBytes: text.length };
    const plan = { ...rig.plan, layers: [{ ...layer!, media: [file, ...media] }, ...layers] };
    return { plan, path: file.path, others: media.map(({ path }) => path) };
  };

  it('gives it to the guest, and names the other ones alone as placeholders', async () => {
    const { plan, path, others } = planWith('the real one');
    const source = join(rig.folder, 'downloaded.msu');
    await writeFile(source, 'the real one');
    const building = rig.build({ plan, mediaFiles: new Map([[path, source]]) });
    const guest = await rig.guest();
    expect(await readFile(join(flag(guest.run, '--media'), path), 'utf8')).to.equal('the real one');

    const packer = await rig.bakes();
    await packer.judge(passed);
    await guest.end();
    packer.run.exit(0);
    await rig.seals();
    expect((await building).outcome).to.equal('built');
    expect((await rig.store.layer(plan.layers[0]!.digest))?.manifest.placeholders).to.deep.equal(others);
  });

  it('starts no guest where it changed since it was planned', async () => {
    const { plan, path } = planWith('the real one');
    const source = join(rig.folder, 'downloaded.msu');
    await writeFile(source, 'another one!');

    const outcome = await rig.build({ plan, mediaFiles: new Map([[path, source]]) });

    if (!('error' in outcome)) throw new Error('it was built');
    expect((outcome.error as ProblemsError).problems.map(({ code }) => code)).to.deep.equal([
      'E_MEDIA_CHECKSUM',
    ]);
    expect(rig.lyncimg.runs).to.equal(0);
  });
});
