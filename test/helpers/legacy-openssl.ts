// Debian's ntlm-auth takes MD4 from OpenSSL, whose version 3 keeps it in the legacy provider, which is off by default.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const configuration = `openssl_conf = start
[start]
providers = providers
[providers]
default = active
legacy = active
[active]
activate = 1
`;

/** Environment for one child: the provider is switched on in it and nowhere else. */
export async function legacyOpenssl(folder: string): Promise<{ OPENSSL_CONF: string }> {
  const file = join(folder, 'openssl-legacy.cnf');
  await writeFile(file, configuration);
  return { OPENSSL_CONF: file };
}
