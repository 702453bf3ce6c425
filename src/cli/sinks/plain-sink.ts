// Progress for pipelines and pipes: one line an event, with the time since the start, never rewritten.
import type { BuildEvent, EventSink } from '../../build/index.js';
import { describeEvent, elapsed } from './wording.js';

export function plainSink(write: (text: string) => void): EventSink {
  let startedAt: number | undefined;
  return {
    event: (event: BuildEvent) => {
      const now = Date.parse(event.at);
      startedAt ??= now;
      for (const line of describeEvent(event)) write(`${elapsed(now - startedAt)}  ${line}\n`);
    },
    close: () => Promise.resolve(),
  };
}
