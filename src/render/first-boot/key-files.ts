// The files of the answer disc that only one build knows. Each is one line, as SET /P reads it: up to 1021 characters,
// and nothing in it means anything to cmd.exe, which puts it into a command line unseen (delayed expansion).
import { fail } from '../../errors/index.js';
import type { KeySecrets } from './request.js';
import { argvWord } from './words.js';

/** Path on the disc -> text. Throws E_BUILD_PASSWORD_FORM. */
export function keyFiles({
  password,
  certificatePassword,
  thumbprint,
}: KeySecrets & { thumbprint: string }): [string, string][] {
  const reason = passwordProblem(password);
  if (reason !== null) throw fail('E_BUILD_PASSWORD_FORM', { reason });
  if (!/^[A-Za-z0-9]+$/.test(certificatePassword) || !/^[0-9A-F]{40}$/.test(thumbprint)) {
    throw new Error('a key that lyncimg did not make');
  }
  return [
    ['lyncimg/password', `${argvWord(password)}\r\n`],
    ['lyncimg/certificate-password', `${certificatePassword}\r\n`],
    ['lyncimg/thumbprint', `${thumbprint}\r\n`],
  ];
}

/** Null where `net user` can set it (Microsoft, net user: 127 characters, a switch begins with /, * asks). */
function passwordProblem(password: string): string | null {
  if (password === '') return 'it is empty';
  if (password.length > 127) return `it has ${password.length} characters, and 127 is the most`;
  if (!/^[ -~]*$/.test(password)) return 'it holds a character that is not printable ASCII';
  if (password.startsWith('/')) return 'it begins with /, which Windows takes for a switch';
  if (password === '*') return 'it is *, at which Windows asks for one';
  return null;
}
