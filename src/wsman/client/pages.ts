// Enumerate, then Pull until the end: the pages of one query, and nothing left behind on the host (DSP0226 section 8).
import { actions } from '../actions.js';
import { decodeProperties } from '../cim/decode.js';
import type { WireProperties } from '../cim/value.js';
import {
  decodePage,
  encodeEnumerate,
  encodePull,
  encodeRelease,
  type Page,
} from '../envelope/enumeration.js';
import { faultCodes } from '../fault-codes.js';
import type { Markup } from '../xml/writer.js';
import type { Asker } from './asker.js';
import type { Query } from './cim-question.js';
import { cameFromHost, faultNumber } from './host-said.js';
import { cleanup, limitsOf, type Operation } from './operation.js';
import { PageBudget } from './page-budget.js';
import { askPatiently } from './patience.js';

/** How far an enumeration came: what may be done when it breaks depends on it. */
export interface Progress {
  /** The host had answered Enumerate. */
  begun: boolean;
}

/** Capped by the host's MaxBatchItems, which is this number by default. Pull must repeat it (MS-WSMV 3.1.4.1.14). */
const maximumElements = 32000;

/** Pages that hold something. Whoever stops early releases the enumeration on the host. */
export async function* readPages(
  asker: Asker,
  { query, progress }: { query: Query; progress: Progress },
  operation: Operation,
): AsyncGenerator<WireProperties[], void, undefined> {
  const budget = new PageBudget(asker, query.doing);
  const enumerate = encodeEnumerate({ optimize: true, maxElements: maximumElements, wql: query.wql });
  let page = await askPage(asker, query, { ...operation, action: actions.enumerate, body: enumerate });
  progress.begun = true;
  // What the host still keeps for us.
  let open = page.context;
  try {
    for (;;) {
      budget.spend(page.items);
      const rows = page.items.map(decodeProperties);
      if (rows.length > 0) yield rows;
      if (open === null) return;
      operation.signal?.throwIfAborted();
      const pull = encodePull({ context: open, maxElements: maximumElements });
      try {
        page = await askPage(asker, query, { ...operation, action: actions.pull, body: pull });
      } catch (error) {
        // A broken line has taken the context with it, or a new one would have to be opened for it.
        if (!cameFromHost(error) || faultNumber(error) === tooOld) open = null;
        throw error;
      }
      open = page.context;
    }
  } finally {
    if (open !== null) await release(asker, query, { context: open, operation });
  }
}

const tooOld = faultCodes.INVALID_ENUMERATION_CONTEXT.code;

interface PageQuestion extends Operation {
  action: string;
  body: Markup;
}

/**
 * A slow provider: Enumerate is started again, a Pull is repeated while its context stays good. A Pull whose answer
 * was lost is not: the instances in it would be lost, too.
 */
function askPage(
  asker: Asker,
  { doing, resourceUri }: Query,
  { action, body, ...operation }: PageQuestion,
): Promise<Page> {
  const ask = async (): Promise<Page> => {
    const repeatable = action === actions.enumerate;
    const question = { doing, resourceUri, action, body: [body], repeatable, ...limitsOf(operation) };
    const answer = await asker.ask(question);
    return asker.decode(doing, () => decodePage(answer));
  };
  return askPatiently(asker, operation, { doing, ask });
}

/** An abandoned enumeration counts against the user's quota until it is too old. That it fails matters to nobody. */
async function release(
  asker: Asker,
  { doing, resourceUri }: Query,
  { context, operation }: { context: string; operation: Operation },
): Promise<void> {
  await asker
    .ask({
      ...{ doing, resourceUri, repeatable: false },
      action: actions.release,
      body: [encodeRelease(context)],
      ...limitsOf(cleanup(operation)),
    })
    .catch(() => undefined);
}
