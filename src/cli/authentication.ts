// Who asks the machines, and by what: from flags, environment, files and a prompt to what the client takes.
import { readFile } from 'node:fs/promises';
import { fail } from '../errors/index.js';
import type { Authentication } from '../wsman/index.js';
import { readPassword, type PasswordOptions } from './password.js';

export const authMethods = ['negotiate', 'ntlm', 'kerberos', 'basic', 'certificate'] as const;

export interface AuthenticationRequest extends Omit<PasswordOptions, 'user' | 'file'> {
  method: (typeof authMethods)[number];
  user: string | undefined;
  passwordFile: string | undefined;
  cert: string | undefined;
  key: string | undefined;
}

/** Throws E_USAGE for what does not go together, E_PASSWORD_* and E_WSMAN_CLIENT_CERTIFICATE. */
export async function readAuthentication(request: AuthenticationRequest): Promise<Authentication> {
  const { method, user, passwordFile, cert, key } = request;
  const isCertificate = method === 'certificate';
  if (!isCertificate && (cert !== undefined || key !== undefined))
    throw wrongUse('--cert and --key belong to --auth certificate.');
  if (isCertificate) return certificateOf(request);
  if (user === undefined) {
    if (method === 'ntlm' || method === 'basic') throw wrongUse(`--auth ${method} needs --user.`);
    if (passwordFile !== undefined) throw wrongUse('--password-file needs --user.');
    return { method };
  }
  if (method === 'kerberos')
    throw wrongUse('--auth kerberos asks as the user of the ticket (klist); leave --user out.');
  return { method, user, password: await readPassword({ ...request, user, file: passwordFile }) };
}

async function certificateOf(request: AuthenticationRequest): Promise<Authentication> {
  const { user, passwordFile, env } = request;
  if (user !== undefined || passwordFile !== undefined)
    throw wrongUse(
      '--auth certificate takes the account that the host maps the certificate to: leave --user out.',
    );
  if (request.cert === undefined || request.key === undefined)
    throw wrongUse('--auth certificate needs --cert and --key.');
  const passphrase = env['LYNCIMG_KEY_PASSPHRASE'];
  const [cert, key] = await Promise.all([readPem(request.cert), readPem(request.key)]);
  return {
    method: 'certificate',
    cert,
    key,
    ...(passphrase !== undefined && passphrase !== '' && { passphrase }),
  };
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = (error as Error).message;
    throw fail('E_WSMAN_CLIENT_CERTIFICATE', { reason }, { where: { file }, cause: error });
  }
}

function wrongUse(message: string): Error {
  return fail('E_USAGE', { message });
}
