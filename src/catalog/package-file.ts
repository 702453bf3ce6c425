// One package or hotfix: its file, and what it is on each operating system that it is for.
import { basename } from 'node:path';
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import type { Detection, OsId, PackageEntry } from '../requirements/index.js';
import { readAnnotations, type References } from './annotations.js';
import type { CatalogPackage } from './model.js';
import { readOsIds } from './os-id.js';
import { readYaml } from './read-yaml.js';
import { noSource, oneSource } from './sources-file.js';
import { packageFileSchema } from './schemas/package.js';

export interface ReadPackage {
  about: CatalogPackage;
  byOs: ReadonlyMap<OsId, PackageEntry>;
}

export async function readPackage(
  path: string,
  name: string,
  references: References,
): Promise<Checked<ReadPackage>> {
  const read = await readYaml(path, name, packageFileSchema);
  if (!read.ok) return read;
  const { file, data } = read.value;
  const found: LyncimgError[] = [];
  const stem = basename(name).replace(/\.ya?ml$/, '');
  if (data.id !== stem) {
    const message = `must be the name of the file, ${stem}.`;
    const facts = { path: 'id', message, hint: `Write id: ${stem}, or rename the file.` };
    found.push(fail('E_VALUE_INVALID', facts, { where: file.at(['id']) }));
  }
  const source = oneSource({ file, path: ['source'], sources: references.sources }, data.source);
  const notes = readAnnotations({ file, path: [], notes: references.notes }, data);
  found.push(...source.problems, ...notes.problems);
  const byOs = new Map<OsId, PackageEntry>();
  for (const [index, one] of data.files.entries()) {
    const systems = readOsIds(one.os, (at) => file.at(['files', index, 'os', at]));
    found.push(...systems.problems);
    for (const os of systems.ids) {
      if (byOs.has(os)) {
        const facts = {
          path: `files.${index}.os`,
          message: `names ${os} a second time.`,
          hint: 'One operating system has one file.',
        };
        found.push(fail('E_VALUE_INVALID', facts, { where: file.at(['files', index, 'os']) }));
      }
      byOs.set(os, {
        id: data.id,
        title: data.title,
        type: data.type,
        kb: data.kb ?? null,
        file: one.file,
        sizeBytes: one.size ?? null,
        sha256: one.sha256?.toLowerCase() ?? null,
        published: one.published ?? null,
        url: one.url ?? null,
        licence: data.licence ?? null,
        arguments: data.arguments ?? [],
        exitCodes: data.exitCodes ?? [],
        requires: data.requires ?? [],
        supersededBy: data.supersededBy ?? [],
        detect: (data.detect ?? []) as Detection[],
      });
    }
  }
  if (found.length > 0) return problems(found);
  const about = { id: data.id, source: source.source ?? noSource, annotations: notes.annotations };
  return ok({ about, byOs });
}
