// Everything that a build does, as a closed union: sinks translate, nothing in build/ prints.
// `type` and the fields are a promise; wording is the sink's.
import type { ContactState } from './guest-contact.js';

/**
 * start: the guest boots and is looked at; ansible, gate, unkey: Packer's three provisioners; publish: the layer
 * goes to the store.
 */
export type LayerPhase = 'start' | 'ansible' | 'gate' | 'unkey' | 'publish';

interface At {
  /** ISO 8601 UTC. */
  at: string;
}

export type BuildEvent = At &
  (
    | {
        type: 'build-started';
        run: string;
        role: string;
        os: string;
        platform: string;
        rehearsal: boolean;
        folder: string;
        layers: { name: string; digest: string }[];
      }
    /** Something that does not stop the build and that somebody should know. */
    | { type: 'warning'; message: string }
    | { type: 'layer-reused'; layer: string; digest: string }
    /** Another process builds the same layer (or seals the same image: layer `image`); this one waits for it. */
    | { type: 'layer-waiting'; layer: string; digest: string; holder: string }
    | { type: 'layer-started'; layer: string; digest: string; reason: string }
    | { type: 'phase-started'; layer: string; phase: LayerPhase }
    /** What the wait for the guest's WinRM sees, told when that changes; the last state of a good one is `reached`. */
    | ({ type: 'guest-contact'; layer: string } & ContactState)
    | { type: 'tool-started'; layer: string; tool: 'twin' | 'packer' | 'seal'; log: string }
    | { type: 'task-started'; layer: string; task: string; index: number; total: number }
    | {
        type: 'task-finished';
        layer: string;
        task: string;
        status: 'ok' | 'changed' | 'skipped' | 'failed' | 'unreachable';
        message?: string;
      }
    | { type: 'gate-judged'; layer: string; counts: Record<string, number> }
    | { type: 'layer-built'; layer: string; digest: string; durationMs: number }
    | { type: 'layer-failed'; layer: string; code: string; message: string; log: string | null }
    | { type: 'image-reused'; reference: string }
    | { type: 'image-sealed'; reference: string; durationMs: number }
    /** The guest of a layer that failed goes on; the message says the same to people. */
    | {
        type: 'kept';
        layer: string;
        message: string;
        address: string;
        port: number;
        user: string;
        /** Mode 0600; goes, as all of this, with `lyncimg runs end`. */
        passwordFile: string;
        caFile: string;
      }
    | { type: 'cleaned'; what: string }
    | {
        type: 'build-finished';
        outcome: 'built' | 'reused' | 'failed' | 'interrupted';
        rehearsal: boolean;
        reference: string | null;
        durationMs: number;
      }
  );

/** An event as the build's steps say it; the clock is put on at one place. */
export type Happening = BuildEvent extends infer E ? (E extends At ? Omit<E, 'at'> : never) : never;

/** Sinks: each turns events into something that somebody reads. */
export interface EventSink {
  event(event: BuildEvent): void;
  /** Called once, also after a failure. */
  close(): Promise<void>;
}
