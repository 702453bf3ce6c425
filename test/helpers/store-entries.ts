// Layers and images for the store, complete and harmless; a test changes what it is about.
import type { NewImage, NewLayer } from '../../src/images/index.js';
import { sha256 } from '../../src/util/index.js';

export const tools = { lyncimg: '0.1.0', packer: '1.6.6', ansible: '2.14.18' };

export function aLayer(changes: Partial<NewLayer> = {}): NewLayer {
  const name = changes.name ?? 'windows-base';
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'Layer',
    name,
    digest: sha256(name),
    parent: null,
    os: '2012r2',
    platform: 'twin',
    rehearsal: true,
    inputs: {
      format: '1',
      os: '2012r2',
      platform: 'twin',
      parent: '',
      requirements: 'r',
      media: 'm',
      packer: '1.6',
      ansible: '2.14',
      content: 'c',
      twinModel: 't',
      machine: 'none',
    },
    builtAt: '2026-11-23T14:00:00.000Z',
    durationMs: 1500,
    tools,
    placeholders: ['hotfixes/Windows8.1-KB2919355-x64.msu'],
    requirements: [{ id: 'hotfix/KB2919355', title: 'Hotfix KB2919355' }],
    verdicts: { pass: 3, warn: 1 },
    ...changes,
  };
}

export function anImage(changes: Partial<NewImage> = {}): NewImage {
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'Image',
    digest: sha256('image'),
    role: 'front-end',
    os: '2012r2',
    platform: 'twin',
    rehearsal: true,
    builtAt: '2026-11-23T14:05:00.000Z',
    layers: [
      { name: 'windows-base', digest: sha256('windows-base') },
      { name: 'front-end', digest: sha256('front-end') },
    ],
    tools,
    placeholders: ['hotfixes/Windows8.1-KB2919355-x64.msu'],
    verdicts: { pass: 41, warn: 2, fail: 0, unknown: 0, 'after-deployment': 3 },
    afterDeployment: [{ id: 'computer/domain', title: 'Domain membership' }],
    ...changes,
  };
}
