// A twin of this process with its real listeners, for programs that we did not write.
import { randomBytes } from 'node:crypto';
import { startTwin, type ReadyLine, type RunningTwin } from '../../src/twin/index.js';
import { packageRoot } from './modelled-machine.js';

export interface RealTwin {
  machine: RunningTwin['machine'];
  ready: ReadyLine;
  password: string;
  /** Throws what the model met that it should not have. */
  assertSound(): void;
  close(): Promise<void>;
}

export interface RealTwinOptions {
  media?: string | null;
  /** PEM file of the authority whose client certificates are let in. */
  clientCaFile?: string | null;
}

export async function startRealTwin(options: RealTwinOptions = {}): Promise<RealTwin> {
  const password = randomBytes(12).toString('base64url');
  const defects: unknown[] = [];
  const twin = await startTwin({
    packageRoot,
    os: '2012r2',
    stateFile: null,
    imageFile: null,
    answerFolder: null,
    mediaFolder: options.media ?? null,
    httpsPort: 0,
    httpPort: 0,
    clientCaFile: options.clientCaFile ?? null,
    as: null,
    traceFile: null,
    password,
    onDefect: (error) => defects.push(error),
    pace: { restartMs: 500, unkeyMs: 500 },
  });
  return {
    machine: twin.machine,
    ready: twin.ready,
    password,
    assertSound: () => {
      if (defects.length > 0) throw new AggregateError(defects, 'the twin met defects');
    },
    close: async () => {
      twin.switchOff();
      await twin.ended;
    },
  };
}
