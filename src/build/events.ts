// Everything that a build does, as a closed union: sinks translate, nothing in build/ prints.
// `type` and the fields are a promise; wording is the sink's.

export type LayerPhase = 'start' | 'prepare' | 'ansible' | 'gate' | 'unkey' | 'publish';

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
    | { type: 'layer-reused'; layer: string; digest: string }
    | { type: 'layer-waiting'; layer: string; digest: string; holder: string }
    | { type: 'layer-started'; layer: string; digest: string; reason: string }
    | { type: 'phase-started'; layer: string; phase: LayerPhase }
    | { type: 'tool-started'; layer: string; tool: 'twin' | 'packer' | 'seal'; log: string }
    | { type: 'task-started'; layer: string; task: string; index: number; total: number }
    | {
        type: 'task-finished';
        layer: string;
        task: string;
        status: 'ok' | 'changed' | 'skipped' | 'failed';
        message?: string;
      }
    | { type: 'reboot-seen'; layer: string; task: string }
    | { type: 'gate-judged'; layer: string; counts: Record<string, number> }
    | { type: 'layer-built'; layer: string; digest: string; durationMs: number }
    | { type: 'layer-failed'; layer: string; code: string; message: string; log: string | null }
    | { type: 'image-reused'; reference: string }
    | { type: 'image-sealed'; reference: string; durationMs: number }
    | { type: 'kept'; layer: string; message: string }
    | { type: 'cleaned'; what: string }
    | {
        type: 'build-finished';
        outcome: 'built' | 'reused' | 'failed' | 'interrupted';
        reference: string | null;
        durationMs: number;
      }
  );

/** Sinks: each turns events into something that somebody reads. */
export interface EventSink {
  event(event: BuildEvent): void;
  /** Called once, also after a failure. */
  close(): Promise<void>;
}
