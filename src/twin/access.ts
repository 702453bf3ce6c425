// Who may come in: one administrator with one password, behind one certificate. The key lives in memory only; the
// state never holds it, so a machine at rest has none.
import { createHmac, randomBytes, timingSafeEqual, X509Certificate } from 'node:crypto';
import { ntHash } from '../wsman/index.js';

export const administrator = 'Administrator';

export interface AccessKey {
  password: string;
  /** PEM. */
  ca: string;
  cert: string;
  key: string;
}

export class Access {
  /** Passwords are compared as digests under a key of this process: equal lengths, and nothing to read in memory. */
  readonly #salt = randomBytes(32);
  #password: Buffer | null = null;
  /** What NTLM is worked out from: as good as the password, and gone with it. */
  #ntHash: Buffer | null = null;

  /** From here on the old password is worth nothing. */
  take(key: AccessKey): void {
    this.#password = this.#digest(key.password);
    this.#ntHash = ntHash(key.password);
  }

  /** Un-keying: nobody comes in. */
  forget(): void {
    this.#password = null;
    this.#ntHash?.fill(0);
    this.#ntHash = null;
  }

  get isKeyed(): boolean {
    return this.#password !== null;
  }

  /** For NTLM; null for another user, another domain, and a machine without a key. */
  ntHashOf(user: string, domain: string, computerName: string): Buffer | null {
    const isUser = user.toLowerCase() === administrator.toLowerCase();
    // A client that was given no domain sends an empty one.
    return isUser && (domain === '' || isHere(domain, computerName)) ? this.#ntHash : null;
  }

  /**
   * One answer for a wrong user, a wrong password and a machine without a key, after the same work. `DOMAIN\user` is
   * taken for this computer's own name and for `.`.
   */
  authenticate(given: { user: string; password: string }, computerName: string): boolean {
    const [first = '', second] = given.user.split('\\', 2);
    const user = (second ?? first).toLowerCase();
    const isUser = timingSafeEqual(this.#digest(user), this.#digest(administrator.toLowerCase()));
    const isLocal = isHere(second === undefined ? '.' : first, computerName);
    const known = this.#password ?? randomBytes(32);
    const isPassword = timingSafeEqual(this.#digest(given.password), known);
    return [isUser, isLocal, isPassword].every(Boolean);
  }

  #digest(text: string): Buffer {
    return createHmac('sha256', this.#salt).update(text, 'utf8').digest();
  }
}

/** The machine is in a workgroup: its accounts are its own. */
function isHere(domain: string, computerName: string): boolean {
  return ['.', computerName.toLowerCase()].includes(domain.toLowerCase());
}

/** As Windows shows it: SHA-1 of the DER, upper-case hex without colons. */
export function thumbprint(certificate: string): string {
  return new X509Certificate(certificate).fingerprint.replaceAll(':', '');
}

/** Long, with letters of both cases, digits and a sign: what the default password policy asks for. */
export function makePassword(): string {
  return `${randomBytes(18).toString('base64url')}aA1!`;
}

/** Why Windows would not take it, or null. The default policy of a server in a workgroup asks for complexity. */
export function passwordProblem(password: string): string | null {
  if (password.length < 8) return 'it is shorter than 8 characters';
  if (password.length > 127) return 'it is longer than 127 characters';
  // eslint-disable-next-line no-control-regex -- exactly those
  if (/[\u0000-\u001f\u007f]/.test(password)) return 'it holds control characters';
  return null;
}
