// A connection on which the host knows who asks. Schemes that hold for the connection are run with empty requests
// first (so no message is lost to a 401), and may seal what follows; the others send their header with each request.
import { fail, type LyncimgError } from '../../errors/index.js';
import {
  SecurityError,
  type ClientHandshake,
  type ClientScheme,
  type MessageSecurity,
} from '../auth/scheme.js';
import { decodeSealedBody, encodeSealedBody } from '../sealed-body.js';
import { StaleConnection, type Connection, type HttpAnswer, type Post } from './connection.js';
import { protocol, unreachable } from './network-failure.js';
import type { AuthenticationUsed } from './options.js';
import { within } from './within.js';

/** More legs than any scheme has. */
const maximumLegs = 5;
const soapType = 'application/soap+xml;charset=UTF-8';
const empty = Buffer.alloc(0);

/** What of a request does not depend on its body. */
export type Around = Pick<Post, 'doing' | 'timeoutMs' | 'timeout' | 'signal'>;

export class Authenticated {
  readonly #connection: Connection;
  readonly #scheme: ClientScheme;
  readonly #handshake: ClientHandshake;
  readonly #user: string;
  readonly #host: string;
  #header: string | null = null;
  #security: MessageSecurity | null = null;
  /** The host has looked at the credential: only then is its 401 a refusal. */
  #credentialSent = false;
  #isAccepted = false;

  constructor(options: { connection: Connection; scheme: ClientScheme; user: string; host: string }) {
    this.#connection = options.connection;
    this.#scheme = options.scheme;
    this.#handshake = options.scheme.begin(options.connection.facts);
    this.#user = options.user;
    this.#host = options.host;
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  /** The host knows the connection, not the request: it may have forgotten it. */
  get holds(): boolean {
    return this.#scheme.holdsForConnection;
  }

  /** The credential was sent, and whether the host takes it was not heard. */
  get isUndecided(): boolean {
    return this.#credentialSent && !this.#isAccepted;
  }

  close(): void {
    this.#connection.close();
  }

  /** Throws E_WSMAN_UNAUTHORIZED, E_WSMAN_NOT_OFFERED, E_WSMAN_SECURITY, E_WSMAN_PROTOCOL. */
  async handshake(around: Around): Promise<AuthenticationUsed> {
    const first = await this.#guarded(around, () => this.#handshake.first());
    if (!this.#scheme.holdsForConnection) {
      this.#header = first;
      this.#credentialSent = true;
      return { scheme: this.#scheme.name, sealed: false };
    }
    const challenges = await this.#legs(first, around);
    this.#isAccepted = true;
    const { secure } = this.#connection.facts;
    this.#security = await this.#guarded(around, () => this.#handshake.accepted(challenges));
    if (!secure && this.#security === null) {
      throw this.#insecure(around, `${this.#scheme.name} does not seal messages, and there is no TLS`);
    }
    return { scheme: this.#scheme.name, sealed: this.#security !== null };
  }

  /** Sealed where that was agreed. The answer's bytes are the plain ones. */
  async post(body: Buffer, around: Around): Promise<HttpAnswer> {
    const headers = this.#header === null ? {} : { Authorization: this.#header };
    const security = this.#security;
    if (security === null) {
      return this.#connection.post({ ...around, contentType: soapType, body, headers });
    }
    const plain = { originalType: soapType, plainLength: body.length, protocol: security.protocol };
    const { contentType, bytes } = encodeSealedBody(security.seal(body), plain);
    const answer = await this.#connection.post({ ...around, contentType, body: bytes, headers });
    return this.#open(answer, security, around);
  }

  /** What a 401 with these offers means. */
  refused(offers: readonly string[], doing: string): LyncimgError {
    const { name, word } = this.#scheme;
    const where = { where: { host: this.#host } };
    if (this.#isAccepted) {
      const reason = `it accepted ${name} and then asks for it again (offers ${offers.map(firstWord).join(', ')})`;
      return protocol(this.#host, doing, reason);
    }
    const isOffered = offers.some((offer) => offer.toLowerCase().includes(word.toLowerCase()));
    // A certificate's profile is offered by no word.
    if (this.#credentialSent && (isOffered || name === 'certificate' || offers.length === 0)) {
      const facts = { host: this.#host, user: this.#user, scheme: name, offers };
      return fail('E_WSMAN_UNAUTHORIZED', facts, where);
    }
    return fail('E_WSMAN_NOT_OFFERED', { host: this.#host, scheme: name, offers }, where);
  }

  async #legs(first: string, around: Around): Promise<readonly string[]> {
    let header = first;
    let offers: readonly string[] = [];
    for (let leg = 1; leg <= maximumLegs; leg++) {
      const headers = { Authorization: header };
      const answer = await this.#leg(headers, around);
      if (answer.status !== 401) {
        if (answer.status === 200) return answer.challenges;
        throw protocol(this.#host, around.doing, `HTTP status ${answer.status} to ${this.#scheme.name}`);
      }
      offers = answer.challenges;
      const next = await this.#guarded(around, () => this.#handshake.next(offers));
      if (next === null) throw this.refused(offers, around.doing);
      if (!this.#connection.isOpen) {
        const reason = `it closed the connection in the middle of ${this.#scheme.name}, which needs one`;
        throw protocol(this.#host, around.doing, reason);
      }
      header = next;
      this.#credentialSent = true;
    }
    const reason = `after ${maximumLegs} legs of ${this.#scheme.name} it asks for more (offers ${offers.map(firstWord).join(', ')})`;
    throw protocol(this.#host, around.doing, reason);
  }

  /** The host may have looked at the credential before it went away: nobody may simply try again. */
  async #leg(headers: Record<string, string>, around: Around): Promise<HttpAnswer> {
    try {
      return await this.#connection.post({ ...around, contentType: soapType, body: empty, headers });
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
      throw unreachable(this.#host, `it broke the connection off in the middle of ${this.#scheme.name}`);
    }
  }

  #open(answer: HttpAnswer, security: MessageSecurity, around: Around): HttpAnswer {
    // A refusal, and an answer without a body, come plain.
    if (answer.status === 401 || answer.bytes.length === 0) return answer;
    try {
      if (!/^\s*multipart\/(?:x-multi-)?encrypted/i.test(answer.contentType)) {
        throw new SecurityError('it is not sealed, and was agreed to be');
      }
      const { message, plainLength } = decodeSealedBody(answer.contentType, answer.bytes);
      const bytes = security.unseal(message);
      if (bytes.length !== plainLength) throw new SecurityError('its length is not what it says');
      return { ...answer, bytes };
    } catch (error) {
      // Whoever wrote this, the count of messages is out of step from here on.
      this.close();
      throw this.#ours(error, around);
    }
  }

  async #guarded<T>(around: Around, step: () => Promise<T>): Promise<T> {
    try {
      // A scheme may ask others than the host, a KDC for one, and those may not answer.
      const limit = { ms: around.timeoutMs, error: around.timeout, signals: [around.signal] };
      return await within(limit, step);
    } catch (error) {
      this.close();
      throw this.#ours(error, around);
    }
  }

  #ours(error: unknown, around: Around): unknown {
    return error instanceof SecurityError ? this.#insecure(around, error.message, error) : error;
  }

  #insecure({ doing }: Around, reason: string, cause?: unknown): LyncimgError {
    const host = this.#host;
    return fail('E_WSMAN_SECURITY', { host, doing, reason }, { where: { host }, cause });
  }
}

function firstWord(offer: string): string {
  return offer.trim().split(/\s+/)[0] ?? '';
}
