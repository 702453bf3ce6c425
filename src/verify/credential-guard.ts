// No account is locked out by a run over many hosts: a credential is tried on one of them, and only when that one has
// taken it are others asked at the same time. A refusal ends its use. Windows counts each wrong password of a domain
// account at the domain, whichever host it was told to; five are enough in many domains.
import type { LyncimgError } from '../errors/index.js';

export class CredentialGuard {
  #state: 'untried' | 'on-trial' | 'accepted' = 'untried';
  #refusal: LyncimgError | null = null;
  #waiting: (() => void)[] = [];

  /** Waits while a host is on trial. Gives the refusal where there was one: the host must then not be asked. */
  async enter(): Promise<LyncimgError | null> {
    while (this.#refusal === null && this.#state === 'on-trial')
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#refusal === null && this.#state === 'untried') this.#state = 'on-trial';
    return this.#refusal;
  }

  /** The host let us ask. */
  accept(): void {
    this.#state = 'accepted';
    this.#wake();
  }

  refuse(refusal: LyncimgError): void {
    this.#refusal ??= refusal;
    this.#wake();
  }

  /** The host is done with. One that was on trial and neither took nor refused it proves nothing: the next one tries. */
  leave(): void {
    if (this.#state === 'on-trial') this.#state = 'untried';
    this.#wake();
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }
}
