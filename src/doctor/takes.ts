// What a platform's template takes from the build, asked of the template itself: no list of platforms can go stale.
import type { RunValueName } from '../platforms/index.js';
import type { BakeMachine, BakePlace } from './wanted.js';

/** Whether the first layer's source uses that value of the run. */
export function takes({ platform, settings }: BakePlace, { spec }: BakeMachine, name: RunValueName): boolean {
  if (platform.layering === 'none') return false;
  const source = platform.source({ layer: 'first', machine: spec, settings });
  return new RegExp(String.raw`\blocal\.${name}\b`).test(JSON.stringify(source));
}
