// From a command line to what the twin does about it: one list, tried in order.
import { runProgram } from './programs/index.js';
import { readCommandLine } from './command-line.js';
import { failed } from './result.js';
import { ansibleModule } from './scripts/ansible-module.js';
import { echo } from './scripts/echo.js';
import { bootTime, firstLine, logonTest, oneProgram, restart } from './scripts/reboot.js';
import type { Recognised, Recogniser } from './scripts/script.js';
import { makeTemporaryFolder, removeItem } from './scripts/temporary-folders.js';
import { fetchFile, putFile } from './scripts/transfer-files.js';
import { cancelUpdates, pollUpdates } from './scripts/update-scripts.js';

const recognisers: readonly Recogniser[] = [
  ansibleModule,
  putFile,
  fetchFile,
  makeTemporaryFolder,
  removeItem,
  bootTime,
  restart,
  logonTest,
  pollUpdates,
  cancelUpdates,
  echo,
  oneProgram,
];

/** Always something: what is not modelled fails at the client, and says so. */
export function recognise(line: string): Recognised {
  const read = readCommandLine(line);
  if (read.kind === 'program') {
    return {
      name: 'program',
      readsStdin: false,
      run: async (machine) =>
        (await runProgram(machine, read.line, true)) ??
        failed(`the twin does not model the command: ${firstLine(read.line)}\r\n`),
    };
  }
  for (const recogniser of recognisers) {
    const found = recogniser(read.script);
    if (found !== undefined) return found;
  }
  return {
    name: 'unknown',
    readsStdin: false,
    run: () => failed(`the twin does not model the script: ${firstLine(read.script)}\r\n`),
  };
}
