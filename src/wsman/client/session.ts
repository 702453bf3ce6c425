// One conversation with one host: authentication, sealing, message ids, faults. One request at a time, in the order
// asked: sealed messages are counted, and a refused password is noticed before the next request would try it again.
import { randomUUID } from 'node:crypto';
import { fail, LyncimgError } from '../../errors/index.js';
import type { ClientScheme } from '../auth/scheme.js';
import { decodeFault } from '../envelope/fault.js';
import { decodeResponseHeaders, encodeRequest } from '../envelope/headers.js';
import { readSoap, type SoapMessage } from '../envelope/soap.js';
import { decodeBody } from '../xml/encoding.js';
import type { XmlElement } from '../xml/element.js';
import { XmlError } from '../xml/reader.js';
import type { Asker, Question } from './asker.js';
import { Authenticated } from './authenticated.js';
import { StaleConnection, type Connection, type HttpAnswer } from './connection.js';
import { faultError } from './fault-error.js';
import { protocol, unreachable } from './network-failure.js';
import type { AuthenticationUsed, ClientLimits } from './options.js';

/** Asks for pages of 500 KB, the default of WinRM 3.0; hosts that allow less cut the wish down by themselves. */
const wantedEnvelopeBytes = 512_000;

export interface SessionOptions {
  /** `host:port`, for messages. */
  name: string;
  /** The address that messages are addressed to; hosts do not compare it with themselves. */
  to: string;
  scheme: ClientScheme;
  user: string;
  limits: ClientLimits;
  open: (signal: AbortSignal | undefined) => Promise<Connection>;
  signal: AbortSignal | undefined;
}

export interface RawMessage {
  doing: string;
  text: string;
  repeatable: boolean;
  deadline: number;
  signal?: AbortSignal | undefined;
}

