// A modelled server, 2012 R2 unless said otherwise, that is switched on, with a media folder, for tests of what is done to it.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFeatures } from '../../src/twin/feature-catalogue.js';
import { freshState } from '../../src/twin/fresh-state.js';
import { ModelledMachine } from '../../src/twin/machine-model.js';
import { mediaFolder } from '../../src/twin/media.js';
import { osModel } from '../../src/twin/os.js';
import type { MachineState } from '../../src/twin/state.js';

export const packageRoot = join(fileURLToPath(import.meta.url), '..', '..', '..');

export async function modelledMachine(
  options: {
    os?: string;
    beforeFirstBoot?: boolean;
    media?: string;
    restartMs?: number;
    change?: (state: MachineState) => void;
  } = {},
): Promise<ModelledMachine> {
  const os = osModel(options.os ?? '2012r2');
  if (os === undefined) throw new Error(`${options.os ?? ''} is not modelled`);
  const { beforeFirstBoot = false } = options;
  const state = freshState({ os: os.id, now: new Date(), beforeFirstBoot });
  options.change?.(state);
  const machine = new ModelledMachine({
    state,
    os,
    catalogue: await loadFeatures(packageRoot, os.id),
    media: mediaFolder(options.media ?? null),
    ...(options.restartMs === undefined ? {} : { restartMs: options.restartMs }),
  });
  machine.switchOn();
  return machine;
}
