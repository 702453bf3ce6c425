import { expect } from 'chai';
import { describe, it } from 'mocha';
import { join } from 'node:path';
import { contentDigest, readHandWritten } from '../../src/render/index.js';

const packageRoot = join(import.meta.dirname, '../..');

describe('readHandWritten', () => {
  it('reads what people wrote in playbooks/', async () => {
    const handWritten = await readHandWritten(packageRoot);

    expect(Object.keys(handWritten)).to.include.members(['prepare.yml', 'unkey.yml', 'files/boot.cmd']);
  });
});

describe('contentDigest', () => {
  it('changes with what goes into a guest', async () => {
    const handWritten = await readHandWritten(packageRoot);
    const changed = { ...handWritten, 'prepare.yml': `${handWritten['prepare.yml'] ?? ''}\n# more\n` };

    expect(contentDigest(changed)).not.to.equal(contentDigest(handWritten));
  });

  it('does not change with the plugin that only reports', async () => {
    const handWritten = await readHandWritten(packageRoot);
    const changed = { ...handWritten, 'callback_plugins/lyncimg_events.py': '# other' };

    expect(contentDigest(changed)).to.equal(contentDigest(handWritten));
  });
});
