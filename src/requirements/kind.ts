// The interface of a requirement kind. One kind is one file and says how it is written (schema), how it is installed
// (tasks) and how it is verified (facts, judge), so that install and verify cannot drift apart.
import type { z } from 'zod';
import type { CimRow, FactQuery, Facts } from './facts.js';
import type { OsModel } from './os-model.js';
import type { AnsibleTask } from './task.js';

/** When a requirement can hold: in a golden image, or only on a deployed machine. */
export type Stage = 'image' | 'machine';

/** The document that a requirement comes from. */
export interface Source {
  /** The id under which the catalogue knows it, where it has one. */
  id?: string;
  title: string;
  /** Who wrote it, e.g. `Microsoft`. */
  publisher: string;
  /** Where it can be read today: path in a public repository, or address. */
  page: string;
  /** ISO date of the page (or `unknown`). */
  date: string;
  /** `own`: the workspace's own decision, which counts as much as a document. */
  confidence: 'microsoft' | 'community' | 'unverified' | 'own';
}

/** A file that installing needs and that Microsoft publishes; a rehearsal puts a placeholder in its place. */
export interface MediaFile {
  /** Path on the media disc with forward slashes, e.g. `hotfixes/Windows8.1-KB2919355-x64.msu`. */
  path: string;
  /** What it is, for people and for the placeholder's text. */
  title: string;
  /** Where known. */
  sha256?: string;
  sizeBytes?: number;
  /** Where its publisher had it, for people. */
  published?: string;
  /** Where `media fetch` can download it. */
  url?: string;
  licence?: string;
}

/** What a kind says is wrong with a spec that its schema accepted; the catalogue adds file, line and column. */
export interface SpecProblem {
  /** Path inside the spec, e.g. `['name']`; empty for the whole spec. */
  path: (string | number)[];
  message: string;
  /** Near matches or advice. */
  hint?: string;
  /** `unknown-feature` gets its own code; everything else is `invalid`. */
  reason: 'unknown-feature' | 'invalid';
}

/** A requirement that was resolved for one OS and put in a layer; `spec` belongs to its kind alone. */
export interface Requirement<Spec = unknown> {
  /** `<kind>/<what>`, unique in a plan, e.g. `feature/Web-Server`. */
  id: string;
  kind: string;
  spec: Spec;
  /** For people: `Windows feature Web-Server (Web Server (IIS))`. */
  title: string;
  stage: Stage;
  source: Source;
  /** Another document that asks for the same, where `source` is unverified: a verification fails on its word. */
  confirmedBy?: Source;
  /** The role that declares it, which is also the layer that installs it. */
  role: string;
  /** Where it is written, as `file:line:column`; for reports, never part of a digest. */
  where: string;
}

/**
 * What the rendered tasks may refer to. Any other text in a task's `args` is literal: render keeps Ansible from
 * expanding it. Expressions belong into `when`, `register` and `keywords`.
 */
export interface TaskContext {
  os: OsModel;
  /** A Jinja expression with the folder of the media disc, e.g. `{{ lyncimg_media }}`. */
  media: string;
  /** A Jinja expression with the folder of side-by-side payloads (`sources\sxs`). */
  sxs: string;
}

/** The judging of one requirement. `warn` and `after deployment` are made from it by verify, not here. */
export type Judgement =
  | { verdict: 'pass'; expected: string; actual: string }
  | { verdict: 'fail'; expected: string; actual: string; fix: string }
  | { verdict: 'unknown'; expected: string; cause: string };

/** Input is what a role writes; Spec is what it means on one OS (Windows' spelling, defaults, DISM names). */
export interface Kind<Input, Spec> {
  readonly name: string;
  /** One sentence for the reference page. */
  readonly summary: string;
  /** An example in YAML for the reference page: one list item of `requirements:`. */
  readonly example: string;
  /** The stage unless the role says otherwise. */
  readonly stage: Stage;
  /** Order among kinds in a layer: lower goes first. */
  readonly phase: number;
  readonly schema: z.ZodType<Input>;
  resolve(input: Input, os: OsModel): { ok: true; spec: Spec } | { ok: false; problems: SpecProblem[] };
  id(spec: Spec): string;
  title(spec: Spec): string;
  /** Ids that must come before this one in the same layer. */
  after?(spec: Spec): string[];
  media?(spec: Spec): MediaFile[];
  /** What of the spec can change what is installed: all of it where this is absent. A layer's digest is made of it. */
  content?(spec: Spec): unknown;
  /** Tasks for all requirements of this kind in one layer, in the given order; empty for stage `machine`. */
  tasks(requirements: Requirement<Spec>[], context: TaskContext): AnsibleTask[];
  /**
   * Tasks for requirements of stage `machine` on a machine that runs already (`apply`): what can be set there without
   * taking a decision of its owner's. None for what cannot, such as joining a domain; where it is absent, nothing of the
   * kind can.
   */
  applyTasks?(requirements: Requirement<Spec>[], context: TaskContext): AnsibleTask[];
  facts(spec: Spec): FactQuery[];
  /** Whether a row of a class with many rows concerns this requirement, for reports that show what came back. */
  evidence?(spec: Spec, row: CimRow): boolean;
  /** Pure: the same facts and spec give the same judgement, now or a year later. */
  judge(spec: Spec, facts: Facts): Judgement;
}
