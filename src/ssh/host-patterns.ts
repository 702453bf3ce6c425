// Which hosts a line of known_hosts is for: names with wildcards and negation, or one hashed name (sshd(8), "SSH_KNOWN_HOSTS
// FILE FORMAT"; patterns of ssh_config(5)).
import { createHmac } from 'node:crypto';

/** Tells whether the line is for the host, by its name as `knownHostsName` writes it. */
export type HostMatcher = (name: string) => boolean;

/** Null where the field is none that could match anything. */
export function hostMatcher(field: string): HostMatcher | null {
  if (field.startsWith('|')) return hashedMatcher(field);
  const patterns = field
    .toLowerCase()
    .split(',')
    .filter((pattern) => pattern !== '' && pattern !== '!');
  if (patterns.length === 0) return null;
  const refused = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const taken = patterns.filter((pattern) => !pattern.startsWith('!'));
  // A negated pattern that fits outweighs all others of its line.
  return (name) =>
    !refused.some((pattern) => matches(pattern, name)) && taken.some((pattern) => matches(pattern, name));
}

/** `|1|salt|hash`, both base64: HMAC-SHA1 of the name, keyed with the salt. */
function hashedMatcher(field: string): HostMatcher | null {
  const [empty, version, salt = '', hash = '', ...more] = field.split('|');
  if (empty !== '' || version !== '1' || more.length > 0) return null;
  const key = Buffer.from(salt, 'base64');
  const digest = Buffer.from(hash, 'base64');
  if (key.length !== 20 || digest.length !== 20) return null;
  return (name) => createHmac('sha1', key).update(name).digest().equals(digest);
}

/** `*` for any run, `?` for one character. Goes back to the last `*` only, so the time is bounded by the product. */
function matches(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < name.length;) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      resume = i;
    } else if (wanted === '?' || wanted === name[i]) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
