// Asks a machine the questions, one after the other: answers on a WS-Management connection are serial anyway, and a
// 2008 R2 allows fifteen operations a user in all (MS-WSMV 2.2.4.10). No shell is opened, nothing runs on the far side.
import { LyncimgError, type Code } from '../errors/index.js';
import type { Answer, CimRow, FactQuery } from '../requirements/index.js';
import type { OperationOptions, WsmanClient } from '../wsman/index.js';
import { askOne } from './ask-one.js';
import type { AnsweredQuery, HostFacts } from './host-facts.js';
import { readIdentity } from './identity.js';
import { covers, mergeQueries } from './merge-queries.js';
import { findOs, firstQuestion, type OsFinding } from './operating-system.js';
import { timeLimitMs } from './query-limits.js';
import { queryTitle } from './query-text.js';
import type { HostIdentity } from './types.js';

export interface CollectOptions {
  /** Under which name the host goes in reports. */
  host: string;
  /** What to ask, once the host has said which Windows it is; or has not. */
  queries: (found: OsFinding) => readonly FactQuery[];
  now: () => Date;
  /**
   * Ends the asking. Where its reason is an error of the time limits the host keeps what it has answered; any other
   * reason is thrown.
   */
  signal?: AbortSignal | undefined;
  /** Told once, as soon as the host has let us ask. */
  onAccepted?: () => void;
}

export interface Collected {
  facts: HostFacts;
  /** What `facts.error` was made of, with its advice. */
  failure: LyncimgError | null;
}

// After one of these no other question can be asked either, and asking again with a refused password would lock the
// account. Everything else concerns the one question.
const endsTheHost: readonly Code[] = [
  'E_WSMAN_UNREACHABLE',
  'E_WSMAN_CERTIFICATE',
  'E_WSMAN_UNAUTHORIZED',
  'E_WSMAN_NOT_OFFERED',
  'E_WSMAN_KERBEROS',
  'E_WSMAN_SECURITY',
  'E_WSMAN_PLAIN_HTTP',
];
// What only a host can say that speaks WS-Management and has let us ask.
const saidByHost: readonly Code[] = [
  'E_WSMAN_FAULT',
  'E_WSMAN_ACCESS_DENIED',
  'E_WSMAN_QUOTA',
  'E_WSMAN_SHELL_LIMIT',
  'E_WSMAN_CLASS_ABSENT',
  'E_WSMAN_ENVELOPE',
  'E_WSMAN_REGISTRY',
  'E_WSMAN_REGISTRY_LIST',
];
const isOfBastion = (code: Code): boolean => code.startsWith('E_SSH_');
const outOfTime: readonly Code[] = ['E_VERIFY_HOST_TIMEOUT', 'E_VERIFY_RUN_TIMEOUT'];

const identifyMs = 30_000;

/** Never throws what a host did: that is the document's `error`. What is not among the answers was not asked. */
export async function collectFacts(client: WsmanClient, options: CollectOptions): Promise<Collected> {
  const { host, now } = options;
  const startedAt = now().toISOString();
  const asking = new Asking(client, options);
  await asking.identify();
  await asking.all([firstQuestion]);
  if (!asking.isOver) await asking.all(options.queries(asking.os()));
  const { failure } = asking;
  return {
    failure,
    facts: {
      apiVersion: 'lyncimg/v1',
      kind: 'HostFacts',
      host,
      answered: asking.hasAnswered,
      identity: asking.identity,
      authentication: client.authenticationUsed(),
      error: failure === null ? null : { code: failure.code, message: failure.message },
      startedAt,
      finishedAt: now().toISOString(),
      answers: asking.answers,
    },
  };
}

/** What came so far, and whether to go on. */
class Asking {
  readonly answers: AnsweredQuery[] = [];
  identity: HostIdentity | null = null;
  /** It spoke WS-Management: an answer, or a fault, which is one too. */
  hasAnswered = false;
  isOver = false;
  readonly #client: WsmanClient;
  readonly #options: CollectOptions;
  #failure: LyncimgError | null = null;

  constructor(client: WsmanClient, options: CollectOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Why the host was not asked to the end, or not at all. */
  get failure(): LyncimgError | null {
    return this.isOver || !this.hasAnswered ? this.#failure : null;
  }

  async identify(): Promise<void> {
    const asked = await this.#ask(identifyMs, (how) => this.#client.identify(how));
    if ('value' in asked) this.identity = readIdentity(asked.value);
    // A host that is silent to the first question would be as silent to each of the others.
    else if (asked.error.code === 'E_WSMAN_TIMEOUT') this.#end(asked.error);
  }

  async all(queries: readonly FactQuery[]): Promise<void> {
    for (const query of mergeQueries(queries)) {
      if (this.isOver) return;
      if (this.answers.some((answered) => covers(answered.query, query))) continue;
      const at = this.#options.now().toISOString();
      const answer = await this.#answer(query);
      // The question that the host was lost at is one of those that nobody answered.
      if (answer !== null) this.answers.push({ at, query, answer } as AnsweredQuery);
    }
  }

  os(): OsFinding {
    const [first] = this.answers;
    const answer = first?.query.kind === 'cim' ? (first.answer as Answer<CimRow[]>) : undefined;
    return findOs(answer ?? { known: false, cause: 'it was not asked' }, this.identity);
  }

  async #answer(query: FactQuery): Promise<Answer<unknown> | null> {
    const asked = await this.#ask(timeLimitMs(query), (how) => askOne(this.#client, query, how));
    if ('value' in asked) return { known: true, value: asked.value };
    if (this.isOver) return null;
    return { known: false, cause: `${queryTitle(query)} could not be read: ${asked.error.message}` };
  }

  async #ask<T>(
    timeoutMs: number,
    question: (how: OperationOptions) => Promise<T>,
  ): Promise<{ value: T } | { error: LyncimgError }> {
    const { signal } = this.#options;
    try {
      signal?.throwIfAborted();
      const value = await question({ timeoutMs, ...(signal !== undefined && { signal }) });
      this.#accepted();
      return { value };
    } catch (thrown) {
      const error: unknown = signal?.aborted === true ? signal.reason : thrown;
      if (!(error instanceof LyncimgError)) throw error;
      if (signal?.aborted === true && !outOfTime.includes(error.code)) throw error;
      if (saidByHost.includes(error.code)) this.#accepted();
      if (signal?.aborted === true || endsTheHost.includes(error.code) || isOfBastion(error.code))
        this.#end(error);
      else this.#failure ??= error;
      return { error };
    }
  }

  #accepted(): void {
    if (!this.hasAnswered) this.#options.onAccepted?.();
    this.hasAnswered = true;
  }

  #end(error: LyncimgError): void {
    this.isOver = true;
    this.#failure = error;
  }
}
