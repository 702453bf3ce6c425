// Queries: all instances, or one after the other. What a host does on the way (slow providers, a context that became
// too old, a restart, instances larger than its messages) is dealt with here as far as the question allows.
import { LyncimgError } from '../../errors/index.js';
import type { WireProperties } from '../cim/value.js';
import { faultCodes } from '../fault-codes.js';
import type { Asker } from './asker.js';
import { queryOf, type CimQuestion } from './cim-question.js';
import { canBeSplit, inHalves } from './fewer-properties.js';
import { faultNumber } from './host-said.js';
import type { Operation } from './operation.js';
import { readPages, type Progress } from './pages.js';

/** All instances of all pages. Properties are text: see the readers of `cim/read.ts`. */
export async function enumerate(
  asker: Asker,
  question: CimQuestion,
  operation: Operation,
): Promise<WireProperties[]> {
  const query = queryOf(question);
  for (let attempt = 1; ; attempt++) {
    const rows: WireProperties[] = [];
    const progress: Progress = { begun: false };
    try {
      for await (const page of readPages(asker, { query, progress }, operation)) {
        for (const row of page) rows.push(row);
      }
      return rows;
    } catch (error) {
      if (isTooLarge(error) && canBeSplit(question)) {
        return inHalves(question, error, (part) => enumerate(asker, part, operation));
      }
      if (attempt > 1 || !mayStartAgain(error, progress)) throw error;
    }
  }
}

/** The same, instance by instance; leaving the loop early releases the enumeration on the host. */
export async function* instances(
  asker: Asker,
  question: CimQuestion,
  operation: Operation,
): AsyncGenerator<WireProperties, void, undefined> {
  const query = queryOf(question);
  // After the first instance was given away nothing can be started again: it would come twice.
  let given = false;
  for (let attempt = 1; ; attempt++) {
    const progress: Progress = { begun: false };
    try {
      for await (const page of readPages(asker, { query, progress }, operation)) {
        given = true;
        yield* page;
      }
      return;
    } catch (error) {
      if (given) throw error;
      if (isTooLarge(error) && canBeSplit(question)) {
        yield* await inHalves(question, error, (part) => enumerate(asker, part, operation));
        return;
      }
      if (attempt > 1 || !mayStartAgain(error, progress)) throw error;
    }
  }
}

/** Once, and only after what a second try may well do better. */
function mayStartAgain(error: unknown, { begun }: Progress): boolean {
  const code = faultNumber(error);
  if (code !== null) return passing.includes(code);
  // A host that restarted between Enumerate and Pull. Before that, it is not there.
  return begun && error instanceof LyncimgError && error.code === 'E_WSMAN_UNREACHABLE';
}

const passing: readonly number[] = [
  faultCodes.INVALID_ENUMERATION_CONTEXT.code,
  faultCodes.INVALID_PROVIDER_RESPONSE.code,
  faultCodes.CONCURRENCY.code,
];

function isTooLarge(error: unknown): error is LyncimgError {
  return error instanceof LyncimgError && error.code === 'E_WSMAN_ENVELOPE';
}
