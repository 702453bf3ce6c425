import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'mocha';
import { isRunning, until } from '../helpers/processes.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const tools = new URL('../../src/tools/index.ts', import.meta.url).href;

describe('the groups of a lyncimg that exits', () => {
  const folder = temporaryFolder();

  for (const [how, ending] of [
    ['by itself', 'process.exit(0)'],
    ['by an exception that nobody caught', 'setImmediate(() => { throw new Error("defect"); })'],
  ] as const) {
    it(`end with it when it exits ${how}`, async () => {
      const script = join(folder.path, 'parent.mts');
      await writeFile(
        script,
        `import { startTool } from ${JSON.stringify(tools)};
         const tool = await startTool({ file: '/bin/sleep', args: ['60'], env: {}, cwd: '/' });
         console.log(tool.pid);
         process.stdin.once('data', () => { ${ending}; });`,
      );
      const parent = spawn(process.execPath, ['--import', 'tsx', script], {
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
      const pid = Number(line);
      expect(isRunning(pid)).to.equal(true);

      parent.stdin.write('go\n');
      await once(parent, 'exit');

      await until(() => !isRunning(pid));
    });
  }
});
