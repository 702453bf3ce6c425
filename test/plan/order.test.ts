import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { selectRequirements } from '../../src/plan/index.js';
import { orderLayer } from '../../src/plan/order.js';
import type { Requirement } from '../../src/requirements/index.js';
import { itemOf, lookup, os, roleOf } from './fixtures.js';

function requirementsOf(...items: ReturnType<typeof itemOf>[]): Requirement[] {
  const checked = selectRequirements({ role: roleOf('role', items), os, options: {}, kinds: lookup });
  if (!checked.ok) throw new Error('fixture');
  return checked.value.chain.flatMap(({ requirements }) => requirements);
}

function orderOf(requirements: Requirement[]): string[] {
  return orderLayer(requirements, lookup).ordered.map(({ id }) => id);
}

describe('orderLayer', () => {
  it("goes by the kinds' phase, then by id", () => {
    const list = requirementsOf(
      itemOf('late', { name: 'a' }),
      itemOf('early', { name: 'z' }),
      itemOf('early', { name: 'b' }),
    );

    expect(orderOf(list)).to.deep.equal(['early/b', 'early/z', 'late/a']);
  });

  it('puts what must come first before its phase and its id', () => {
    const list = requirementsOf(
      itemOf('early', { name: 'a', after: ['late/z'] }),
      itemOf('late', { name: 'z', after: ['late/y'] }),
      itemOf('late', { name: 'y' }),
      itemOf('late', { name: 'b' }),
    );

    expect(orderOf(list)).to.deep.equal(['late/b', 'late/y', 'late/z', 'early/a']);
  });

  it('does not wait for what stands in another layer', () => {
    expect(orderOf(requirementsOf(itemOf('early', { name: 'a', after: ['early/below'] })))).to.deep.equal([
      'early/a',
    ]);
  });

  it('puts what only a machine can have at the end', () => {
    const list = requirementsOf(
      itemOf('early', { name: 'a' }, { stage: 'machine' }),
      itemOf('late', { name: 'b' }),
    );

    expect(orderOf(list)).to.deep.equal(['late/b', 'early/a']);
  });

  it('holds for every set of dependencies: each after its own, whatever order they are given in', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    // A requirement waits for earlier letters only, so there is no cycle.
    const items = fc.tuple(
      ...names.map((name, index) =>
        fc
          .record({
            kind: fc.constantFrom('early', 'late'),
            after: fc.subarray(names.slice(0, index)),
          })
          .map(({ kind, after }) => ({ name, kind, after })),
      ),
    );
    fc.assert(
      fc.property(items, fc.infiniteStream(fc.nat()), (list, keys) => {
        const kindOf = new Map(list.map(({ name, kind }) => [name, kind]));
        const made = requirementsOf(
          ...list.map(({ name, kind, after }) =>
            itemOf(kind, { name, after: after.map((other) => `${kindOf.get(other)!}/${other}`) }),
          ),
        );
        const shuffled = made
          .map((requirement) => ({ requirement, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ requirement }) => requirement);

        const order = orderOf(shuffled);

        expect(order).to.deep.equal(orderOf(made));
        for (const { id, spec } of made) {
          for (const earlier of (spec as { after: string[] }).after) {
            expect(order.indexOf(earlier)).to.be.lessThan(order.indexOf(id));
          }
        }
      }),
    );
  });
});
