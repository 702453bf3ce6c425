// A copy of facts in which something is wrong: only the answers that are changed are copied.
import type {
  CimRow,
  FactQuery,
  RegistryAnswer,
  RegistryKeysAnswer,
  RegistryValuesAnswer,
} from '../../../src/requirements/index.js';
import type { HostFacts } from '../../../src/verify/index.js';

type Answered = HostFacts['answers'][number];
type Of<K extends FactQuery['kind']> = Extract<Answered, { query: { kind: K } }>;
type Subkeys = Extract<RegistryKeysAnswer, { exists: true }>['keys'];
type Texts = Extract<RegistryValuesAnswer, { exists: true }>['values'];

export class FactsCopy {
  readonly #original: HostFacts;
  readonly #changed = new Map<number, Answered>();

  constructor(original: HostFacts) {
    this.#original = original;
  }

  /** Whether a class was asked for. */
  asks(className: string): boolean {
    return this.#original.answers.some(
      ({ query }) => query.kind === 'cim' && isSame(query.className, className),
    );
  }

  /** The rows of a class, as they are now; where the question has a condition, of the one that holds the text. */
  rows(className: string, change: (rows: CimRow[]) => CimRow[], where = ''): void {
    const isMeant = ({ query }: Of<'cim'>): boolean =>
      isSame(query.className, className) && query.where?.includes(where) !== false;
    this.#each('cim', `rows of ${className}`, isMeant, ({ answer }) => {
      if (answer.known) answer.value = change(answer.value);
    });
  }

  /** A registry value, or the key where the question was for that, of whatever type; `key` without its hive. */
  value(key: string, name: string | null, change: (before: RegistryAnswer) => RegistryAnswer): void {
    const isMeant = ({ query }: Of<'registry'>): boolean =>
      isSame(query.key, key) && isSame(query.value?.name ?? '(key)', name ?? '(key)');
    this.#each('registry', `the value ${name ?? ''} of ${key}`, isMeant, ({ answer }) => {
      if (answer.known) answer.value = change(answer.value);
    });
  }

  /** A key with everything below it is gone. */
  noKey(key: string): void {
    const isMeant = ({ query }: Of<'registry'>): boolean => isBelow(query.key, key);
    this.#each('registry', `the key ${key}`, isMeant, ({ answer }) => {
      if (answer.known) answer.value = { exists: false, missing: 'key' };
    });
  }

  /** The subkeys of a key; none where it was not there. */
  subkeys(key: string, change: (subkeys: Subkeys) => Subkeys): void {
    const isMeant = ({ query }: Of<'registry-keys'>): boolean => isSame(query.key, key);
    this.#each('registry-keys', `the subkeys of ${key}`, isMeant, ({ answer }) => {
      if (answer.known)
        answer.value = { exists: true, keys: change(answer.value.exists ? answer.value.keys : []) };
    });
  }

  /** The texts of a key; none where it was not there. Null: the key is gone. */
  texts(key: string, change: (texts: Texts) => Texts | null): void {
    const isMeant = ({ query }: Of<'registry-values'>): boolean => isSame(query.key, key);
    this.#each('registry-values', `the texts of ${key}`, isMeant, ({ answer }) => {
      if (!answer.known) return;
      const values = change(answer.value.exists ? answer.value.values : []);
      answer.value = values === null ? { exists: false } : { exists: true, values };
    });
  }

  /** Which answers were changed, by their place in the document. */
  get changed(): ReadonlySet<number> {
    return new Set(this.#changed.keys());
  }

  facts(): HostFacts {
    const answers = this.#original.answers.map((answered, index) => this.#changed.get(index) ?? answered);
    return { ...this.#original, answers };
  }

  /** Throws where no answer is meant: then the mutation would change nothing. */
  #each<K extends FactQuery['kind']>(
    kind: K,
    what: string,
    isMeant: (answered: Of<K>) => boolean,
    change: (answered: Of<K>) => void,
  ): void {
    const ofKind = (answered: Answered): answered is Of<K> => answered.query.kind === kind;
    let found = false;
    for (const [index, original] of this.#original.answers.entries()) {
      if (!ofKind(original) || !isMeant(original)) continue;
      const copy = structuredClone((this.#changed.get(index) as Of<K> | undefined) ?? original);
      change(copy);
      this.#changed.set(index, copy);
      found = true;
    }
    if (!found) throw new Error(`nobody asked for ${what}`);
  }
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function isBelow(key: string, parent: string): boolean {
  return `${key.toLowerCase()}\\`.startsWith(`${parent.toLowerCase()}\\`);
}
