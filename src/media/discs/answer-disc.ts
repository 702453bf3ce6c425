// The answer disc: answer file, first-boot commands and the key of one build. Everything on it is a secret, so it lies
// in the run's folder of secrets from its first byte on, and goes with that folder: at the end of the build, or with
// what the next command clears up after a kill -9.
import type { RunningTool } from '../../tools/index.js';
import { discToolFor } from './disc-tool.js';
import { makeDisc } from './make-disc.js';

const answerDiscLabel = 'LYNCIMG';

export interface AnswerDiscOptions {
  /** Path on the disc (forward slashes) -> content. */
  files: ReadonlyMap<string, string | Uint8Array>;
  /** Absolute path of the disc, inside the run's folder of secrets, in a folder that is there. */
  file: string;
  /** The whole environment of the tool, with the run's marker in it. */
  env: Record<string, string>;
  signal?: AbortSignal;
  onStarted?: (tool: RunningTool) => Promise<void>;
}

/**
 * Makes the disc, 0600. Throws E_DISC_*, E_DISK_FULL, E_FILE_ACCESS, or the reason of the signal; nothing of what it
 * wrote is left then.
 */
export async function makeAnswerDisc(options: AnswerDiscOptions): Promise<void> {
  const { files, file, env, signal, onStarted } = options;
  const entries = [...files].map(([path, content]) => ({ path, content }));
  const sizes = entries.map(({ path, content }) => ({ path, sizeBytes: Buffer.byteLength(content) }));
  const tool = await discToolFor({ label: answerDiscLabel, files: sizes, env });
  await makeDisc({ tool, label: answerDiscLabel, entries, file, secret: true, env, signal, onStarted });
}
