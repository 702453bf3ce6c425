// The workspace's parameters: what is decided in one place and no role can know. Each becomes a requirement of the
// ground that all roles stand on, so that it is installed and verified like any other.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { fail, type LyncimgError, type Position } from '../errors/index.js';
import { kindOf, type Source } from '../requirements/index.js';
import type { RoleItem } from './model.js';
import type { parametersSchema } from './schemas/workspace.js';
import type { YamlFile } from './yaml-file.js';

type Given = z.output<typeof parametersSchema>;

interface Wish {
  parameter: string;
  /** Inside the parameter, where it is a list. */
  index?: number;
  kind: string;
  input: unknown;
}

export interface ReadParameters {
  items: RoleItem[];
  problems: LyncimgError[];
}

/** Certificates are read here, since what a requirement is made of must be in it. */
export async function readParameters(place: {
  file: YamlFile;
  folder: string;
  given: Given;
}): Promise<ReadParameters> {
  const { file, folder, given } = place;
  const found: LyncimgError[] = [];
  const items: RoleItem[] = [];
  const roots: Wish[] = [];
  for (const [index, path] of (given.rootCertificates ?? []).entries()) {
    const read = await readCertificate(resolve(folder, path), path);
    if ('pem' in read)
      roots.push({
        parameter: 'rootCertificates',
        index,
        kind: 'certificates',
        input: { present: read.pem },
      });
    else {
      const where = file.at(['parameters', 'rootCertificates', index]);
      found.push(
        fail('E_PARAMETER_INVALID', { parameter: 'rootCertificates', message: read.wrong }, { where }),
      );
    }
  }
  for (const wish of [...wishesOf(given), ...roots]) {
    const { parameter, index, kind, input } = wish;
    const where = file.at(['parameters', parameter, ...(index === undefined ? [] : [index])]);
    const checked = kindOf(kind)?.schema.safeParse(input);
    if (checked?.success === true) items.push(itemOf(wish, checked.data, where));
    else {
      const message = checked?.error.issues[0]?.message ?? `this lyncimg has no requirement kind ${kind}.`;
      found.push(fail('E_PARAMETER_INVALID', { parameter, message }, { where }));
    }
  }
  return { items, problems: found };
}

/** What each parameter that is one text asks for. */
const meanings: Readonly<Record<string, { kind: string; input: (value: string) => unknown }>> = {
  timeZone: { kind: 'setting', input: (timeZone) => ({ timeZone }) },
  locale: { kind: 'setting', input: (locale) => ({ locale }) },
  dnsSuffix: { kind: 'computer', input: (dnsSuffix) => ({ dnsSuffix }) },
  wsus: { kind: 'setting', input: (wsus) => ({ wsus }) },
  proxy: { kind: 'setting', input: (winhttpProxy) => ({ winhttpProxy }) },
};

function wishesOf(given: Given): Wish[] {
  return Object.entries(meanings).flatMap(([parameter, { kind, input }]) => {
    const value = given[parameter as keyof Given];
    return typeof value === 'string' ? [{ parameter, kind, input: input(value) }] : [];
  });
}

function itemOf({ parameter, kind }: Wish, input: unknown, where: Position): RoleItem {
  const source: Source = {
    title: `lyncimg.yaml, parameters.${parameter}`,
    publisher: 'this workspace',
    page: 'lyncimg.yaml',
    date: 'unknown',
    confidence: 'own',
  };
  const annotations = { notes: [], pitfalls: [], conflicts: [] };
  return { kind, input, source, also: [], breaks: null, annotations, where };
}

/** In PEM or DER; whether it belongs among the roots its kind says. */
async function readCertificate(path: string, shown: string): Promise<{ pem: string } | { wrong: string }> {
  try {
    return { pem: new X509Certificate(await readFile(path)).toString() };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      wrong: code === 'ENOENT' ? `${shown} does not exist.` : `${shown} is no certificate that can be read.`,
    };
  }
}
