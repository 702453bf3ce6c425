// A rehearsal's image as a deployed machine: `twin start --image`, for as long as somebody works with it.
import { startLyncimg } from './lyncimg-process.js';

export interface DeployedTwin {
  host: string;
  port: number;
  user: string;
  password: string;
  caFile: string;
}

/** `args` go to `twin start` beside the ports. It is ended whatever `work` does. */
export async function withDeployedTwin<T>(
  { folder, home, args }: { folder: string; home: string; args: string[] },
  work: (twin: DeployedTwin) => Promise<T>,
): Promise<T> {
  const password = 'A-password-of-1-test';
  const twin = startLyncimg(['twin', 'start', '--port', '0', '--http-port', '0', ...args], {
    cwd: folder,
    home,
    env: { LYNCIMG_TWIN_PASSWORD: password },
  });
  try {
    const { address, port, user, caFile } = JSON.parse(await twin.line()) as {
      address: string;
      port: number;
      user: string;
      caFile: string;
    };
    return await work({ host: address, port, user, password, caFile });
  } finally {
    twin.kill('SIGTERM');
    await twin.ended;
  }
}

/** Where `verify` finds it: flags, and the password for the environment. */
export function reach(twin: DeployedTwin): { flags: string[]; env: Record<string, string> } {
  const { host, port, user, password, caFile } = twin;
  return {
    flags: ['--host', `${host}:${String(port)}`, '--ca-file', caFile, '--user', user],
    env: { LYNCIMG_PASSWORD: password },
  };
}
