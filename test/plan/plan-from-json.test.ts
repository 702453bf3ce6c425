import { expect } from 'chai';
import { describe, it } from 'mocha';
import { formatError } from '../../src/errors/index.js';
import { makePlan, planFromJson, selectRequirements, type Plan } from '../../src/plan/index.js';
import { environment, itemOf, lookup, os, roleOf } from './fixtures.js';

function plan(): Plan {
  const base = roleOf('base', [itemOf('early', { name: 'a' })]);
  const role = roleOf('leaf', [itemOf('late', { name: 'b' })], { extends: base });
  const checked = selectRequirements({ role, os, options: {}, kinds: lookup });
  if (!checked.ok) throw new Error('fixture');
  const { chain, options } = checked.value;
  return makePlan({ chain, os, role: role.name, options, environment, kinds: lookup });
}

function problemsOf(text: string): string {
  const checked = planFromJson(text, 'plan.json', lookup);
  return checked.ok ? '' : checked.problems.map(formatError).join('\n');
}

/** The problems of the plan with another value at a path such as `layers.0.name`. */
function spoiled(path: string, value: unknown): string {
  const data: unknown = JSON.parse(JSON.stringify(plan()));
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = data as Record<string, unknown>;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = value;
  return problemsOf(JSON.stringify(data));
}

describe('planFromJson', () => {
  it('reads back what was written', () => {
    expect(planFromJson(JSON.stringify(plan()), 'plan.json', lookup)).to.deep.equal({
      ok: true,
      value: plan(),
    });
  });

  it('reads what plan --json printed, and drops what that adds', () => {
    const data = {
      ...plan(),
      layers: plan().layers.map((layer) => ({ ...layer, exists: true, changed: [] })),
    };

    expect(planFromJson(JSON.stringify(data), 'plan.json', lookup)).to.deep.equal({
      ok: true,
      value: plan(),
    });
  });

  it('names the file where it is no JSON at all', () => {
    expect(problemsOf('{')).to.match(/^plan\.json: E_PLAN_FILE/);
  });

  for (const text of ['null', '[]', '"plan"', '{}', '{"apiVersion":"lyncimg/v1","kind":"Role"}']) {
    it(`refuses ${text}`, () => {
      expect(problemsOf(text)).to.contain('E_PLAN_FILE');
    });
  }

  it('refuses keys that a plan does not have', () => {
    expect(spoiled('extra', 1)).to.contain('extra');
    expect(problemsOf(JSON.stringify(plan()).replace('{', '{"__proto__":{"layers":[]},'))).to.contain(
      'E_PLAN_FILE',
    );
  });

  it('refuses names that would leave a folder or a command line', () => {
    for (const name of ['../evil', 'a b', '-x', "a';id;'", '', 'A']) {
      expect(spoiled('layers.0.name', name)).to.contain('layers.0.name');
    }
  });

  it('refuses media paths that leave the disc', () => {
    for (const path of ['/etc/passwd', '../x', 'a/../x', 'a\\x', 'a/..', '.']) {
      const item = { path, title: '', origin: 'file', sha256: '0'.repeat(64), sizeBytes: 1 };
      expect(spoiled('layers.0.media', [item])).to.contain('layers.0.media.0.path');
    }
  });

  it('refuses a kind that there is not, and a spec that is not of its kind', () => {
    expect(spoiled('layers.0.requirements.0.kind', 'other')).to.contain('"other"');
    expect(spoiled('layers.0.requirements.0.spec', null)).to.contain('early/a');
    expect(spoiled('layers.0.requirements.0.spec.name', 'b')).to.contain('early/a');
  });

  it('refuses layers that do not stand on each other, and a leaf that is not the role', () => {
    expect(spoiled('layers.1.parent', null)).to.contain('layers.1.parent');
    expect(spoiled('role', 'other')).to.contain('the role other');
    expect(spoiled('layers', [])).to.contain('layers');
  });

  it('reports at most twenty problems of a hostile file', () => {
    const checked = planFromJson(
      JSON.stringify({ ...plan(), layers: Array.from({ length: 40 }, () => ({})) }),
      'plan.json',
      lookup,
    );

    expect(!checked.ok && checked.problems.length).to.equal(20);
  });
});
