import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CimQuery, FactQuery, RegistryQuery } from '../../src/requirements/index.js';
import { mergeQueries } from '../../src/verify/index.js';

function cim(className: string, properties: string[], more: Partial<CimQuery> = {}): CimQuery {
  return { kind: 'cim', namespace: 'root/cimv2', className, properties, ...more };
}

function value(key: string, name: string, type: 'dword' | 'string' = 'dword'): RegistryQuery {
  return { kind: 'registry', hive: 'HKLM', key, value: { name, type } };
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

  it('asks Win32_OperatingSystem first and the slow classes last', () => {
    const merged = mergeQueries([
      cim('Win32_QuickFixEngineering', ['HotFixID']),
      value('K', 'a'),
      cim('Win32_OptionalFeature', ['Name']),
      cim('Win32_Service', ['Name']),
      cim('Win32_OperatingSystem', ['Version']),
    ]);

    expect(merged.map((query) => (query.kind === 'cim' ? query.className : 'registry'))).to.deep.equal([
      'Win32_OperatingSystem',
      'Win32_Service',
      'registry',
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
        expect(small(mergeQueries(queries))).to.equal(small(queries));
      }),
    );
  });
});
