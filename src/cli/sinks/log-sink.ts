// The run's own log: every event in words with its time, in the folder that the build names when it starts. Several
// builds of one command (repeated --role) follow each other, each with its own folder.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventSink } from '../../build/index.js';
import { describeEvent } from './wording.js';

/** Name of the file inside the run's folder. */
export const logFileName = 'build.log';

export function logSink(): EventSink {
  let file: string | undefined;
  let pending = '';
  return {
    event: (event) => {
      if (event.type === 'build-started') file = join(event.folder, logFileName);
      for (const line of describeEvent(event)) pending += `${event.at}  ${line}\n`;
      // What happens before a run has its folder (a warning, leftovers cleaned) is the first part of its log.
      if (file === undefined) return;
      appendFileSync(file, pending);
      pending = '';
    },
    close: () => Promise.resolve(),
  };
}
