// What the rules of the model work on: the state of one machine and the few things around it. The files that hold a
// rule (features.ts, hotfixes.ts, …) are functions over this and know nothing of protocols.
import type { FeatureTable } from './feature-catalogue.js';
import type { Media } from './media.js';
import type { OsModel } from './os.js';
import type { MachineState } from './state.js';

export interface Guest {
  readonly state: MachineState;
  readonly os: OsModel;
  readonly catalogue: FeatureTable;
  readonly media: Media;
  now(): Date;
  journal(text: string): void;
}

/** Marks that servicing waits for a restart; one reason stands once. */
export function markRestart(guest: Guest, reason: string): void {
  if (!guest.state.pendingReboot.includes(reason)) guest.state.pendingReboot.push(reason);
}
