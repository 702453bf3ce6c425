// The interface of a platform. One platform is one file: what it adds to a template, and what it can do.
import type { HclItem } from './hcl.js';

/** A plugin of `required_plugins`, for a Packer that has it outside (1.7 and later). */
export interface PackerPlugin {
  name: string;
  /** e.g. `github.com/hashicorp/qemu` */
  source: string;
  version: string;
}

/** Names of template variables that every template declares (render/template.ts) and a source may use. */
export const templateVariables = ['host', 'port', 'user', 'password'] as const;

/** A `source` block of Packer: its builder's name and what stands in it. */
export interface PackerSource {
  builder: string;
  body: HclItem[];
}

export interface Platform {
  readonly name: string;
  /** One sentence for people. */
  readonly summary: string;
  /** True where the guest is a model: what it makes is marked and never an image for production. */
  readonly rehearsal: boolean;
  /** The media disc as the guest sees it, e.g. `E:`; without a trailing backslash. */
  readonly mediaDrive: string;
  /** The folder of side-by-side payloads of an operating system, by its id, as the guest sees it. */
  sxsPath(os: string): string;
  /** Plugins that a current Packer needs; none where the builder is Packer's own. */
  readonly plugins: readonly PackerPlugin[];
  /**
   * Who starts un-keying, which also powers the machine off: the builder by its `shutdown_command` (the source says
   * so itself), or, where the builder has none, the last provisioner.
   */
  readonly unkeyBy: 'shutdown-command' | 'last-provisioner';
  /** For the README of a rendered folder: how a person starts the guest of a layer, in Markdown. */
  startByHand(os: string): string;
  /** The first layer is made from Windows' own medium, the next ones from the layer below. */
  source(layer: 'first' | 'next'): PackerSource;
}
