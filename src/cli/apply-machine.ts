// From the flags of `apply` to a machine that can be asked and changed: both by one user, one password and one trust.
import type { HostAddress } from '../verify/index.js';
import type { Authentication, TlsOptions } from '../wsman/index.js';
import { readTls } from './connection-flags.js';
import { parseHostAddress, winrmPorts } from './host-address.js';
import { readPassword, type PasswordOptions } from './password.js';

export interface MachineRequest extends Omit<PasswordOptions, 'file'> {
  /** As typed. */
  host: string;
  scheme: 'https' | 'http';
  method: 'ntlm' | 'basic';
  passwordFile: string | undefined;
  caFile: string | undefined;
}

export interface ReachedMachine {
  address: HostAddress;
  transport: { scheme: 'https' | 'http'; method: 'ntlm' | 'basic' };
  user: string;
  password: string;
  /** As our own client signs in. */
  auth: Authentication;
  tls: TlsOptions;
}

/** Throws E_HOST_ADDRESS, E_CA_FILE and E_PASSWORD_*. */
export async function readMachine(request: MachineRequest): Promise<ReachedMachine> {
  const { host, scheme, method, user, caFile } = request;
  const address = parseHostAddress(host, winrmPorts[scheme]);
  const tls = await readTls({ caFile, fingerprints: undefined, min: '1.2' });
  const password = await readPassword({ ...request, file: request.passwordFile });
  const auth: Authentication = { method: method === 'basic' ? 'basic' : 'negotiate', user, password };
  return { address, transport: { scheme, method }, user, password, auth, tls };
}
