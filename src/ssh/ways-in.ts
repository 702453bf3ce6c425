// How the user proves who they are to the bastion, one way after another: agent, key files, password.
import type { AnyAuthMethod, ParsedKey } from 'ssh2';
import { agentKeys, throughAgent, type Ssh2 } from './agent.js';
import { fingerprintOf } from './host-key.js';
import { readIdentity } from './identity.js';

/** The variables of the environment that are asked. */
export interface SshEnvironment {
  SSH_AUTH_SOCK?: string | undefined;
  LYNCIMG_SSH_PASSWORD?: string | undefined;
  LYNCIMG_SSH_PASSPHRASE?: string | undefined;
}

/** What the message of a refusal tells. It holds no secret. */
export interface AuthenticationLog {
  /** E.g. `the key SHA256:… of the agent`, in the order in which they were tried. */
  tried: string[];
  /** What could not be tried, and why. */
  unusable: string[];
  /** The methods that the bastion said may go on; empty before it said. */
  offers: readonly string[];
}

interface Means {
  ssh2: Ssh2;
  user: string;
  env: SshEnvironment;
  identityFiles: readonly string[];
  log: AuthenticationLog;
  signal?: AbortSignal;
}

/**
 * Yields the next way to try; `log.offers` says what the bastion takes by then. It begins with `none` (RFC 4252, section
 * 5.2), which asks what is offered: a password never goes to a bastion that asks for keys only. Each key and
 * the password is tried once. Keyboard-interactive is left out: nobody knows what such a question will ask for.
 */
export async function* waysIn(means: Means): AsyncGenerator<AnyAuthMethod, void, undefined> {
  const { user, env, log } = means;
  yield { type: 'none', username: user };
  const seen = new Set<string>();
  yield* agentWays(means, seen);
  yield* keyWays(means, seen);
  const password = env.LYNCIMG_SSH_PASSWORD;
  if (password !== undefined && password !== '' && log.offers.includes('password')) {
    log.tried.push('the password in LYNCIMG_SSH_PASSWORD');
    yield { type: 'password', username: user, password };
  }
}

async function* agentWays(
  { ssh2, user, env, log }: Means,
  seen: Set<string>,
): AsyncGenerator<AnyAuthMethod, void, undefined> {
  const path = env.SSH_AUTH_SOCK;
  if (path === undefined || path === '') return;
  let keys: ParsedKey[];
  try {
    keys = await agentKeys(ssh2.createAgent(path));
  } catch {
    log.unusable.push(`the agent at ${path}: it does not answer`);
    return;
  }
  for (const key of keys) {
    if (!log.offers.includes('publickey')) return;
    const fingerprint = fingerprintOf(key.getPublicSSH());
    if (seen.has(fingerprint)) continue;
    seen.add(fingerprint);
    log.tried.push(`the key ${fingerprint} of the agent`);
    yield throughAgent(ssh2, { path, key, username: user });
  }
}

async function* keyWays(
  { ssh2, user, env, identityFiles, log, signal }: Means,
  seen: Set<string>,
): AsyncGenerator<AnyAuthMethod, void, undefined> {
  const passphrase = env.LYNCIMG_SSH_PASSPHRASE === '' ? undefined : env.LYNCIMG_SSH_PASSPHRASE;
  for (const file of identityFiles) {
    if (!log.offers.includes('publickey')) return;
    const reading = { passphrase, parse: ssh2.utils.parseKey, ...(signal && { signal }) };
    const identity = await readIdentity(file, reading);
    if (identity === null) continue;
    if ('why' in identity) {
      log.unusable.push(`${file}: ${identity.why}`);
      continue;
    }
    const fingerprint = fingerprintOf(identity.key.getPublicSSH());
    if (seen.has(fingerprint)) continue;
    seen.add(fingerprint);
    log.tried.push(`the key ${file}`);
    yield { type: 'publickey', username: user, key: identity.key };
  }
}
