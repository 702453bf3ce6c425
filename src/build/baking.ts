// What the making of one layer is about, whoever makes it.
import type { LayerManifest, Stored } from '../images/index.js';
import type { Layer } from '../plan/index.js';
import type { RunningTool } from '../tools/index.js';
import type { BuildContext } from './context.js';
import type { Credentials } from './credentials.js';
import type { GateReport } from './gate.js';
import type { LayerPlaces } from './run-folders.js';

export interface Baking {
  context: BuildContext;
  layer: Layer;
  /** Its place in the plan, from 0. */
  index: number;
  places: LayerPlaces;
  parent: Stored<LayerManifest> | null;
  /** Told as soon as there are verdicts, good or bad. */
  onVerdicts: (report: GateReport) => void;
}

/** A layer that is complete: the machine is off and un-keyed. */
export interface Made {
  report: GateReport;
  /** What the store is to keep of it, by name in the store. */
  files: Readonly<Record<string, string>>;
}

/** Makes a layer. When it returns or throws nothing runs any more, unless the run was recorded as kept. */
export type MakeLayer = (baking: Baking) => Promise<Made>;

export function secretsOf({ password, serverKey }: Credentials): string[] {
  return [password, serverKey];
}

export async function record({ run }: BuildContext, what: string, tool: RunningTool): Promise<void> {
  await run.recordProcess({ what, ...tool.group });
}
