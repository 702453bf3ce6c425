// What of a plan is there already, and why the rest is not.
import type { Layer, LayerInputs, Plan } from './types.js';

/** What a store has of a layer. */
export interface LayerStanding {
  exists: boolean;
  /** Inputs that differ from the nearest stored layer of that name; empty when none is stored. */
  changed: (keyof LayerInputs)[];
}

/** A plan with what the store has of it: what `plan --json` prints. */
export type PlanReport = Omit<Plan, 'layers'> & { layers: (Layer & LayerStanding)[] };

export function planReport(plan: Plan, stored: readonly StoredLayer[]): PlanReport {
  return { ...plan, layers: plan.layers.map((layer) => ({ ...layer, ...standingOf(layer, stored) })) };
}

/** What a store says of a layer. */
export interface StoredLayer {
  name: string;
  digest: string;
  inputs: LayerInputs;
}

/** `stored`: what the store holds, newest first, of any name. */
export function standingOf(layer: Layer, stored: readonly StoredLayer[]): LayerStanding {
  if (stored.some(({ digest }) => digest === layer.digest)) return { exists: true, changed: [] };
  const namesakes = stored.filter(({ name }) => name === layer.name).map(({ inputs }) => inputs);
  return { exists: false, changed: explainMiss(layer.inputs, namesakes) };
}

/**
 * Why a layer is not there: the names of the inputs in which it differs from the nearest of the stored ones (those of
 * the same layer name, newest first: of equally near ones the first counts). Empty when nothing is stored.
 */
export function explainMiss(layer: LayerInputs, stored: readonly LayerInputs[]): (keyof LayerInputs)[] {
  let nearest: (keyof LayerInputs)[] | undefined;
  for (const candidate of stored) {
    const changed = changedInputs(layer, candidate);
    if (nearest === undefined || changed.length < nearest.length) nearest = changed;
  }
  return nearest ?? [];
}

function changedInputs(one: LayerInputs, other: LayerInputs): (keyof LayerInputs)[] {
  const names = Object.keys(one) as (keyof LayerInputs)[];
  return names.filter((name) => one[name] !== other[name]);
}
