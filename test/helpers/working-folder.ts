// A folder of its own for each test, in which the test runs: commands look for lyncimg.yaml where they are started.
import { afterEach, beforeEach } from 'mocha';
import { temporaryFolder } from './temporary-folder.js';

/** Call it inside `describe`. */
export function workingFolder(): { readonly path: string } {
  let before = '';
  // Before the folder's own hooks at the end: nobody may stand in a folder that is taken away.
  afterEach(() => {
    process.chdir(before);
  });
  const folder = temporaryFolder();
  beforeEach(() => {
    before = process.cwd();
    process.chdir(folder.path);
  });
  return folder;
}
