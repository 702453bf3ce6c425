import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { RoleItem, RoleModel } from '../../src/catalog/index.js';
import {
  makePlan,
  mediaOf,
  selectRequirements,
  type KindLookup,
  type Plan,
  type PlanEnvironment,
} from '../../src/plan/index.js';
import { environment, itemOf, lookup, os, positionOf, roleOf, source } from './fixtures.js';

function planOf(role: RoleModel, given: Partial<PlanEnvironment> = {}, kinds: KindLookup = lookup): Plan {
  const checked = selectRequirements({ role, os, options: {}, kinds });
  if (!checked.ok) throw new Error('fixture');
  const { chain, options } = checked.value;
  const all = { ...environment, ...given };
  return makePlan({ chain, os, role: role.name, options, environment: all, kinds });
}

function digestsOf(plan: Plan): string[] {
  return plan.layers.map(({ digest }) => digest);
}

const base = roleOf('base', [itemOf('early', { name: 'a', text: 'x' })]);
const twoLayers = roleOf('leaf', [itemOf('late', { name: 'b' })], { extends: base });

describe('makePlan', () => {
  it('makes a layer of each link of the chain, each standing on the one before', () => {
    const plan = planOf(twoLayers);

    expect(plan.layers.map(({ name }) => name)).to.deep.equal(['base', 'leaf']);
    expect(plan.layers.map(({ parent }) => parent)).to.deep.equal([null, plan.layers[0]?.digest]);
    expect(plan.role).to.equal('leaf');
    expect(plan.os).to.deep.equal({ id: '2012r2', title: 'Windows Server 2012 R2', version: '6.3.9600' });
  });

  it('changes the layer and those above it when a need changes, and none below', () => {
    const before = planOf(twoLayers);
    const after = planOf(roleOf('leaf', [itemOf('late', { name: 'b', text: 'new' })], { extends: base }));

    expect(after.layers[0]?.digest).to.equal(before.layers[0]?.digest);
    expect(after.layers[1]?.digest).not.to.equal(before.layers[1]?.digest);
    expect(after.layers[1]?.inputs.parent).to.equal(before.layers[1]?.inputs.parent);
  });

  for (const [what, given, input] of [
    ['the platform', { platform: 'qemu' }, 'platform'],
    ['the version of Packer', { tools: { packer: '1.16', ansible: '2.14' } }, 'packer'],
    ['the version of Ansible', { tools: { packer: '1.6', ansible: '2.15' } }, 'ansible'],
    ["lyncimg's own content", { content: 'e'.repeat(64) }, 'content'],
    ["the twin's model", { twinModel: 'f'.repeat(64) }, 'twinModel'],
    ['what the machine is made as', { machine: 'f'.repeat(64) }, 'machine'],
  ] as const) {
    it(`changes every layer with ${what}, and names that input alone`, () => {
      const before = planOf(twoLayers);
      const after = planOf(twoLayers, given);

      for (const [index, layer] of after.layers.entries()) {
        const old = before.layers[index]!;
        const changed = Object.entries(layer.inputs).filter(
          ([name, value]) => value !== old.inputs[name as keyof typeof old.inputs],
        );
        expect(changed.map(([name]) => name)).to.have.members(index === 0 ? [input] : [input, 'parent']);
        expect(layer.digest).not.to.equal(old.digest);
      }
      expect(after.seal.digest).not.to.equal(before.seal.digest);
    });
  }

  it('changes a layer with its source, because the source stands beside the task', () => {
    const moved = roleOf('base', [
      itemOf('early', { name: 'a', text: 'x' }, { source: { ...source, title: 'Another document' } }),
    ]);

    expect(digestsOf(planOf(moved))).not.to.deep.equal(digestsOf(planOf(base)));
  });

  it('does not change a layer with the place of a line or the wording of a title', () => {
    const moved = roleOf('base', [
      itemOf('early', { name: 'a', text: 'x' }, { where: positionOf('\n\n  - a') }),
    ]);
    const retitled: KindLookup = (name) => {
      const kind = lookup(name);
      return kind && { ...kind, title: () => 'Other words' };
    };

    expect(digestsOf(planOf(moved))).to.deep.equal(digestsOf(planOf(base)));
    expect(digestsOf(planOf(base, {}, retitled))).to.deep.equal(digestsOf(planOf(base)));
  });

  it('changes a layer when its kind installs otherwise than before', () => {
    const other: KindLookup = (name) => {
      const kind = lookup(name);
      return (
        kind && {
          ...kind,
          tasks: () => [{ name: 'N', comments: [], module: 'ansible.windows.win_ping', args: {} }],
        }
      );
    };

    expect(digestsOf(planOf(base, {}, other))).not.to.deep.equal(digestsOf(planOf(base)));
  });

  it('changes the seal but no layer with what only a machine can have', () => {
    const more = roleOf('base', [...base.items, itemOf('early', { name: 'm' }, { stage: 'machine' })]);

    expect(digestsOf(planOf(more))).to.deep.equal(digestsOf(planOf(base)));
    expect(planOf(more).seal.digest).not.to.equal(planOf(base).seal.digest);
  });

  it('holds the media of each layer by content, and misses when the content changes', () => {
    const role = roleOf('role', [itemOf('early', { name: 'a', file: 'hotfixes/a.msu' })]);
    const item = {
      path: 'hotfixes/a.msu',
      title: 'A',
      origin: 'placeholder',
      sha256: '1'.repeat(64),
      sizeBytes: 3,
    } as const;
    const before = planOf(role, { media: [item] });
    const after = planOf(role, { media: [{ ...item, sha256: '2'.repeat(64) }] });
    const renamed = planOf(role, { media: [{ ...item, title: 'Other words' }] });

    expect(before.layers[0]?.media).to.deep.equal([item]);
    expect(digestsOf(after)).not.to.deep.equal(digestsOf(before));
    expect(digestsOf(renamed)).to.deep.equal(digestsOf(before));
  });

  it('is a defect where nothing is known of a media file', () => {
    const role = roleOf('role', [itemOf('early', { name: 'a', file: 'hotfixes/a.msu' })]);

    expect(() => planOf(role)).to.throw('hotfixes/a.msu');
  });

  it('gives the same bytes whatever order its input comes in', () => {
    const items: RoleItem[] = [
      itemOf('early', { name: 'a', text: 'x', after: ['late/d'] }),
      itemOf('early', { name: 'b' }),
      // The same need twice, from two documents: one is kept, and always the same one.
      itemOf('early', { name: 'b' }, { source: { ...source, title: 'Another document' } }),
      itemOf('late', { name: 'c', after: ['late/d', 'early/b'] }),
      itemOf('late', { name: 'd' }, { when: { os: ['2012r2'] } }),
      itemOf('late', { name: 'e' }, { stage: 'machine' }),
    ];
    const expected = JSON.stringify(planOf(roleOf('role', items)));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(items, { minLength: items.length }),
        fc.boolean(),
        (shuffled, turned) => {
          const list = turned ? shuffled.map(withKeysTurned) : shuffled;
          expect(JSON.stringify(planOf(roleOf('role', list)))).to.equal(expected);
        },
      ),
    );
  });
});

/** The same item, with the keys of its input and its source in the opposite order. */
function withKeysTurned(item: RoleItem): RoleItem {
  const turned = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).reverse()) as T;
  return { ...turned(item), input: turned(item.input as object), source: turned(item.source) };
}

describe('mediaOf', () => {
  it('lists each file once, by path, and none that only a machine would need', () => {
    const role = roleOf('role', [
      itemOf('early', { name: 'a', file: 'z.msu' }),
      itemOf('early', { name: 'b', file: 'a.msu' }),
      itemOf('late', { name: 'c', file: 'z.msu' }),
      itemOf('late', { name: 'd', file: 'machine.msu' }, { stage: 'machine' }),
    ]);
    const checked = selectRequirements({ role, os, options: {}, kinds: lookup });
    if (!checked.ok) throw new Error('fixture');

    const files = mediaOf(checked.value.chain[0]!.requirements, null, lookup);

    expect(files.map(({ path }) => path)).to.deep.equal(['a.msu', 'z.msu']);
  });
});
