// A copy of an image, deployed as a machine and verified in both stages by the built command line.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OsId } from '../../src/requirements/index.js';
import type { VerifyReport } from '../../src/verify/index.js';
import { reach, withDeployedTwin } from '../helpers/deployed-twin.js';
import { startLyncimg } from '../helpers/lyncimg-process.js';

export async function verifyDeployed(options: {
  /** Where the command is started; lyncimg.yaml may lie there. */
  folder: string;
  home: string;
  role: string;
  os: OsId;
  /** As `twin start --image` takes it. */
  image: string;
  /** YAML of `twin start --as`. */
  machine: string;
}): Promise<VerifyReport> {
  const { folder, home, role, os, image, machine } = options;
  await writeFile(join(folder, 'machine.yaml'), machine);
  const args = ['--image', image, '--as', 'machine.yaml'];
  return withDeployedTwin({ folder, home, args }, async (twin) => {
    const { flags, env } = reach(twin);
    const verify = startLyncimg(['verify', ...flags, '--role', role, '--os', os, '--json'], {
      cwd: folder,
      home,
      env,
    });
    const { stdout, stderr } = await verify.ended;
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as VerifyReport;
  });
}
