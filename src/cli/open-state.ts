// The store of a command, after what a killed build left there was cleared up: whoever looks next does that.
import { openStore, type Store } from '../images/index.js';
import { stateFolder, type StatePlace } from './state-folder.js';

/**
 * Opens it and says on stderr what was cleared up. What could not be is a warning and stops nobody: a listing must work in a
 * folder that may only be read.
 */
export async function openState(place: StatePlace): Promise<Store> {
  // Not the command's own warn: that is silent under --json, and this is about what ran on this machine.
  const tell = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const store = openStore(stateFolder(place));
  try {
    // Only here: the runner and all that it starts are half of the start-up of a command that never builds.
    const { recoverKilledRuns } = await import('../build/index.js');
    for (const what of await recoverKilledRuns(store)) tell(`cleaned: ${what}`);
  } catch (error) {
    tell(
      `warning: what a killed build left in ${store.folder} was not cleared up: ${(error as Error).message}`,
    );
  }
  return store;
}
