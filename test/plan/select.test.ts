import { expect } from 'chai';
import { describe, it } from 'mocha';
import { formatError, type Checked, type LyncimgError } from '../../src/errors/index.js';
import type { OptionValues, RoleModel } from '../../src/catalog/index.js';
import { selectRequirements, type Selection } from '../../src/plan/index.js';
import type { Requirement, Source } from '../../src/requirements/index.js';
import { itemOf, lookup, os, positionOf, roleOf, source } from './fixtures.js';

function select(role: RoleModel, options: OptionValues = {}): Checked<Selection> {
  return selectRequirements({ role, os, options, kinds: lookup });
}

function idsOf(checked: Checked<Selection>): string[][] {
  if (!checked.ok) throw new Error(checked.problems.map(formatError).join('\n'));
  return checked.value.chain.map(({ requirements }) => requirements.map(({ id }) => id));
}

function requirementsOf(checked: Checked<Selection>): Requirement[] {
  if (!checked.ok) throw new Error(checked.problems.map(formatError).join('\n'));
  return checked.value.chain.flatMap(({ requirements }) => requirements);
}

function onlyProblem(checked: Checked<Selection>): LyncimgError {
  if (checked.ok || checked.problems.length !== 1) throw new Error('expected one problem');
  return checked.problems[0]!;
}

