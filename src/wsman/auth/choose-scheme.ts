// Which scheme is used, decided before anything is sent. Nothing is tried after a refusal: a fallback would be a
// second try of the password, and a weaker one.
import { fail, type LyncimgError } from '../../errors/index.js';
import type { Authentication } from '../client/options.js';
import { basicClient } from './basic.js';
import { certificateClient } from './certificate.js';
import { kerberosClient } from './kerberos.js';
import { ntlmClient } from './ntlm-client.js';
import type { ClientScheme } from './scheme.js';

interface SchemePlace {
  /** `host:port`, for messages. */
  host: string;
  scheme: 'https' | 'http';
}

/** Throws E_WSMAN_PLAIN_HTTP for what needs TLS below it. */
export function chooseScheme(auth: Authentication, { host, scheme }: SchemePlace): ClientScheme {
  const refused = (method: string): LyncimgError =>
    fail('E_WSMAN_PLAIN_HTTP', { host, method }, { where: { host } });
  const method = auth.method === 'negotiate' ? ('user' in auth ? 'ntlm' : 'kerberos') : auth.method;
  if (method !== 'ntlm' && scheme === 'http') throw refused(method);
  if (auth.method === 'certificate') return certificateClient();
  if (!('user' in auth)) return kerberosClient();
  const { user, password } = auth;
  return auth.method === 'basic' ? basicClient({ user, password }) : ntlmClient({ user, password });
}

/** For messages: who asks. */
export function whoAsks(auth: Authentication): string {
  if ('user' in auth) return auth.user;
  return auth.method === 'certificate' ? 'of this certificate' : 'of the Kerberos ticket';
}
