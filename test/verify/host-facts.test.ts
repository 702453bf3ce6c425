import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { CimQuery } from '../../src/requirements/index.js';
import { factsFrom } from '../../src/verify/index.js';
import { cimAnswer, document, programs, rules } from './fixtures.js';

const lamps: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Test_Lamp',
  properties: ['Name', 'State'],
};

describe('factsFrom', () => {
  it('gives rows with the properties of the question, spelled as the question spells them', () => {
    const rows = [{ NAME: 'hall', state: 'on', Watts: '40' }];
    const facts = factsFrom(
      document({ answers: [cimAnswer('test_lamp', ['name', 'state', 'watts'], rows)] }),
    );

    expect(facts.cim(lamps)).to.deep.equal({ known: true, value: [{ Name: 'hall', State: 'on' }] });
  });

  it('keeps a null as a null', () => {
    const answers = [cimAnswer('Test_Lamp', ['Name', 'State'], [{ Name: 'hall', State: null }])];

    expect(factsFrom(document({ answers })).cim(lamps)).to.deep.equal({
      known: true,
      value: [{ Name: 'hall', State: null }],
    });
  });

  it('does not know when a row lacks a property that was asked for', () => {
    const answers = [
      cimAnswer('Test_Lamp', ['Name', 'State'], [{ Name: 'hall', State: 'on' }, { Name: 'cellar' }]),
    ];

    expect(factsFrom(document({ answers })).cim(lamps)).to.deep.equal({
      known: false,
      cause: 'Test_Lamp answered with a row that has no State',
    });
  });

  it('does not take inherited names of a JavaScript object for properties of a row', () => {
    const query = { ...lamps, properties: ['constructor'] };
    const answers = [cimAnswer('Test_Lamp', ['constructor'], [{}])];

    expect(factsFrom(document({ answers })).cim(query)).to.include({ known: false });
  });

  it('does not know what was not asked for: a class, a property, a key', () => {
    const facts = factsFrom(document({ answers: [cimAnswer('Test_Lamp', ['Name'], [])] }));

    expect(facts.cim({ ...lamps, className: 'Test_Oven' })).to.include({ known: false });
    expect(facts.cim(lamps)).to.include({ known: false });
    expect(facts.registry({ kind: 'registry', hive: 'HKLM', key: 'SOFTWARE\\X' })).to.deep.equal({
      known: false,
      cause: 'HKLM\\SOFTWARE\\X was not asked for when the facts were collected',
    });
  });

  const cards: CimQuery = {
    ...{ kind: 'cim', namespace: 'root/cimv2', className: 'Test_Card', properties: ['Name', 'IPAddress'] },
    arrays: ['ipaddress'],
  };

  it('reads a property that is an array as a list, whatever Windows sent for it', () => {
    const rows = [
      { Name: 'a' },
      { Name: 'b', IPAddress: null },
      { Name: 'c', IPAddress: '192.0.2.1' },
      { Name: 'd', IPAddress: ['192.0.2.1', 'fe80::1'] },
    ];
    const answers = [cimAnswer('Test_Card', ['Name', 'IPAddress'], rows)];

    expect(factsFrom(document({ answers })).cim(cards)).to.deep.equal({
      known: true,
      value: [
        { Name: 'a', IPAddress: [] },
        { Name: 'b', IPAddress: [] },
        { Name: 'c', IPAddress: ['192.0.2.1'] },
        { Name: 'd', IPAddress: ['192.0.2.1', 'fe80::1'] },
      ],
    });
  });

  it('still wants every other property of such a row', () => {
    const answers = [cimAnswer('Test_Card', ['Name', 'IPAddress'], [{ IPAddress: [] }])];

    expect(factsFrom(document({ answers })).cim(cards)).to.deep.equal({
      known: false,
      cause: 'Test_Card answered with a row that has no Name',
    });
  });

  it('gives subkeys with the values of the question alone, spelled as the question spells them', () => {
    const facts = factsFrom(document({ answers: [programs] }));
    const query = { ...programs.query, key: 'software\\uninstall' };

    expect(facts.registryKeys({ ...query, values: [{ name: 'displayname', type: 'string' }] })).to.deep.equal(
      {
        known: true,
        value: {
          exists: true,
          keys: [
            { name: '{A}', values: { displayname: 'Agent' } },
            { name: 'B', values: {} },
          ],
        },
      },
    );
    expect(facts.registryKeys({ ...query, values: [] })).to.include({ known: true });
  });

  it('does not know a value of subkeys that was not asked for, or as another type', () => {
    const facts = factsFrom(document({ answers: [programs] }));

    for (const value of [
      { name: 'Publisher', type: 'string' },
      { name: 'Version', type: 'string' },
    ] as const) {
      expect(facts.registryKeys({ ...programs.query, values: [value] })).to.deep.equal({
        known: false,
        cause: 'HKLM\\SOFTWARE\\Uninstall (its subkeys) was not asked for when the facts were collected',
      });
    }
  });

  it('gives the values of a key as they were read', () => {
    const facts = factsFrom(document({ answers: [rules] }));

    expect(facts.registryValues(rules.query)).to.deep.equal(rules.answer);
    expect(facts.registryValues({ ...rules.query, key: 'SYSTEM\\Other' })).to.include({ known: false });
  });

  it('gives the error of a host that was not asked to the end as the cause', () => {
    const error = { code: 'E_VERIFY_HOST_TIMEOUT', message: 'fe01 was not done within 300 s.' };

    expect(factsFrom(document({ error })).cim(lamps)).to.deep.equal({ known: false, cause: error.message });
  });

  it('takes the answer that has all the properties where a class was asked twice', () => {
    const narrow = cimAnswer('Test_Lamp', ['Name'], [{ Name: 'hall' }]);
    const wide = cimAnswer('Test_Lamp', ['Name', 'State'], [{ Name: 'hall', State: 'on' }]);
    const facts = factsFrom(document({ answers: [narrow, wide] }));

    expect(facts.cim(lamps)).to.deep.equal({ known: true, value: [{ Name: 'hall', State: 'on' }] });
    expect(facts.asked(lamps)).to.deep.equal(wide.query);
    expect(facts.asked({ ...lamps, className: 'Test_Oven' })).to.equal(null);
  });

  it('is the same after a way through JSON', () => {
    const kept = document({
      answers: [cimAnswer('Test_Lamp', ['Name', 'State'], [{ Name: 'hall', State: 'on' }])],
    });
    const read = JSON.parse(JSON.stringify(kept)) as typeof kept;

    expect(factsFrom(read).cim(lamps)).to.deep.equal(factsFrom(kept).cim(lamps));
  });
});
