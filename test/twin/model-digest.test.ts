import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { digestOfFiles, twinModelDigest } from '../../src/twin/model-digest.js';
import { packageRoot } from './rig.js';

describe('digest of the twin’s model', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-digest-'));
    await fill(join(folder, 'a'));
    await fill(join(folder, 'b'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const fill = async (place: string): Promise<void> => {
    await mkdir(join(place, 'cim'), { recursive: true });
    await writeFile(join(place, 'features.js'), 'one');
    await writeFile(join(place, 'cim', 'wql.js'), 'two');
  };
  const digest = (place: string): Promise<string> => digestOfFiles(join(folder, place), []);

  it('is the same wherever the files lie', async () => {
    expect(await digest('a')).to.equal(await digest('b'));
    expect(await twinModelDigest(packageRoot)).to.match(/^[0-9a-f]{64}$/);
    expect(await twinModelDigest(packageRoot)).to.equal(await twinModelDigest(packageRoot));
  });

  it('changes with a file’s content or name, and with the catalogue', async () => {
    const before = await digest('b');
    await writeFile(join(folder, 'a', 'cim', 'wql.js'), 'three');
    expect(await digest('a')).to.not.equal(before);
    await writeFile(join(folder, 'b', 'new.js'), '');
    expect(await digest('b')).to.not.equal(before);
    const catalogue = join(folder, 'catalogue.json');
    await writeFile(catalogue, '[]');
    const one = await digestOfFiles(join(folder, 'a'), [catalogue]);
    await writeFile(catalogue, '[{}]');
    expect(await digestOfFiles(join(folder, 'a'), [catalogue])).to.not.equal(one);
  });

  it('does not see maps and declarations', async () => {
    const before = await digest('b');
    await writeFile(join(folder, 'b', 'features.d.ts'), 'x');
    await writeFile(join(folder, 'b', 'features.js.map'), 'x');
    expect(await digest('b')).to.equal(before);
  });
});
