// One conversation with one host: authentication, message ids, faults. One request at a time, in the order asked: so a
// refused password is noticed before the next request would try it again.
import { randomUUID } from 'node:crypto';
import { fail, type LyncimgError } from '../../errors/index.js';
import type { ClientHandshake } from '../auth/scheme.js';
import { decodeFault, faultText } from '../envelope/fault.js';
import { decodeResponseHeaders, encodeRequest } from '../envelope/headers.js';
import { readSoap, type SoapMessage } from '../envelope/soap.js';
import { faultCodes, faultName } from '../fault-codes.js';
import { innermostCode, type FaultFacts } from '../fault.js';
import { decodeBody } from '../xml/encoding.js';
import type { XmlElement } from '../xml/element.js';
import { XmlError } from '../xml/reader.js';
import type { Markup } from '../xml/writer.js';
import type { HttpAnswer, Transport } from './transport.js';

export interface Question {
  /** What is asked, for messages, e.g. `select Name from Win32_Service`. */
  doing: string;
  action: string;
  resourceUri: string;
  body: Markup;
  repeatable: boolean;
}

/** Asks for pages of 500 KB, the default of WinRM 3.0; hosts that allow less cut the wish down by themselves. */
const wantedEnvelopeBytes = 512_000;
/** More legs than any scheme has. */
const maximumLegs = 4;

export class Session {
  readonly #transport: Transport;
  readonly #user: string;
  readonly #handshake: ClientHandshake;
  readonly #timeoutMs: number;
  #turn: Promise<unknown> = Promise.resolve();
  #refusal: LyncimgError | null = null;

  constructor(options: {
    transport: Transport;
    user: string;
    handshake: ClientHandshake;
    timeoutMs: number;
  }) {
    this.#transport = options.transport;
    this.#user = options.user;
    this.#handshake = options.handshake;
    this.#timeoutMs = options.timeoutMs;
  }

  get host(): string {
    return this.#transport.name;
  }

  /** A message with addressing headers; gives the body of its answer. */
  async ask({ doing, action, resourceUri, body, repeatable }: Question): Promise<XmlElement> {
    const messageId = `uuid:${randomUUID().toUpperCase()}`;
    const text = encodeRequest(
      {
        to: `https://${this.host}/wsman`,
        ...{ action, messageId, resourceUri },
        maxEnvelopeBytes: wantedEnvelopeBytes,
        operationTimeoutMs: operationTimeoutMs(this.#timeoutMs),
        selectors: {},
        options: {},
      },
      [body],
    );
    const message = await this.raw(doing, text, { repeatable });
    const { relatesTo } = decodeResponseHeaders(message.header);
    if (relatesTo?.toLowerCase() !== messageId.toLowerCase()) {
      throw this.#noWsman(doing, 'it answers another message (RelatesTo)');
    }
    return message.body;
  }

  /** Any envelope; faults become errors. */
  async raw(
    doing: string,
    text: string,
    how: { repeatable: boolean; anonymous?: boolean },
  ): Promise<SoapMessage> {
    const mine = this.#turn.then(() => this.#authenticated(doing, text, how));
    this.#turn = mine.catch(() => undefined);
    const answer = await mine;
    const message = this.#read(doing, answer);
    const fault = decodeFault(message.body);
    if (fault !== null) throw this.#fault(doing, fault);
    if (answer.status !== 200) throw this.#noWsman(doing, `HTTP status ${answer.status} without a fault`);
    return message;
  }

  async #authenticated(
    doing: string,
    body: string,
    { repeatable, anonymous = false }: { repeatable: boolean; anonymous?: boolean },
  ): Promise<HttpAnswer> {
    if (this.#refusal !== null && !anonymous) throw this.#refusal;
    let authorization = anonymous ? null : this.#handshake.header();
    let offers: readonly string[] = [];
    for (let leg = 0; leg < maximumLegs; leg++) {
      const headers = {
        ...(anonymous ? { WSMANIDENTIFY: 'unauthenticated' } : {}),
        ...(authorization === null ? {} : { Authorization: authorization }),
      };
      const answer = await this.#transport.post({ doing, body, headers, repeatable });
      if (answer.status !== 401) return answer;
      offers = answer.challenges;
      authorization = anonymous ? null : this.#handshake.nextLeg(offers);
      if (authorization === null) break;
    }
    if (anonymous) throw this.#noWsman(doing, 'it identifies itself to users with a password only');
    const host = this.host;
    this.#refusal = fail('E_WSMAN_UNAUTHORIZED', { host, user: this.#user, offers }, { where: { host } });
    throw this.#refusal;
  }

  #read(doing: string, { status, bytes }: HttpAnswer): SoapMessage {
    if (bytes.length === 0) throw this.#noWsman(doing, `HTTP status ${status} and nothing else`);
    try {
      return readSoap(decodeBody(bytes).text);
    } catch (cause) {
      if (!(cause instanceof XmlError)) throw cause;
      throw this.#noWsman(doing, `HTTP status ${status} with what is no SOAP`, cause);
    }
  }

  /** Reads a part of an answer; what is missing in it is the host's fault, not ours. */
  decode<T>(doing: string, read: () => T): T {
    try {
      return read();
    } catch (cause) {
      if (!(cause instanceof XmlError)) throw cause;
      throw this.#noWsman(doing, cause.message, cause);
    }
  }

  #noWsman(doing: string, reason: string, cause?: unknown): LyncimgError {
    const host = this.host;
    return fail('E_WSMAN_PROTOCOL', { host, doing, reason }, { where: { host }, cause });
  }

  #fault(doing: string, facts: FaultFacts): LyncimgError {
    const host = this.host;
    const code = innermostCode(facts);
    if (code === faultCodes.OPERATION_TIMEDOUT.code || code === faultCodes.ENUMERATE_TIMED_OUT.code) {
      const facts = { host, doing, timeoutMs: operationTimeoutMs(this.#timeoutMs), saidByHost: true };
      return fail('E_WSMAN_TIMEOUT', facts, { where: { host } });
    }
    // Text of the host: one line, and nothing in it may steer a terminal.
    const text = faultText(facts)
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 500);
    const name = code === null ? null : faultName(code);
    return fail('E_WSMAN_FAULT', { host, doing, code, name, text }, { where: { host } });
  }
}

/** The host must give up before we do, or its reason is lost. */
function operationTimeoutMs(timeoutMs: number): number {
  return Math.max(1000, timeoutMs - 5000);
}
