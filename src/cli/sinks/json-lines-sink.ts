// Events as data, one JSON document a line. A file is written synchronously and unbuffered: whoever reads it sees
// what has happened, also after a crash.
import { closeSync, openSync, writeSync } from 'node:fs';
import type { EventSink } from '../../build/index.js';
import { fail } from '../../errors/index.js';

/** @param target a path, made anew, or `-` for what `writeToStderr` reaches */
export function jsonLinesSink(target: string, writeToStderr: (text: string) => void): EventSink {
  if (target === '-') {
    return {
      event: (event) => {
        writeToStderr(`${JSON.stringify(event)}\n`);
      },
      close: () => Promise.resolve(),
    };
  }
  const handle = openForEvents(target);
  return {
    event: (event) => {
      writeSync(handle, `${JSON.stringify(event)}\n`);
    },
    close: () => {
      closeSync(handle);
      return Promise.resolve();
    },
  };
}

function openForEvents(file: string): number {
  try {
    return openSync(file, 'w');
  } catch (cause) {
    throw fail('E_BUILD_OUTPUT', { file, what: 'the events' }, { cause });
  }
}
