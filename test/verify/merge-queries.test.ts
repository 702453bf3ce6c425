import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CimQuery, FactQuery, RegistryKeysQuery, RegistryQuery } from '../../src/requirements/index.js';
import { covers } from '../../src/verify/merge-queries.js';
import { mergeQueries } from '../../src/verify/index.js';

function cim(className: string, properties: string[], more: Partial<CimQuery> = {}): CimQuery {
  return { kind: 'cim', namespace: 'root/cimv2', className, properties, ...more };
}

function value(key: string, name: string, type: 'dword' | 'string' = 'dword'): RegistryQuery {
  return { kind: 'registry', hive: 'HKLM', key, value: { name, type } };
}

/** Of subkeys: `name:type` each. */
function keys(key: string, ...values: string[]): RegistryKeysQuery {
  return {
    ...{ kind: 'registry-keys', hive: 'HKLM', key },
    values: values.map((text) => {
      const [name = '', type = 'string'] = text.split(':');
      return { name, type: type as 'string' };
    }),
  };
}

describe('mergeQueries', () => {
  it('asks a class once, with the union of the properties', () => {
    const merged = mergeQueries([
      cim('Win32_Service', ['Name', 'State']),
      cim('Win32_Service', ['StartMode', 'Name']),
    ]);

    expect(merged).to.deep.equal([cim('Win32_Service', ['Name', 'StartMode', 'State'])]);
  });

  it('takes names without regard to case, as Windows does', () => {
    const merged = mergeQueries([
      cim('Win32_Service', ['Name']),
      cim('WIN32_SERVICE', ['NAME'], { namespace: 'ROOT/cimv2' }),
      value('SOFTWARE\\X', 'Y'),
      value('software\\x', 'y'),
    ]);

    expect(merged).to.have.length(2);
  });

  it('knows which properties are arrays when one of the queries does', () => {
    const [merged] = mergeQueries([
      cim('Test_Card', ['Name']),
      cim('Test_Card', ['IPAddress'], { arrays: ['IPAddress'] }),
      cim('Test_Card', ['Gateway', 'IPADDRESS'], { arrays: ['Gateway', 'ipaddress'] }),
    ]);

    expect(merged).to.deep.include({ arrays: ['Gateway', 'IPAddress'] });
    expect(mergeQueries([cim('Test_Card', ['Name'])])[0]).to.not.have.property('arrays');
  });

  it('asks for the subkeys of a key once, with the union of the values', () => {
    const merged = mergeQueries([
      keys('SOFTWARE\\Uninstall', 'DisplayVersion', 'DisplayName'),
      keys('software\\uninstall', 'displayname', 'Size:dword'),
      keys('SOFTWARE\\Uninstall'),
      keys('SOFTWARE\\Other'),
    ]);

    expect(merged).to.deep.equal([
      keys('SOFTWARE\\Other'),
      keys('SOFTWARE\\Uninstall', 'DisplayName', 'DisplayVersion', 'Size:dword'),
    ]);
  });

  it('keeps apart what wants one value of subkeys as two types', () => {
    const queries = [keys('K', 'a', 'b'), keys('K', 'a:dword'), keys('K', 'b', 'c')];
    const merged = mergeQueries(queries);

    expect(merged).to.deep.equal([keys('K', 'a:dword', 'b', 'c'), keys('K', 'a', 'b')]);
    for (const query of queries) expect(merged.some((one) => covers(one, query))).to.equal(true);
  });

  it('takes equal questions for the values of a key for one, and for no other question about it', () => {
    const all: FactQuery = { kind: 'registry-values', hive: 'HKLM', key: 'K' };

    expect(mergeQueries([all, { ...all, key: 'k' }])).to.have.length(1);
    expect(mergeQueries([all, keys('K'), value('K', 'a'), { ...all, hive: 'HKU' }])).to.have.length(4);
  });

  it('keeps apart what has another namespace or another condition', () => {
    const merged = mergeQueries([
      cim('Win32_PowerPlan', ['InstanceID'], { namespace: 'root/cimv2/power' }),
      cim('Win32_PowerPlan', ['InstanceID']),
      cim('Win32_LogicalDisk', ['Size'], { where: 'DriveType=3' }),
      cim('Win32_LogicalDisk', ['Size']),
    ]);

    expect(merged).to.have.length(4);
  });

  it('keeps apart a key, its values, and one value read as two types', () => {
    const merged = mergeQueries([
      { kind: 'registry', hive: 'HKLM', key: 'K' },
      value('K', 'a'),
      value('K', 'b'),
      value('K', 'a', 'string'),
      value('K', 'a'),
    ]);

    expect(merged).to.have.length(4);
  });

  it('asks Win32_OperatingSystem first, whole keys after single values, and the slow classes last', () => {
    const merged = mergeQueries([
      cim('Win32_QuickFixEngineering', ['HotFixID']),
      { kind: 'registry-values', hive: 'HKLM', key: 'A' },
      keys('A'),
      value('K', 'a'),
      cim('Win32_OptionalFeature', ['Name']),
      cim('Win32_ServerFeature', ['ID']),
      cim('Win32_Service', ['Name']),
      cim('Win32_OperatingSystem', ['Version']),
    ]);

    expect(merged.map((query) => (query.kind === 'cim' ? query.className : query.kind))).to.deep.equal([
      'Win32_OperatingSystem',
      'Win32_Service',
      'registry',
      'registry-keys',
      'registry-values',
      'Win32_ServerFeature',
      'Win32_OptionalFeature',
      'Win32_QuickFixEngineering',
    ]);
  });

  it('has nothing to ask when nothing is asked', () => {
    expect(mergeQueries([])).to.deep.equal([]);
  });

  it('gives the same questions whatever the order, and merging again changes nothing', () => {
    const name = fc.constantFrom('A', 'a', 'B', 'C');
    const query: fc.Arbitrary<FactQuery> = fc.oneof(
      fc
        .tuple(name, fc.array(name, { minLength: 1 }))
        .map(([className, properties]) => cim(className, properties)),
      fc.tuple(name, name).map(([key, item]) => value(key, item)),
      fc
        .tuple(name, fc.array(fc.tuple(name, fc.constantFrom('string', 'dword'))))
        .map(([key, values]) => keys(key, ...values.map((pair) => pair.join(':')))),
    );
    const list = fc
      .array(query)
      .chain((queries) =>
        fc.tuple(fc.constant(queries), fc.shuffledSubarray(queries, { minLength: queries.length })),
      );
    const small = (queries: FactQuery[]): string => JSON.stringify(mergeQueries(queries)).toLowerCase();
    fc.assert(
      fc.property(list, ([queries, shuffled]) => {
        expect(small(shuffled)).to.equal(small(queries));
        const merged = mergeQueries(queries);
        expect(small(merged)).to.equal(small(queries));
        expect(queries.every((one) => merged.some((asked) => covers(asked, one)))).to.equal(true);
      }),
    );
  });
});
