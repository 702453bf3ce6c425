// The interface of a platform. One platform is one file: what it adds to a template, what it can do, what it needs.
// Shared code asks these questions and never which platform it has.
import type { z } from 'zod';
import type { LyncimgError } from '../errors/index.js';
import type { HclItem } from './hcl.js';
import type { Firmware, GuestOs, MachineSpec } from './machine.js';
import type { RunValueName } from './run-values.js';
import type { PlatformSettings } from './settings.js';

/** A plugin of `required_plugins`, for a Packer that has it outside (1.7 and later). */
export interface PackerPlugin {
  name: string;
  /** e.g. `github.com/hashicorp/qemu` */
  source: string;
  version: string;
}

/** A `source` block of Packer: its builder's name and what stands in it. */
export interface PackerSource {
  builder: string;
  body: HclItem[];
  /**
   * Run values in it that the builder takes for files which must be there when it validates: where one is not set, the
   * template itself stands in.
   */
  mustExist?: readonly RunValueName[];
}

export interface SourceRequest {
  /** The first layer is made from Windows' own medium, the next ones from the layer below. */
  layer: 'first' | 'next';
  machine: MachineSpec;
  /** Of this platform, from lyncimg.yaml, with examples where something is not set. */
  settings: PlatformSettings;
}

/** Something that comes by the environment and stands in no file. */
export interface PlatformSecret {
  /** Environment variable, e.g. `LYNCIMG_VSPHERE_PASSWORD`. */
  env: string;
  /** The template's variable that takes it. */
  variable: string;
  what: string;
}

/** A program that must be here, beside Packer and Ansible. */
export interface PlatformTool {
  /** As it is found on the PATH. */
  command: string;
  what: string;
  /** A command that installs it, or where to get it. */
  install: string;
}

/** How first boot installs the hypervisor's guest tools from their disc. */
export interface GuestTools {
  /** What their disc is called, for people, e.g. `the VMware Tools ISO (windows.iso)`. */
  disc: string;
  /** A file on their disc, by which first boot finds it; backslashes, no drive. */
  find: string;
  /** The command for cmd.exe; `%DISC%` is the disc's drive, e.g. `E:`. */
  install: string;
  /** Exit codes that mean success, 3010 (restart needed) among them. */
  exitCodes: readonly number[];
}

export interface Platform {
  readonly name: string;
  /** One sentence for people. */
  readonly summary: string;
  /** True where the guest is a model: what it makes is marked and never an image for production. */
  readonly rehearsal: boolean;
  /**
   * `chain`: each layer is one run of Packer on what the layer below left. `one-run`: the whole chain in one run, as
   * one layer. `none`: nothing is baked, the playbooks run against machines that run already.
   */
  readonly layering: 'chain' | 'one-run' | 'none';
  /** Why nothing can be baked here, and what to do instead (E_PLATFORM_NO_BAKE); absent where it can. */
  readonly noBake?: { reason: string; instead: string };
  /**
   * How the guest gets answer file, key and media. `folders`: the guest is a child of the build, which hands it folders.
   * `images`: ISO files that the build makes and the template attaches. `uploaded`: Packer makes one from the
   * files that the template names and uploads it. `download`: no disc; media come over HTTP(S).
   */
  readonly discs: 'folders' | 'images' | 'uploaded' | 'download';
  /**
   * How the guest's address becomes known where none is declared. `forwarded`: a port of this machine, chosen before
   * it boots. `in-box`: reported by what every Windows brings, or by the host's DHCP. `guest-tools`: reported by guest
   * tools that no Windows brings. `cloud`: given by the cloud. `given`: the machine is there already.
   */
  readonly address: 'forwarded' | 'in-box' | 'guest-tools' | 'cloud' | 'given';
  /** Null where the platform needs none. */
  readonly guestTools: GuestTools | null;
  /** Folders of the drivers disc that Windows' setup loads from, with backslashes; absent: it needs none of them. */
  readonly driverFolders?: (os: GuestOs) => readonly string[];
  /**
   * Discs that lie at the hypervisor and that settings name: for these `machine.drivers` and `machine.guestTools` are
   * true without a file of this machine. Absent: none.
   */
  readonly brings?: (settings: PlatformSettings) => readonly ('drivers' | 'guest-tools')[];
  /** Whose certificate the guest's listener has: this build's own, or one that Packer or the machine's owner made. */
  readonly certificate: 'build' | 'packer' | 'owner';
  /** The media disc or folder as the guest sees it, e.g. `E:`; without a trailing backslash. */
  readonly mediaDrive: string;
  /** The folder of side-by-side payloads of an operating system, by its id, as the guest sees it. */
  sxsPath(os: string): string;
  /** What may stand under `platforms.<name>` of lyncimg.yaml: every key optional, with a description. */
  readonly settings: z.ZodObject;
  /** Keys of `settings` that a build needs and that have no default: what stands in a template until they are set. */
  readonly examples: Readonly<Record<string, string | number>>;
  readonly secrets: readonly PlatformSecret[];
  readonly tools: readonly PlatformTool[];
  /** The oldest Packer that can express a layer, with the reason; null: 1.6.6, as all. */
  packerAtLeast(layer: 'first' | 'next'): { version: string; why: string } | null;
  /** Plugins that a current Packer needs; none where the builder is Packer's own. */
  plugins(settings: PlatformSettings): readonly PackerPlugin[];
  /** What this operating system can boot from here, the default first. */
  firmwares(os: GuestOs): readonly Firmware[];
  /** All that stands in the way of such a machine here (E_PLATFORM_*), said before anything starts. */
  limits(machine: MachineSpec, settings: PlatformSettings): LyncimgError[];
  /**
   * Who starts un-keying, which also powers the machine off: the builder by its `shutdown_command` (the source says
   * so itself), or, where the builder has none, the last provisioner.
   */
  readonly unkeyBy: 'shutdown-command' | 'last-provisioner';
  /**
   * How a layer is kept for the next one: `files` in the output folder, which go to the store, or a `name` at the
   * hypervisor; in words of the platform, with what an image leaves as. `parent`: of files, what the next layer starts
   * from (LYNCIMG_PARENT), as a path in that folder; `.` is the folder itself.
   */
  readonly keeps: { as: 'files' | 'name' | 'nothing'; layer: string; image: string; parent?: string };
  /** How it was proved, in one sentence for people. */
  readonly proof: string;
  /** For the README of a rendered folder: how a person starts the guest of a layer, in Markdown. */
  startByHand(os: string): string;
  source(request: SourceRequest): PackerSource;
}