describe('selectRequirements', () => {
  it('follows the chain of roles, the furthest ancestor first', () => {
    const base = roleOf('base', [itemOf('early', { name: 'a' })]);
    const middle = roleOf('middle', [itemOf('early', { name: 'b' })], { extends: base });
    const leaf = roleOf('leaf', [itemOf('early', { name: 'c' })], { extends: middle });

    expect(idsOf(select(leaf))).to.deep.equal([['early/a'], ['early/b'], ['early/c']]);
  });

  it('keeps a layer for a role that adds nothing', () => {
    const leaf = roleOf('leaf', [], { extends: roleOf('base', [itemOf('early', { name: 'a' })]) });

    expect(idsOf(select(leaf))).to.deep.equal([['early/a'], []]);
  });

  it('leaves out what is meant for another operating system', () => {
    const role = roleOf('role', [
      itemOf('early', { name: 'here' }, { when: { os: ['2012', '2012r2'] } }),
      itemOf('early', { name: 'elsewhere' }, { when: { os: ['2008r2'] } }),
    ]);

    expect(idsOf(select(role))).to.deep.equal([['early/here']]);
  });

  it('follows options, by their default where none is given', () => {
    const role = roleOf(
      'role',
      [itemOf('early', { name: 'a' }, { when: { option: { conferencing: true } } })],
      {
        options: { conferencing: { type: 'boolean', default: false, description: '' } },
      },
    );

    expect(idsOf(select(role))).to.deep.equal([[]]);
    expect(idsOf(select(role, { conferencing: 'true' }))).to.deep.equal([['early/a']]);
  });

  it('sees options of the leaf in the conditions of its parents', () => {
    const options = { web: { type: 'boolean', default: true, description: '' } } as const;
    const base = roleOf('base', [itemOf('early', { name: 'a' }, { when: { option: { web: false } } })], {
      options,
    });
    const leaf = roleOf('leaf', [], { extends: base, options });

    expect(idsOf(select(leaf, { web: false }))).to.deep.equal([['early/a'], []]);
  });

  it('gives every requirement its role, stage, source and place', () => {
    const role = roleOf('role', [itemOf('early', { name: 'a' }, { stage: 'machine' })]);
    const checked = select(role);

    expect(checked.ok && checked.value.chain[0]?.requirements[0]).to.deep.include({
      id: 'early/a',
      title: 'The early a',
      role: 'role',
      stage: 'machine',
      where: 'roles/test.yaml:1:1',
    });
  });

  it('refuses an operating system that the role does not support, and says which it does', () => {
    const problem = onlyProblem(select(roleOf('role', [], { supports: ['2008r2', '2012'] })));

    expect(problem.code).to.equal('E_ROLE_OS');
    expect(problem.exitCode).to.equal(2);
    expect(problem.message).to.contain('2008r2, 2012');
    expect(problem.suggestions).to.include('Use --os 2012.');
  });

  it('reports every item that this operating system cannot have', () => {
    const role = roleOf('role', [
      itemOf('early', { name: 'a', onlyOn: '2008r2' }),
      itemOf('late', { name: 'b', onlyOn: '2012' }),
    ]);
    const checked = select(role);

    expect(!checked.ok && checked.problems.map(({ code }) => code)).to.deep.equal([
      'E_REQUIREMENT_INVALID',
      'E_REQUIREMENT_INVALID',
    ]);
  });

  it('takes the same need twice for one, and keeps the parent as its role', () => {
    const base = roleOf('base', [itemOf('early', { name: 'a', text: 'x' })]);
    const leaf = roleOf('leaf', [itemOf('early', { name: 'a', text: 'x' })], { extends: base });

    expect(idsOf(select(leaf))).to.deep.equal([['early/a'], []]);
  });

  it('lets a document confirm what an unverified one asks for, and leaves the layer as it was', () => {
    const unverified: Source = { ...source, id: 'HEARSAY', confidence: 'unverified' };
    const base = roleOf('base', [itemOf('early', { name: 'a' }, { source: unverified })]);
    const leaf = roleOf('leaf', [itemOf('early', { name: 'a' })], { extends: base });

    const [alone] = requirementsOf(select(base));
    const [confirmed] = requirementsOf(select(leaf));

    expect(confirmed).to.deep.equal({ ...alone, confirmedBy: source });
  });

  it('needs no second word where the first is a document', () => {
    const own: Source = { ...source, id: 'OWN', confidence: 'own' };
    const base = roleOf('base', [itemOf('early', { name: 'a' })]);
    const leaf = roleOf('leaf', [itemOf('early', { name: 'a' }, { source: own })], { extends: base });

    expect(requirementsOf(select(leaf))).to.deep.equal(requirementsOf(select(base)));
  });

  it('refuses two needs that contradict each other, with both places', () => {
    const base = roleOf('base', [itemOf('early', { name: 'a', text: 'x' }, { where: positionOf('one') })]);
    const leaf = roleOf('leaf', [itemOf('early', { name: 'a', text: 'y' }, { where: positionOf('other') })], {
      extends: base,
    });
    const problem = onlyProblem(select(leaf));

    expect(problem.code).to.equal('E_REQUIREMENT_CONFLICT');
    expect(formatError(problem)).to.contain('| other').and.to.contain('| one');
  });

  it('lets two contradicting needs stand where their conditions never hold together', () => {
    const role = roleOf('role', [
      itemOf('early', { name: 'a', text: 'x' }, { when: { os: ['2012r2'] } }),
      itemOf('early', { name: 'a', text: 'y' }, { when: { os: ['2012'] } }),
    ]);

    expect(idsOf(select(role))).to.deep.equal([['early/a']]);
  });

  it('refuses requirements that wait for each other', () => {
    const role = roleOf('role', [
      itemOf('early', { name: 'a', after: ['early/b'] }),
      itemOf('early', { name: 'b', after: ['early/a'] }),
      itemOf('early', { name: 'c' }),
    ]);
    const problem = onlyProblem(select(role));

    expect(problem.code).to.equal('E_REQUIREMENT_CYCLE');
    expect(problem.message).to.contain('early/a, early/b');
  });

  it('refuses a need of a parent that can only follow one of its child', () => {
    const base = roleOf('base', [itemOf('early', { name: 'a', after: ['early/b'] })]);
    const leaf = roleOf('leaf', [itemOf('early', { name: 'b' })], { extends: base });
    const problem = onlyProblem(select(leaf));

    expect(problem.code).to.equal('E_REQUIREMENT_ORDER');
    expect(problem.message).to.contain('early/a').and.to.contain('leaf');
  });

  it('lets what the workspace decides stand in place of what a role says of the same thing', () => {
    const base = roleOf('base', [itemOf('early', { name: 'one', text: 'theirs' })]);
    const role = roleOf('leaf', [itemOf('late', { name: 'two', text: 'theirs' })], { extends: base });
    const own = [itemOf('late', { name: 'two', text: 'ours' })];

    const selected = selectRequirements({ role, os, options: {}, items: own, kinds: lookup });
    if (!selected.ok) throw new Error('refused');

    expect(
      selected.value.chain.map(({ requirements }) =>
        requirements.map(({ spec }) => (spec as { text: string }).text),
      ),
    ).to.deep.equal([['theirs', 'ours'], []]);
  });
});
