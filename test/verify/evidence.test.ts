import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { FactQuery, Kind } from '../../src/requirements/index.js';
import { evidenceOf } from '../../src/verify/evidence.js';
import { factsFrom, type HostFacts } from '../../src/verify/index.js';
import { document, kindOf, programs, requirement, rules } from './fixtures.js';

const key = requirement('key', 'SOFTWARE\\X');

/** Of a kind that asks this, and chooses rows by this. */
function evidence(
  query: FactQuery,
  answers: HostFacts['answers'],
  concerns?: Kind<unknown, unknown>['evidence'],
): ReturnType<typeof evidenceOf> {
  const asks = {
    ...kindOf('key')!,
    facts: () => [query],
    ...(concerns !== undefined && { evidence: concerns }),
  };
  return evidenceOf(key, factsFrom(document({ answers })), () => asks);
}

describe('evidenceOf', () => {
  it('shows the subkeys that concern the requirement, each with its values, and how many there are', () => {
    const shown = evidence(programs.query, [programs], (_spec, row) => row['DisplayName'] === 'Agent');

    expect(shown).to.deep.equal([
      {
        query:
          'StdRegProv.EnumKey HKLM\\SOFTWARE\\Uninstall, ' +
          'of each subkey GetStringValue [DisplayName], GetDWORDValue [Version]',
        ...{
          asked: true,
          rows: 2,
          shown: ['name = "{A}", DisplayName = "Agent", Version = "15"'],
          cause: null,
        },
      },
    ]);
  });

  it('shows the values of a key that concern it', () => {
    expect(evidence(rules.query, [rules], (_spec, row) => row['name'] === 'in')).to.deep.equal([
      {
        query: 'StdRegProv.EnumValues HKLM\\SYSTEM\\Rules, each that is text',
        ...{ asked: true, rows: 2, shown: ['name = "in", data = "v2.10|Active=TRUE|"'], cause: null },
      },
    ]);
  });

  it('shows all of them where the kind does not choose', () => {
    expect(evidence(rules.query, [rules])[0]?.shown).to.have.length(2);
  });

  it('says that the key is not there, and why nothing is known', () => {
    const gone = { known: true, value: { exists: false } } as const;

    expect(evidence(rules.query, [{ ...rules, answer: gone }])[0]).to.deep.include({
      ...{ rows: null, shown: ['the key does not exist'], cause: null },
    });
    expect(evidence(programs.query, [{ ...programs, answer: gone }])[0]?.shown).to.deep.equal([
      'the key does not exist',
    ]);
    expect(evidence(rules.query, [])[0]).to.deep.include({ asked: false, rows: null, shown: [] });
  });

  it('cuts what is long', () => {
    const blob = { exists: true, values: [{ name: 'Blob', data: 'ff'.repeat(100_000) }] } as const;
    const answer = { known: true as const, value: { ...blob, values: [...blob.values] } };

    expect(evidence(rules.query, [{ ...rules, answer }])[0]?.shown[0]).to.match(/^name = "Blob".*… \(cut\)$/);
  });
});
