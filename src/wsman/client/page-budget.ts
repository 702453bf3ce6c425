// How much an enumeration may bring before a host is not believed any more: no class that is asked for comes near.
import type { XmlElement } from '../xml/element.js';
import type { Asker } from './asker.js';
import { protocol } from './network-failure.js';

const maximumInstances = 200_000;
/** As they are held here: text, and what an element costs beside its text. 200,000 instances of six short properties. */
const maximumBytes = 128 * 1024 * 1024;
const bytesOfElement = 64;
/** In a row. An honest page without instances is the last one, or answers a slow provider. */
const maximumEmptyPages = 100;

export class PageBudget {
  readonly #host: string;
  readonly #doing: string;
  #instances = 0;
  #bytes = 0;
  #emptyPages = 0;

  constructor({ host }: Pick<Asker, 'host'>, doing: string) {
    this.#host = host;
    this.#doing = doing;
  }

  /** Throws E_WSMAN_PROTOCOL when it is too much. */
  spend(items: readonly XmlElement[]): void {
    this.#emptyPages = items.length === 0 ? this.#emptyPages + 1 : 0;
    this.#instances += items.length;
    for (const item of items) this.#bytes += bytesOf(item);
    if (this.#emptyPages > maximumEmptyPages) throw this.#tooMuch('pages without instances and without end');
    if (this.#instances > maximumInstances) throw this.#tooMuch(`more than ${maximumInstances} instances`);
    if (this.#bytes > maximumBytes) throw this.#tooMuch(`more than ${maximumBytes} bytes`);
  }

  #tooMuch(reason: string): Error {
    return protocol(this.#host, this.#doing, reason);
  }
}

/** The reader's cap of depth bounds the recursion. */
function bytesOf(element: XmlElement): number {
  let sum = bytesOfElement + element.local.length + element.text.length;
  for (const child of element.children) sum += bytesOf(child);
  return sum;
}
