// What the store keeps beside every layer and image.
import type { Layer, LayerInputs } from '../plan/index.js';

/** Tool versions as they were found, in full. */
export interface ToolVersions {
  lyncimg: string;
  packer: string;
  ansible: string;
}

export interface LayerManifest {
  apiVersion: 'lyncimg/v1';
  kind: 'Layer';
  name: string;
  digest: string;
  parent: string | null;
  os: string;
  platform: string;
  /** True for everything that a twin made. */
  rehearsal: boolean;
  inputs: LayerInputs;
  /** ISO 8601 UTC. */
  builtAt: string;
  durationMs: number;
  tools: ToolVersions;
  placeholders: string[];
  requirements: { id: string; title: string }[];
  /** Counts by verdict of the gate. */
  verdicts: Record<string, number>;
  /** Files beside the manifest: name -> SHA-256. */
  files: Record<string, string>;
}

export interface ImageManifest {
  apiVersion: 'lyncimg/v1';
  kind: 'Image';
  /** e.g. `rehearsal/front-end-2012r2@1a2b3c4d5e6f` */
  reference: string;
  digest: string;
  role: string;
  os: string;
  platform: string;
  rehearsal: boolean;
  builtAt: string;
  /** First layer first. */
  layers: Pick<Layer, 'name' | 'digest'>[];
  tools: ToolVersions;
  placeholders: string[];
  verdicts: Record<string, number>;
  /** Requirements that only a deployed machine can meet. */
  afterDeployment: { id: string; title: string }[];
  files: Record<string, string>;
}

/** A layer or image as it lies in the store, its files checked against its manifest. */
export interface Stored<Manifest> {
  manifest: Manifest;
  folder: string;
  /** Name -> absolute path, of each file that the manifest lists. */
  files: Record<string, string>;
}
