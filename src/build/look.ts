// A look at the guest before Packer may: Packer cannot tell a wrong certificate from a wrong password (both end as
// "Timeout waiting for WinRM"), and repeats a wrong password every five seconds until then, which locks accounts.
// Our own client says which it is, with one attempt.
import { fail } from '../errors/index.js';
import { saysItIsATwin } from '../verify/index.js';
import { connect, type ConnectOptions } from '../wsman/index.js';

export interface LookOptions {
  connection: Pick<ConnectOptions, 'host' | 'port' | 'auth' | 'tls' | 'signal'>;
  /** True where the platform makes rehearsals: then nothing but a twin may answer. */
  rehearsal: boolean;
  placeholders: number;
}

/** Throws E_WSMAN_* for address, certificate and password, and E_BUILD_NOT_A_TWIN. */
export async function lookAtGuest({ connection, rehearsal, placeholders }: LookOptions): Promise<void> {
  const client = connect({ ...connection, scheme: 'https' });
  try {
    const identity = await client.identify();
    // Identify may be answered by the HTTP layer alone; a query shows that the account may also ask.
    await client.enumerate({ namespace: 'root/cimv2', wql: 'select Version from Win32_OperatingSystem' });
    if ((rehearsal || placeholders > 0) && !saysItIsATwin(identity)) {
      throw fail('E_BUILD_NOT_A_TWIN', { host: client.host, placeholders });
    }
  } finally {
    client.close();
  }
}
