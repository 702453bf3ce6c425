import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { writeRendered } from '../../src/render/index.js';
import { packageRoot, renderRole } from '../helpers/real-plan.js';

const folder = join(packageRoot, 'packer/examples/2012r2-front-end-twin');

describe('the rendered example in packer/examples', () => {
  it('is what lyncimg renders today (UPDATE_GOLDEN=1 writes it anew)', async () => {
    const { files } = await renderRole('front-end');
    if (process.env['UPDATE_GOLDEN'] === '1') await writeRendered(files, folder);

    const found = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
    expect(found.sort()).to.deep.equal([...files.keys()].sort());
    for (const [path, text] of files) expect(await readFile(join(folder, path), 'utf8'), path).to.equal(text);
  });

  it('holds no path of a machine', async () => {
    const { files } = await renderRole('front-end');

    for (const [path, text] of files) {
      expect(text, path).not.to.contain(packageRoot);
      expect(text, path).not.to.match(/\/(home|root|tmp|work)\//);
    }
  });
});
