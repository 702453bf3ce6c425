// Removes the paths named on the command line: `rm -rf` for every platform.
import { rmSync } from 'node:fs';

for (const path of process.argv.slice(2)) rmSync(path, { recursive: true, force: true });
