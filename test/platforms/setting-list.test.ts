import { expect } from 'chai';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { platformNames, platformOf } from '../../src/platforms/index.js';
import { settingList } from '../../src/platforms/setting-list.js';

const settings = z.strictObject({
  accelerator: z.enum(['kvm', 'tcg']).default('kvm').meta({ description: 'What runs it.' }),
  folder: z
    .string()
    .optional()
    .meta({ description: 'Where it lies.', examples: ['images'] }),
  server: z.string().optional().meta({ description: 'Who makes it.' }),
  vlan: z.int().optional().meta({ description: 'Its VLAN.' }),
});

describe('settingList', () => {
  const list = settingList({ settings, examples: { server: 'vc.example.com' } }, { vlan: 12 });

  it('puts what a build needs first, with the example that stands in', () => {
    expect(list[0]).to.deep.equal({
      ...{ key: 'server', description: 'Who makes it.', type: 'string', values: null },
      ...{ default: null, example: 'vc.example.com', required: true, set: null },
    });
  });

  it('says what a setting can be, its default, and what lyncimg.yaml says', () => {
    const of = (key: string) => list.find((one) => one.key === key);
    expect(of('accelerator')).to.include({ default: 'kvm', required: false });
    expect(of('accelerator')?.values).to.deep.equal(['kvm', 'tcg']);
    expect(of('folder')).to.include({ example: 'images', default: null, set: null });
    expect(of('vlan')).to.include({ set: 12, type: 'integer' });
  });

  it('finds a description for every setting of every platform', () => {
    for (const name of platformNames)
      for (const { key, description, required, default: own, example } of settingList(platformOf(name), {})) {
        expect(description, `${name}.${key}`).to.match(/\.$/);
        if (required) {
          expect(own, `${name}.${key}`).to.equal(null);
          expect(example, `${name}.${key}`).not.to.equal(null);
        }
      }
  });
});
