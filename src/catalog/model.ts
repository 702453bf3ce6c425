// The typed model of the catalogue: only the loader makes it, so whoever holds one need not check it again.
import type { Position } from '../errors/index.js';
import type { OsDescription, OsId, OsModel, Source, Stage } from '../requirements/index.js';

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

/** What goes wrong, and how to keep it away. */
export interface Pitfall {
  id: string;
  what: string;
  /** The number that people search for. */
  code: string | null;
  prevent: string | null;
  sources: Source[];
}

/** Sources that differ, and which of them this catalogue follows. */
export interface SourceConflict {
  id: string;
  subject: string;
  says: { claim: string; sources: Source[] }[];
  take: string;
}

/** What is told beside a requirement, a package or a role; no part of any digest. */
export interface Annotations {
  notes: string[];
  pitfalls: Pitfall[];
  conflicts: SourceConflict[];
}

/** One item of `requirements:`, validated by its kind's schema but not yet resolved for an OS. */
export interface RoleItem {
  kind: string;
  input: unknown;
  source: Source;
  /** Only where the role says so; else the kind's own. */
  stage?: Stage;
  when?: Condition;
  /** Other documents that ask for the same. */
  also: Source[];
  /** What does not work without it; null where nobody says. */
  breaks: string | null;
  annotations: Annotations;
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
  /** Only ground for other roles: no machine is one. */
  abstract: boolean;
  /** The roles that one machine may hold beside this one; null where no document says anything. */
  collocates: { with: string[]; source: Source } | null;
  /** What such a machine needs and is nobody's business here; null where there is nothing to say. */
  elsewhere: string | null;
  annotations: Annotations;
  /** Own and inherited. */
  options: Record<string, OptionModel>;
  items: RoleItem[];
  /** Of the name in its file. */
  where: Position;
}

/** An operating system with what no requirement asks for. */
export interface CatalogOs extends OsModel {
  description: OsDescription;
}

/** A package as its file has it, for people; what requirements see is the PackageEntry of one operating system. */
export interface CatalogPackage {
  id: string;
  source: Source;
  annotations: Annotations;
}

export interface Catalog {
  /** Id in any case. */
  os(id: string): CatalogOs | undefined;
  /** Those that there is a file for. */
  systems(): CatalogOs[];
  /** By id. */
  package(id: string): CatalogPackage | undefined;
  role(name: string): RoleModel | undefined;
  roles(): RoleModel[];
  nearRoles(name: string): string[];
}

/** How one Windows is installed. */
export interface WindowsChoice {
  /** Absolute path of Microsoft's medium; null where none is given. */
  iso: string | null;
  /** Lower-case hex; null where the file has to be read. */
  sha256: string | null;
  /** Id of an edition of the operating system. */
  edition: string;
  /** The public KMS client key, the user's own (from the environment), or none (evaluation media). */
  key: 'kms' | 'own' | 'none';
  /** Of the medium, e.g. `en-US`. */
  language: string;
  /** e.g. `0409:00000409`; null: that of the locale. */
  keyboard: string | null;
}

/** The virtual machine that is baked. */
export interface MachineChoice {
  cpus: number;
  memoryMb: number;
  diskGb: number;
  /** Null: the platform's own choice. */
  firmware: 'bios' | 'uefi' | null;
  /** Absolute; null where there is none. */
  driversIso: string | null;
  toolsIso: string | null;
}

/** How the guest is reached while it is baked. */
export interface NetworkChoice {
  /** CIDR notation, as written. */
  range: string | null;
  static: { address: string; prefix: number; gateway: string | null; dns: readonly string[] } | null;
}

/** What a build needs to know beside the roles. */
export interface BakingChoices {
  windows: WindowsChoice;
  machine: MachineChoice;
  network: NetworkChoice;
  /** Windows' name of the time zone; null where parameters say nothing. */
  timeZone: string | null;
  /** e.g. `de-DE`; null where parameters say nothing. */
  locale: string | null;
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
  /** What its parameters ask of every machine (time zone, own roots, WSUS …). */
  items: RoleItem[];
  /** Folder with the payload of .NET Framework 3.5 as the guest sees it; null: the media disc. */
  netfx3Source: string | null;
  /** How a machine of each operating system is made here, with defaults for what is not said. */
  baking: Readonly<Record<OsId, BakingChoices>>;
  /** What stands under `platforms:`, by platform, checked by the schema of each. */
  platformSettings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Absolute; default `<folder>/.lyncimg`. */
  output: string;
}
