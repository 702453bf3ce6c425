// The typed model of the catalogue: only the loader makes it, so whoever holds one need not check it again.
import type { Position } from '../errors/index.js';
import type { OsId, OsModel, Source, Stage } from '../requirements/index.js';

/** When an item of a role applies. All that is given must hold. */
export interface Condition {
  os?: OsId[];
  /** Option name -> the value that it must have. */
  option?: Record<string, string | boolean>;
}

/** A switch of a role, set in the workspace or by `--option name=value`. */
export type OptionModel =
  | { type: 'boolean'; default: boolean; description: string }
  | { type: 'enum'; values: string[]; default: string; description: string }
  | { type: 'string'; default: string; description: string };

export type OptionValues = Record<string, string | boolean>;

/** One item of `requirements:`, validated by its kind's schema but not yet resolved for an OS. */
export interface RoleItem {
  kind: string;
  input: unknown;
  source: Source;
  /** Only where the role says so; else the kind's own. */
  stage?: Stage;
  when?: Condition;
  /** Of the whole item. */
  where: Position;
}

export interface RoleModel {
  name: string;
  title: string;
  description: string;
  /** The parent, already resolved: no cycle. */
  extends: RoleModel | null;
  /** The operating systems that it (and so each of its parents) can be planned for. */
  supports: OsId[];
  /** Own and inherited. */
  options: Record<string, OptionModel>;
  items: RoleItem[];
  /** Of the name in its file. */
  where: Position;
}

export interface Catalog {
  /** Id in any case. */
  os(id: string): OsModel | undefined;
  /** Those that there is a file for. */
  systems(): OsModel[];
  role(name: string): RoleModel | undefined;
  roles(): RoleModel[];
  nearRoles(name: string): string[];
}

/** `lyncimg.yaml`: what a folder builds when nothing else is said. */
export interface Workspace {
  /** Absolute path of the file. */
  file: string;
  /** Absolute path of its folder. */
  folder: string;
  platform?: string;
  os?: OsId;
  roles: string[];
  options: OptionValues;
  /** Absolute; default `<folder>/.lyncimg`. */
  output: string;
}
