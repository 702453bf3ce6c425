// Operating systems by hand, for tests of what is asked of them.
import type { FeatureEntry, OsModel, PackageEntry } from '../../src/requirements/index.js';

/** Windows Server 2012 R2 with nothing in its catalogues, unless said otherwise. */
export function osModelOf(given: Partial<OsModel> = {}): OsModel {
  return {
    id: '2012r2',
    title: 'Windows Server 2012 R2',
    version: '6.3.9600',
    servicePack: 0,
    powershell: '4.0',
    dotnet: { version: '4.5.1', release: 378675 },
    editions: [],
    features: featuresOf([]),
    packages: packagesOf([]),
    ...given,
  };
}

/** Windows Server 2008 R2 SP1, the system that differs from the others in most. */
export function os2008r2Of(given: Partial<OsModel> = {}): OsModel {
  return osModelOf({
    id: '2008r2',
    title: 'Windows Server 2008 R2',
    version: '6.1.7601',
    servicePack: 1,
    powershell: '2.0',
    dotnet: null,
    ...given,
  });
}

export function featureOf(name: string, given: Partial<FeatureEntry> = {}): FeatureEntry {
  return {
    name,
    displayName: `The ${name}`,
    parent: null,
    dism: null,
    id: null,
    removedByDefault: false,
    installedByDefault: false,
    dependsOn: [],
    ...given,
  };
}

/** Near is what starts with the same three letters. */
export function featuresOf(entries: FeatureEntry[]): OsModel['features'] {
  return {
    find: (name) => entries.find((entry) => same(entry.name, name)),
    near: (name) => near(name, entries, (entry) => entry.name),
    all: () => entries,
  };
}

/** An update unless said otherwise; its KB number is its id. */
export function packageOf(id: string, given: Partial<PackageEntry> = {}): PackageEntry {
  const update = given.type === undefined || given.type === 'msu';
  return {
    id,
    title: `The ${id}`,
    type: 'msu',
    kb: update ? id.toUpperCase() : null,
    file: `Windows-${id.toUpperCase()}-x64.${given.type ?? 'msu'}`,
    sizeBytes: null,
    sha256: null,
    published: null,
    url: null,
    licence: null,
    arguments: [],
    exitCodes: [],
    requires: [],
    supersededBy: [],
    detect: [],
    ...given,
  };
}

/** By id or KB number; near is what starts with the same three letters. */
export function packagesOf(entries: PackageEntry[]): OsModel['packages'] {
  return {
    find: (id) => entries.find((entry) => same(entry.id, id) || (entry.kb !== null && same(entry.kb, id))),
    near: (id) => near(id, entries, (entry) => entry.id),
    all: () => entries,
  };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function near<T>(wanted: string, entries: T[], nameOf: (entry: T) => string): string[] {
  const start = wanted.slice(0, 3).toLowerCase();
  return entries.map(nameOf).filter((name) => name.toLowerCase().startsWith(start));
}
