// A certificate that signed itself, made by OpenSSL, as an administrator would.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Writes it to `file` in `folder`, its key beside it as key.pem. `ca`: whether it says that it may sign others. */
export function selfSigned(folder: string, file: string, { ca }: { ca: boolean }): void {
  const constraint = `basicConstraints=critical,CA:${ca ? 'TRUE' : 'FALSE'}`;
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-sha256', '-nodes', '-days', '30', '-batch'],
      ...['-subj', '/CN=Our own', '-addext', constraint],
      ...['-keyout', join(folder, 'key.pem'), '-out', join(folder, file)],
    ],
    { stdio: 'ignore' },
  );
}
