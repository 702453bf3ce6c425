// The workspace's parameters: what is decided in one place and no role can know. Each becomes a requirement of the
// ground that all roles stand on, so that it is installed and verified like any other.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { fail, type LyncimgError, type Position } from '../errors/index.js';
import { kindOf, type Source } from '../requirements/index.js';
import type { RoleItem } from './model.js';
import type { parametersSchema } from './schemas.js';
import type { YamlFile } from './yaml-file.js';

type Given = z.output<typeof parametersSchema>;

interface Wish {
  parameter: keyof Given;
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

function wishesOf({ timeZone, locale, dnsSuffix, wsus, proxy }: Given): Wish[] {
  return [
    ...(timeZone === undefined
      ? []
      : [{ parameter: 'timeZone' as const, kind: 'setting', input: { timeZone } }]),
    ...(locale === undefined ? [] : [{ parameter: 'locale' as const, kind: 'setting', input: { locale } }]),
    ...(dnsSuffix === undefined
      ? []
      : [{ parameter: 'dnsSuffix' as const, kind: 'computer', input: { dnsSuffix } }]),
    ...(wsus === undefined ? [] : [{ parameter: 'wsus' as const, kind: 'setting', input: { wsus } }]),
    ...(proxy === undefined
      ? []
      : [{ parameter: 'proxy' as const, kind: 'setting', input: { winhttpProxy: proxy } }]),
  ];
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

/** One self-signed certificate in PEM or DER: another one in the root store stops Front Ends from starting. */
async function readCertificate(path: string, shown: string): Promise<{ pem: string } | { wrong: string }> {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(await readFile(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      wrong: code === 'ENOENT' ? `${shown} does not exist.` : `${shown} is no certificate that can be read.`,
    };
  }
  if (certificate.subject !== certificate.issuer)
    return { wrong: `${shown} is not self-signed: only a root belongs among the roots.` };
  return { pem: certificate.toString() };
}
