import { expect } from 'chai';
import { describe, it } from 'mocha';
import { imageReference, type ImageManifest } from '../../src/images/index.js';
import { imageListText, imageText, layerListText } from '../../src/report/index.js';
import { sha256 } from '../../src/util/index.js';
import { expectGolden } from '../helpers/golden.js';
import { aLayer, anImage } from '../helpers/store-entries.js';

const image = (changes: Partial<ImageManifest> = {}): ImageManifest => {
  const manifest = { ...anImage(), files: { 'state.json': sha256('state') }, ...changes };
  return { ...manifest, reference: imageReference(manifest) };
};
const stored = (manifest: ImageManifest): Parameters<typeof imageText>[0] => ({
  manifest,
  folder: '/ws/.lyncimg/images/x',
  files: { 'state.json': '/ws/.lyncimg/images/x/state.json' },
});

describe('images as text', () => {
  it('list one line an image, and name each rehearsal as one', async () => {
    const real = image({ rehearsal: false, platform: 'qemu', placeholders: [], verdicts: { pass: 50 } });

    await expectGolden('images/list.txt', imageListText([image(), real]));
  });

  it('list one line a layer', async () => {
    const next = aLayer({ name: 'lync-common', parent: aLayer().digest, verdicts: {} });
    const layers = [next, aLayer()].map((layer) => ({ ...layer, files: {} }));

    await expectGolden('images/layers.txt', layerListText(layers));
  });

  it('show everything that the manifest tells', async () => {
    await expectGolden('images/show.txt', imageText(stored(image())));
  });

  it('show a real image without the word', () => {
    const text = imageText(stored(image({ rehearsal: false, placeholders: [] })));

    expect(text).not.to.contain('REHEARSAL');
    expect(text).to.match(/^placeholders +none$/m);
  });

  it('put what needs a person first, whatever the order in the manifest', () => {
    const text = imageListText([
      image({ verdicts: { pass: 1, 'after-deployment': 2, unknown: 3, warn: 4, fail: 5 } }),
    ]);

    expect(text).to.contain('5 fail, 3 unknown, 4 warn, 2 after deployment, 1 pass');
  });

  it('reorder nothing on the terminal, whatever a manifest holds', () => {
    expect(imageText(stored(image({ platform: 'twin\u202egnp' })))).not.to.contain('\u202e');
  });
});
