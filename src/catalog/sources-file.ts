// The documents that roles, packages and notes name by id.
import { fail, ok, type Checked, type LyncimgError } from '../errors/index.js';
import type { Source } from '../requirements/index.js';
import { nearest } from '../util/index.js';
import { readYaml } from './read-yaml.js';
import { sourcesFileSchema } from './schemas/sources.js';
import type { Path, YamlFile } from './yaml-file.js';

export interface Sources {
  byId: ReadonlyMap<string, Source>;
  /** There may be more, in a place that is too wrong to be read: then no id is called unknown. */
  open: boolean;
}

/** Takes the place of a source that is missing or wrong, which was reported. */
export const noSource: Source = {
  title: '',
  publisher: '',
  page: '',
  date: 'unknown',
  confidence: 'unverified',
};

export async function readSources(path: string, name: string): Promise<Checked<Map<string, Source>>> {
  const read = await readYaml(path, name, sourcesFileSchema);
  if (!read.ok) return read;
  const { sources } = read.value.data;
  return ok(new Map(Object.entries(sources).map(([id, source]) => [id, { id, ...source }])));
}

/** Where a source is named: what is wrong with it stands there. */
interface Place {
  file: YamlFile;
  path: Path;
  sources: Sources;
}

/** A source by its id or written out; null where it is wrong, which is the problem or was reported. */
export function oneSource(
  { file, path, sources: { byId, open } }: Place,
  given: string | Omit<Source, 'id'>,
): { source: Source | null; problems: LyncimgError[] } {
  if (typeof given !== 'string') return { source: given, problems: [] };
  const source = byId.get(given);
  if (source !== undefined || open) return { source: source ?? null, problems: [] };
  const facts = { source: given, near: nearest(given, byId.keys()) };
  return { source: null, problems: [fail('E_SOURCE_UNKNOWN', facts, { where: file.at(path) })] };
}

/** The documents of a list of ids, and what is wrong with it. */
export function sourcesOf(
  place: Place,
  ids: readonly string[] = [],
): { list: Source[]; problems: LyncimgError[] } {
  const read = ids.map((id, index) => oneSource({ ...place, path: [...place.path, index] }, id));
  return {
    list: read.flatMap(({ source }) => source ?? []),
    problems: read.flatMap(({ problems }) => problems),
  };
}
