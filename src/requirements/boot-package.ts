// What first boot can install by itself, with nothing but cmd.exe: the file of a hotfix or of an installer (.exe).
import type { HotfixSpec } from './hotfix-spec.js';
import { describeHotfix, hotfixFile } from './hotfix-spec.js';
import type { Requirement } from './kind.js';
import type { PackageSpec } from './package-spec.js';
import { exitCodes } from './servicing-codes.js';

export interface BootPackage {
  /** A short one for the log, e.g. `KB2506143`. */
  name: string;
  title: string;
  kind: 'msu' | 'exe';
  /** On the media disc, with forward slashes. */
  path: string;
  /** Of an .exe. */
  arguments: readonly string[];
  /** That mean success, with 3010 (a restart is needed) among them. */
  exitCodes: readonly number[];
  /** The document that asks for it. */
  source: string;
}

/** Null for a requirement that is no such file. */
export function bootPackageOf({ kind, spec, source }: Requirement): BootPackage | null {
  if (kind === 'hotfix') return { ...ofHotfix(spec as HotfixSpec), source: source.title };
  if (kind !== 'package') return null;
  const found = ofInstaller(spec as PackageSpec);
  return found === null ? null : { ...found, source: source.title };
}

function ofHotfix(spec: HotfixSpec): Omit<BootPackage, 'source'> {
  return {
    name: spec.kb,
    title: describeHotfix(spec),
    kind: 'msu',
    path: hotfixFile(spec).path,
    arguments: [],
    exitCodes: exitCodes('wusa', 'installed', 'restart needed', 'already there'),
  };
}

function ofInstaller(spec: PackageSpec): Omit<BootPackage, 'source'> | null {
  if (spec.type !== 'exe') return null;
  return {
    name: spec.id,
    title: spec.title,
    kind: 'exe',
    path: `packages/${spec.file}`,
    arguments: spec.arguments,
    exitCodes: [...exitCodes('installer', 'installed', 'restart needed'), ...spec.exitCodes],
  };
}
