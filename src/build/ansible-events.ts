// Reads what the callback plugin (playbooks/callback_plugins/lyncimg_events.py) appends while Ansible runs. The file
// grows under our eyes: a line without its newline is not there yet, and a line that is no event is passed over,
// because progress must never be able to fail a build.
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** Guest and roles have a hand in these texts: no terminal codes, and nothing that would break a line. */
const words = z.string().transform((text) => text.replaceAll(/[^\P{Cc}\n]/gu, ''));
const taskStarted = z.object({
  type: z.literal('task-started'),
  task: words,
  index: z.number().int(),
  total: z.number().int(),
  play: z.string().default(''),
});
const taskFinished = z.object({
  type: z.literal('task-finished'),
  task: words,
  status: z.enum(['ok', 'changed', 'skipped', 'failed', 'unreachable']),
  message: words.default(''),
});
const ansibleEvent = z.discriminatedUnion('type', [taskStarted, taskFinished]);
export type AnsibleEvent = z.infer<typeof ansibleEvent>;

/** One line of the file; undefined for anything that is not an event. */
export function parseAnsibleEvent(line: string): AnsibleEvent | undefined {
  try {
    const parsed = ansibleEvent.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export interface Tail {
  /** Reads what is left and stops. */
  stop(): Promise<void>;
}

/**
 * Follows a file that need not exist yet. Polling, because fs.watch says nothing of appends on some network and
 * container file systems; four times a second is quick enough for an eye and nothing for a processor.
 */
export function followAnsibleEvents(file: string, onEvent: (event: AnsibleEvent) => void): Tail {
  const reader = new LineReader(file, (line) => {
    const event = parseAnsibleEvent(line);
    if (event !== undefined) onEvent(event);
  });
  const stopping = new AbortController();
  const following = (async () => {
    while (!stopping.signal.aborted) {
      await reader.read();
      await delay(250, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await reader.read();
  })();
  return {
    stop: async () => {
      stopping.abort();
      await following;
    },
  };
}

/** Hands over whole lines, each once, from where the last read ended. */
class LineReader {
  readonly #file: string;
  readonly #onLine: (line: string) => void;
  #offset = 0;
  /** Bytes, not text: a read may end inside a character. */
  #rest = Buffer.alloc(0);

  constructor(file: string, onLine: (line: string) => void) {
    this.#file = file;
    this.#onLine = onLine;
  }

  async read(): Promise<void> {
    const added = await this.#readNew();
    if (added.length === 0) return;
    const bytes = Buffer.concat([this.#rest, added]);
    const end = bytes.lastIndexOf(0x0a) + 1;
    this.#rest = bytes.subarray(end);
    const whole = bytes.subarray(0, end).toString('utf8');
    for (const line of whole.split('\n')) if (line.trim() !== '') this.#onLine(line);
  }

  async #readNew(): Promise<Buffer> {
    let handle;
    try {
      handle = await open(this.#file, 'r');
    } catch {
      return Buffer.alloc(0); // Ansible has not started
    }
    try {
      const { size } = await handle.stat();
      const length = Math.max(0, size - this.#offset);
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await handle.read(buffer, 0, length, this.#offset);
      this.#offset += bytesRead;
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }
}
