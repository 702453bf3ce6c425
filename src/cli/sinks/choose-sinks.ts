// Which sinks a build gets: live display on a terminal, plain lines in a pipe or under CI, JSON lines where asked.
import type { BuildEvent, EventSink } from '../../build/index.js';
import { jsonLinesSink } from './json-lines-sink.js';
import { listrSink } from './listr-sink.js';
import { logSink } from './log-sink.js';
import { plainSink } from './plain-sink.js';

export interface SinkOptions {
  stderr: NodeJS.WriteStream;
  environment: NodeJS.ProcessEnv;
  /** `--events`: a file, or `-` for stderr, which is then for these lines alone. */
  events: string | undefined;
}

export function chooseSinks({ stderr, environment, events }: SinkOptions): EventSink {
  const write = (text: string): void => {
    stderr.write(text);
  };
  const sinks = [logSink()];
  if (events !== undefined) sinks.push(jsonLinesSink(events, write));
  if (events !== '-') sinks.push(isLive(stderr, environment) ? listrSink(stderr) : plainSink(write));
  return joinSinks(sinks, (error) => {
    write(`warning: progress cannot be written any more: ${error.message}\n`);
  });
}

/** CI systems give a pseudo-terminal at times, and keep every frame of it: plain lines there, as everywhere. */
function isLive(stderr: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean {
  const ci = environment['CI'];
  return stderr.isTTY && (ci === undefined || ci === '' || ci === 'false') && environment['TERM'] !== 'dumb';
}

/** One sink for several. A sink that breaks (a full disk) is left out from then on: telling must not stop the doing. */
export function joinSinks(sinks: EventSink[], onBroken: (error: Error) => void): EventSink {
  const working = new Set(sinks);
  return {
    event: (event: BuildEvent) => {
      for (const sink of working) {
        try {
          sink.event(event);
        } catch (error) {
          working.delete(sink);
          onBroken(error as Error);
        }
      }
    },
    close: async () => {
      for (const sink of sinks) await sink.close();
    },
  };
}
