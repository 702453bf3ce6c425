// A copy of an image, deployed as a machine and verified in both stages by the built command line.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OsId } from '../../src/requirements/index.js';
import type { VerifyReport } from '../../src/verify/index.js';
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
  const password = 'A-password-of-1-test';
  const twin = startLyncimg(
    [...['twin', 'start', '--image', image, '--as', 'machine.yaml'], ...['--port', '0', '--http-port', '0']],
    { cwd: folder, home, env: { LYNCIMG_TWIN_PASSWORD: password } },
  );
  try {
    const ready = JSON.parse(await twin.line()) as {
      address: string;
      port: number;
      user: string;
      caFile: string;
    };
    const verify = await startLyncimg(
      [
        ...['verify', '--host', `${ready.address}:${String(ready.port)}`, '--user', ready.user],
        ...['--ca-file', ready.caFile, '--role', role, '--os', os, '--json'],
      ],
      { cwd: folder, home, env: { LYNCIMG_PASSWORD: password } },
    ).ended;
    if (verify.stdout === '') throw new Error(verify.stderr);
    return JSON.parse(verify.stdout) as VerifyReport;
  } finally {
    twin.kill('SIGTERM');
    await twin.ended;
  }
}
