import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { kindNames, kindOf, kinds } from '../../src/requirements/index.js';
import { watchedFacts } from '../helpers/facts.js';
import { context, nothing, os, requirementOf, specOf } from './kit.js';

/** Of stage image, and only looked at: what offends a rule of certificates, or another edition, nobody can install. */
const checksAlone = new Set(['certificates', 'edition']);

describe('every kind of requirement', () => {
  it('is found by its name', () => {
    expect(kindNames).to.deep.equal([
      'feature',
      'hotfix',
      'package',
      'updates',
      'registry',
      'service',
      'firewall',
      'certificates',
      'setting',
      'pendingReboot',
      'edition',
      'computer',
      'network',
      'disk',
      'hardware',
      'sqlInstance',
    ]);
    expect(kindOf('feature')?.name).to.equal('feature');
    expect(kindOf('Feature')).to.equal(undefined);
  });

  for (const [name, kind] of kinds) {
    const [item] = parse(kind.example) as Record<string, unknown>[];
    const spec = specOf(kind, item?.[name]);

    describe(name, () => {
      it('shows an example that its own schema takes, with a source', () => {
        expect(item).to.have.property('source');
        expect(kind.summary).to.match(/^[A-Z].*\.$/);
      });

      it('refuses what is nothing', () => {
        for (const input of [null, 7, [], {}, { nonsense: true }])
          expect(kind.schema.safeParse(input).success, JSON.stringify(input)).to.equal(false);
      });

      it('has an id under its own name and a title', () => {
        expect(kind.id(spec)).to.match(new RegExp(`^${name}/\\S`));
        expect(kind.title(spec)).to.match(/^[A-Z]/);
      });

      it('means the same when it is resolved twice', () => {
        expect(specOf(kind, item?.[name])).to.deep.equal(spec);
      });

      it('renders tasks that ansible-lint takes, and none for the stage machine', () => {
        const tasks = kind.tasks([requirementOf(kind, spec)], context);
        for (const task of tasks) {
          expect(task.name).to.match(/^[A-Z]/);
          expect(task.module).to.match(/^((ansible|community)\.windows|ansible\.builtin)\.\w+$/);
          if (task.register !== undefined) expect(task.register).to.match(/^[a-z_][a-z0-9_]*$/);
          // no-handler: what depends on `changed` belongs into a handler.
          expect(task.when ?? '').not.to.match(/changed/);
        }
        expect(tasks.length > 0).to.equal(kind.stage === 'image' && !checksAlone.has(name));
        expect(kind.tasks([requirementOf(kind, spec, 'machine')], context)).to.deep.equal([]);
        expect(kind.tasks([], context)).to.deep.equal([]);
      });

      it('wants facts, and says unknown with the cause where they were not read', () => {
        expect(kind.facts(spec)).not.to.be.empty;
        const judgement = kind.judge(spec, nothing);
        expect(judgement).to.include({ verdict: 'unknown', cause: 'access denied' });
      });

      it('asks the facts for nothing that it did not want', () => {
        const wanted = kind.facts(spec).map((query) => JSON.stringify(query));
        const facts = watchedFacts(nothing, (query) => {
          expect(wanted).to.include(JSON.stringify(query));
        });
        kind.judge(spec, facts);
      });

      it('does not change what it is given', () => {
        const before = JSON.stringify(spec);
        kind.tasks([requirementOf(kind, spec)], context);
        kind.resolve(item?.[name], os);
        expect(JSON.stringify(spec)).to.equal(before);
      });
    });
  }
});
