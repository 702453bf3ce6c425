// One role file: text → everything that can be said of it without looking at another role.
import type { z } from 'zod';
import { fail, type LyncimgError, type Position, type SourceText } from '../errors/index.js';
import type { OsId } from '../requirements/index.js';
import type { OptionModel } from './model.js';
import { readOsIds } from './os-id.js';
import { readItems, type ParsedItem, type Sources } from './role-item.js';
import { schemaProblems } from './schema-problems.js';
import { roleFileSchema } from './schemas.js';
import { parseYaml, type YamlFile } from './yaml-file.js';

/** A role before its parent is known. */
export interface ParsedRole {
  name: string;
  title: string;
  description: string;
  extends: string | null;
  /** Null: those of the parent. */
  supports: OsId[] | null;
  options: Record<string, OptionModel>;
  items: ParsedItem[];
  file: YamlFile;
  where: Position;
}

/** A role as far as it could be read: with problems it is still good enough to link others to it. */
export interface ReadRole {
  /** Its name, even where the rest is too wrong for a role. */
  name: string | null;
  role: ParsedRole | null;
  problems: LyncimgError[];
}

type RoleInput = z.output<typeof roleFileSchema>;

export function readRole(text: SourceText, catalogSources: Sources): ReadRole {
  const parsed = parseYaml(text);
  const [, looseName = null] = /^name:[ \t]*['"]?([\w-]+)/m.exec(text.text) ?? [];
  if (!parsed.ok) return { name: looseName, role: null, problems: parsed.problems };
  const file = parsed.value;
  const checked = roleFileSchema.safeParse(file.value);
  const found = checked.success
    ? []
    : schemaProblems(checked.error.issues, { file, path: [], schema: roleFileSchema });
  // A wrong title must not hide what is wrong with the requirements.
  const loose = (file.value ?? {}) as Partial<RoleInput>;
  const sources = checked.success
    ? withOwn(catalogSources, checked.data.sources)
    : looseSources(catalogSources, loose);
  const items = readItems({ file, list: loose.requirements, sources });
  found.push(...items.problems);
  if (!checked.success) return { name: looseName, role: null, problems: found };

  const { data } = checked;
  const supports = readOsIds(data.supports, (index) => file.at(['supports', index]));
  found.push(...supports.problems);
  if (data.extends === undefined && data.supports === undefined)
    found.push(
      fail(
        'E_VALUE_INVALID',
        { path: 'supports', message: 'is missing; only a role that extends another may leave it out.' },
        { where: file.at(['name']) },
      ),
    );
  const role = {
    name: data.name,
    title: data.title,
    description: data.description.trim(),
    extends: data.extends ?? null,
    supports: data.supports === undefined ? null : supports.ids,
    options: data.options ?? {},
    items: items.list,
    file,
    where: file.at(['name']),
  };
  return { name: role.name, role, problems: found };
}

function withOwn(catalogSources: Sources, own: RoleInput['sources']): Sources {
  return new Map([
    ...catalogSources,
    ...Object.entries(own ?? {}).map(([id, source]) => [id, { id, ...source }] as const),
  ]);
}

/** In a file that is wrong elsewhere, the ids count, so that their users are not called unknown. */
function looseSources(catalogSources: Sources, { sources }: Partial<RoleInput>): Sources {
  const ids = typeof sources === 'object' ? Object.keys(sources) : [];
  const blank = { title: '', page: '', date: 'unknown', confidence: 'unverified' } as const;
  return new Map([...catalogSources, ...ids.map((id) => [id, { id, ...blank }] as const)]);
}
