// The plan as data: layers of ordered requirements, each with a digest over everything that goes into it.
import type { OptionValues } from '../catalog/index.js';
import type { MediaItem } from '../media/index.js';
import type { OsId, Requirement } from '../requirements/index.js';

/** What a plan depends on besides the catalogue. All of it ends in digests; all of it is given, nothing is read. */
export interface PlanEnvironment {
  platform: string;
  /** Of the tools that make a layer, major.minor; `absent` where not found. */
  tools: { packer: string; ansible: string };
  /** Digest of what lyncimg itself puts into every layer: hand-written playbooks, render's format. */
  content: string;
  /** Digest of the twin's model; null on every other platform. */
  twinModel: string | null;
  /** Digest of what the machine is made as (devices, firmware, answer file, medium); null where it is there already. */
  machine: string | null;
  /** The content of each media file wanted, by path. */
  media: MediaItem[];
}

/** What goes into a layer's digest, one digest an input, so that a miss can say which one changed. */
export interface LayerInputs {
  format: string;
  os: string;
  platform: string;
  parent: string;
  requirements: string;
  media: string;
  packer: string;
  ansible: string;
  content: string;
  twinModel: string;
  machine: string;
}

export interface Layer {
  /** The role whose requirements it adds. */
  name: string;
  /** SHA-256 hex over the inputs. */
  digest: string;
  /** Digest of the layer below; null for the first. */
  parent: string | null;
  inputs: LayerInputs;
  /** Ordered; those of stage `machine` are here too and are never installed. */
  requirements: Requirement[];
  media: MediaItem[];
}

export interface Plan {
  apiVersion: 'lyncimg/v1';
  kind: 'Plan';
  os: { id: OsId; title: string; version: string };
  role: string;
  platform: string;
  options: OptionValues;
  /** Where the guest finds the payload of .NET Framework 3.5; null: on the media disc. */
  netfx3Source: string | null;
  /** First layer first; never empty. */
  layers: Layer[];
  /** The node after the leaf: its result is the image. */
  seal: { digest: string };
}