export class Session implements Asker {
  readonly #options: SessionOptions;
  #turn: Promise<unknown> = Promise.resolve();
  #line: Authenticated | null = null;
  /** The host's no to the credential: it is not tried again. */
  #refusal: LyncimgError | null = null;
  #used: AuthenticationUsed | null = null;
  readonly #closed = new AbortController();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get host(): string {
    return this.#options.name;
  }

  get authenticationUsed(): AuthenticationUsed | null {
    return this.#used;
  }

  /** A message with addressing headers; gives the body of its answer. */
  async ask(question: Question): Promise<XmlElement> {
    const { doing, action, resourceUri, selectors = {}, options = {}, repeatable, deadline } = question;
    const messageId = `uuid:${randomUUID().toUpperCase()}`;
    const text = encodeRequest(
      {
        ...{ to: this.#options.to, action, messageId, resourceUri, selectors, options },
        maxEnvelopeBytes: wantedEnvelopeBytes,
        operationTimeoutMs: this.#operationTimeoutMs(question),
      },
      question.body,
    );
    const message = await this.raw({ doing, text, repeatable, deadline, signal: question.signal });
    const { relatesTo } = decodeResponseHeaders(message.header);
    if (relatesTo?.toLowerCase() !== messageId.toLowerCase()) {
      // Every later answer on this connection would be one behind.
      this.#line?.close();
      throw protocol(this.host, doing, 'it answers another message (RelatesTo)');
    }
    return message.body;
  }

  /** Any envelope, authenticated; faults become errors. */
  async raw(message: RawMessage): Promise<SoapMessage> {
    const mine = this.#turn.then(() => this.#exchange(message));
    this.#turn = mine.catch(() => undefined);
    return this.#read(message, await mine);
  }

  /** The same without a word of who asks, on a connection of its own. */
  async anonymous(message: RawMessage): Promise<SoapMessage> {
    const connection = await this.#options.open(this.#signals(message.signal));
    try {
      const answer = await connection.post({
        ...{ doing: message.doing, contentType: soapType, body: Buffer.from(message.text, 'utf8') },
        headers: { WSMANIDENTIFY: 'unauthenticated' },
        ...this.#timeLimit(message),
      });
      if (answer.status === 401) {
        throw protocol(this.host, message.doing, 'it identifies itself to users with a password only');
      }
      return this.#read(message, answer);
    } finally {
      connection.close();
    }
  }

  /** Reads a part of an answer; what is missing in it is the host's fault, not ours. */
  decode<T>(doing: string, read: () => T): T {
    try {
      return read();
    } catch (cause) {
      if (!(cause instanceof XmlError)) throw cause;
      throw protocol(this.host, doing, cause.message, cause);
    }
  }

  close(): void {
    this.#closed.abort(unreachable(this.host, 'the client was closed'));
    this.#line?.close();
  }

  async #exchange(message: RawMessage): Promise<HttpAnswer> {
    const body = Buffer.from(message.text, 'utf8');
    for (let attempt = 1; ; attempt++) {
      const isReused = this.#line?.isOpen === true;
      try {
        const line = await this.#authenticated(message);
        const answer = await line.post(body, { doing: message.doing, ...this.#timeLimit(message) });
        if (answer.status !== 401) return answer;
        // Accepted before on this connection: a host that restarted its service has forgotten it.
        line.close();
        if (!line.holds || !isReused || attempt > 1) throw line.refused(answer.challenges, message.doing);
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw this.#remembered(error);
        // A connection that was made for this message was not idle: then it broke while the host worked on it.
        if (!isReused || attempt > 1 || !message.repeatable)
          throw unreachable(this.host, 'the connection was broken off');
      }
    }
  }

  async #authenticated(message: RawMessage): Promise<Authenticated> {
    if (this.#refusal !== null) throw this.#refusal;
    if (this.#line?.isOpen === true) return this.#line;
    const { scheme, user, open } = this.#options;
    const connection = await open(this.#signals(message.signal));
    const line = new Authenticated({ connection, scheme, user, host: this.host });
    // From here on, for whoever closes the client in the middle of it.
    this.#line = line;
    try {
      this.#used = await line.handshake({ doing: message.doing, ...this.#timeLimit(message) });
    } catch (error) {
      line.close();
      // The host may have looked at the credential, and counted it: only one that it accepted before may go again.
      if (line.isUndecided && this.#used === null) this.#refusal = this.#undecided(error);
      throw error;
    }
    return line;
  }

  #undecided(error: unknown): LyncimgError {
    if (error instanceof LyncimgError) return error;
    return unreachable(this.host, 'a login before this one was broken off, and the password is tried once');
  }

  #remembered(error: unknown): unknown {
    if (error instanceof LyncimgError && error.code === 'E_WSMAN_UNAUTHORIZED') this.#refusal = error;
    return error;
  }

  #read({ doing }: RawMessage, answer: HttpAnswer): SoapMessage {
    const { status, bytes } = answer;
    if (bytes.length === 0) throw protocol(this.host, doing, this.#withoutWords(status));
    let message: SoapMessage;
    try {
      message = readSoap(decodeBody(bytes).text);
    } catch (cause) {
      if (!(cause instanceof XmlError)) throw cause;
      throw protocol(this.host, doing, `HTTP status ${status} with what is no SOAP`, cause);
    }
    const fault = decodeFault(message.body);
    if (fault !== null) {
      const timeoutMs = this.#options.limits.answerMs;
      throw faultError(fault, { host: this.host, doing, timeoutMs });
    }
    if (status !== 200) throw protocol(this.host, doing, `HTTP status ${status} without a fault`);
    return message;
  }

  /** A bare 500 is what Windows says to a body that is not sealed where it must be, among other things. */
  #withoutWords(status: number): string {
    const used = this.#used;
    const how = used === null ? '' : ` (asked by ${used.scheme}, ${used.sealed ? 'sealed' : 'not sealed'})`;
    return `HTTP status ${status} and nothing else${how}`;
  }

  #timeLimit({ doing, deadline, signal }: Pick<RawMessage, 'doing' | 'deadline' | 'signal'>): {
    timeoutMs: number;
    timeout: () => Error;
    signal: AbortSignal;
  } {
    const timeoutMs = Math.min(this.#options.limits.answerMs, deadline - performance.now());
    const shown = Math.max(0, Math.round(timeoutMs));
    return {
      timeoutMs,
      timeout: () => {
        const facts = { host: this.host, doing, timeoutMs: shown, saidByHost: false };
        return fail('E_WSMAN_TIMEOUT', facts, { where: { host: this.host } });
      },
      signal: this.#signals(signal),
    };
  }

  /** Whatever ends a message before its time. */
  #signals(own: AbortSignal | undefined): AbortSignal {
    const all = [this.#closed.signal, this.#options.signal, own].filter((signal) => signal !== undefined);
    return AbortSignal.any(all);
  }

  /** The host must give up before we do, or its reason is lost. */
  #operationTimeoutMs({ operationTimeoutMs, deadline }: Question): number {
    const left = Math.min(this.#options.limits.answerMs, deadline - performance.now());
    return Math.max(1000, Math.min(operationTimeoutMs ?? left - 5000, left));
  }
}

const soapType = 'application/soap+xml;charset=UTF-8';
