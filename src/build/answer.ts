// The answer folder: what would be the answer disc of a real machine. The guest's boot task finds it, takes this
// build's key from it and goes by that until it is un-keyed. Everything in it is a secret of one layer's build.
import type { Credentials } from './credentials.js';
import { writeSecretFiles } from './secret-files.js';

/** Writes folder (0700) and files (0600); the password is not among them, it goes by environment. */
export async function writeAnswerFolder(folder: string, credentials: Credentials): Promise<void> {
  const files = {
    'answer.json': `${JSON.stringify({ label: 'LYNCIMG', format: 1 })}\n`,
    'ca.crt': credentials.caCertificate,
    'server.crt': credentials.serverCertificate,
    'server.key': credentials.serverKey,
  };
  await writeSecretFiles(folder, new Map(Object.entries(files)));
}
