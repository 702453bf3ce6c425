// Asks a machine the questions, one after the other: answers on a WS-Management connection are serial anyway, and a
// 2008 R2 allows fifteen operations a user in all (wsman.md 1.8). No shell is opened, nothing runs on the far side.
import { LyncimgError, type Code, type FactsOf } from '../errors/index.js';
import type { Answer, CimQuery, CimRow, FactQuery, RegistryAnswer } from '../requirements/index.js';
import { readRegistry, type WsmanClient } from '../wsman/index.js';
import { queryTitle, type AnsweredQuery, type FactsDocument, type HostIdentity } from './facts-document.js';
import { mergeQueries } from './merge-queries.js';

// After one of these no other question can be asked either, and asking again with a refused password would lock the
// account. Everything else concerns the one question.
const endsTheRun: readonly Code[] = [
  'E_WSMAN_UNREACHABLE',
  'E_WSMAN_CERTIFICATE',
  'E_WSMAN_UNAUTHORIZED',
  'E_WSMAN_PLAIN_HTTP',
];

export interface CollectOptions {
  /** Who answers, as read before the first question. */
  identity: HostIdentity;
  now: () => Date;
  signal?: AbortSignal | undefined;
}

/** A question that is not answered stays unknown with its cause; a host that is lost or refuses is thrown. */
export async function collectFacts(
  client: WsmanClient,
  queries: readonly FactQuery[],
  { identity, now, signal }: CollectOptions,
): Promise<FactsDocument> {
  const startedAt = now().toISOString();
  const answers: AnsweredQuery[] = [];
  for (const query of mergeQueries(queries)) {
    signal?.throwIfAborted();
    const at = now().toISOString();
    if (query.kind === 'cim') answers.push({ at, query, answer: await askCim(client, query, signal) });
    else answers.push({ at, query, answer: await ask(query, signal, () => readRegistry(client, query)) });
  }
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'Facts',
    host: client.host,
    identity,
    startedAt,
    finishedAt: now().toISOString(),
    answers,
  };
}

function askCim(
  client: WsmanClient,
  query: CimQuery,
  signal: AbortSignal | undefined,
): Promise<Answer<CimRow[]>> {
  const { namespace, className, properties, where } = query;
  // The property list keeps answers to half their size, and a class that has not got one of them says so at once.
  const condition = where === undefined ? '' : ` where ${where}`;
  const wql = `select ${properties.join(',')} from ${className}${condition}`;
  return ask(query, signal, async () => {
    const rows = await patiently(() => client.enumerate({ namespace, wql }));
    // What came is text and lists of text; the kind that asked knows the types.
    return rows.map((row) => ({ ...row })) as CimRow[];
  });
}

/**
 * A cold host may need longer for its first look into the component store than WinRM lets any question take; what it
 * began is then done for the second one (wsman.md 1.9: for Enumerate, start again).
 */
async function patiently<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    const isSlow = error instanceof LyncimgError && error.code === 'E_WSMAN_TIMEOUT';
    if (isSlow && (error.facts as FactsOf<'E_WSMAN_TIMEOUT'>).saidByHost) return question();
    throw error;
  }
}

async function ask<T extends CimRow[] | RegistryAnswer>(
  query: FactQuery,
  signal: AbortSignal | undefined,
  question: () => Promise<T>,
): Promise<Answer<T>> {
  try {
    return { known: true, value: await question() };
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof LyncimgError) || endsTheRun.includes(error.code))
      throw error;
    return { known: false, cause: `${queryTitle(query)} could not be read: ${error.message}` };
  }
}
