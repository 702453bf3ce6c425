// WQL as far as it is asked over WS-Man: `select a,b|* from X [where …]` (MS-WSMV 3.1.4.1.14). Text in, tree out; a
// query that is none gives a message, never an exception. ASSOCIATORS OF, ISA, GROUP and events are not modelled.

export type WqlLiteral = string | number | boolean | null;

export type WqlCondition =
  | { kind: 'and' | 'or'; parts: WqlCondition[] }
  | { kind: 'not'; part: WqlCondition }
  | { kind: 'compare'; property: string; operator: WqlOperator; value: WqlLiteral };

export type WqlOperator = '=' | '<>' | '<' | '<=' | '>' | '>=' | 'like' | 'is' | 'is not';

export interface WqlQuery {
  /** Null for `*`. */
  columns: string[] | null;
  className: string;
  where: WqlCondition | null;
}

export type WqlResult = { ok: true; query: WqlQuery } | { ok: false; message: string };

const longestQuery = 16_384;
const deepest = 50;

type Token = { kind: 'word' | 'sign'; text: string } | { kind: 'literal'; value: WqlLiteral; text: string };

export function parseWql(text: string): WqlResult {
  if (text.length > longestQuery) return { ok: false, message: 'the query is too long' };
  try {
    return { ok: true, query: new Parser(tokens(text)).query() };
  } catch (error) {
    if (error instanceof WqlError) return { ok: false, message: error.message };
    throw error;
  }
}

class WqlError extends Error {}

const pattern =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(<>|<=|>=|!=|[=<>(),*]))/sy;

function tokens(text: string): Token[] {
  const list: Token[] = [];
  pattern.lastIndex = 0;
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new WqlError(`cannot read the query from "${text.slice(at, at + 20).trim()}"`);
    const [, quoted, number, word, sign] = match;
    if (quoted !== undefined)
      list.push({ kind: 'literal', value: quoted.slice(1, -1).replace(/\\(.)/gs, '$1'), text: quoted });
    else if (number !== undefined) list.push({ kind: 'literal', value: Number(number), text: number });
    else if (word !== undefined) list.push({ kind: 'word', text: word });
    else list.push({ kind: 'sign', text: sign === '!=' ? '<>' : (sign ?? '') });
  }
  return list;
}

class Parser {
  readonly #tokens: Token[];
  #at = 0;

  constructor(list: Token[]) {
    this.#tokens = list;
  }

  query(): WqlQuery {
    this.#expectWord('select');
    const columns = this.#columns();
    this.#expectWord('from');
    const className = this.#name();
    const where = this.#isWord('where') ? this.#condition(0) : null;
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new WqlError(`"${rest.text}" is not expected there`);
    return { columns, className, where };
  }

  #columns(): string[] | null {
    if (this.#isSign('*')) return null;
    const columns = [this.#name()];
    while (this.#isSign(',')) columns.push(this.#name());
    return columns;
  }

  #condition(depth: number): WqlCondition {
    return this.#series('or', depth, () => this.#series('and', depth, () => this.#term(depth)));
  }

  #series(kind: 'and' | 'or', depth: number, next: () => WqlCondition): WqlCondition {
    if (depth > deepest) throw new WqlError('the condition is nested too deep');
    const first = next();
    const parts = [first];
    while (this.#isWord(kind)) parts.push(next());
    return parts.length === 1 ? first : { kind, parts };
  }

  #term(depth: number): WqlCondition {
    if (depth > deepest) throw new WqlError('the condition is nested too deep');
    if (this.#isWord('not')) return { kind: 'not', part: this.#term(depth + 1) };
    if (this.#isSign('(')) {
      const inner = this.#condition(depth + 1);
      if (!this.#isSign(')')) throw new WqlError('a closing parenthesis is missing');
      return inner;
    }
    const first = this.#tokens[this.#at];
    // WQL takes the literal on either side.
    if (first?.kind === 'literal') {
      const value = this.#literal();
      const operator = mirrored(this.#operator());
      return { kind: 'compare', property: this.#name(), operator, value };
    }
    const property = this.#name();
    return { kind: 'compare', property, operator: this.#operator(), value: this.#literal() };
  }

  #operator(): WqlOperator {
    if (this.#isWord('is')) return this.#isWord('not') ? 'is not' : 'is';
    if (this.#isWord('like')) return 'like';
    const token = this.#tokens[this.#at];
    const known = ['=', '<>', '<', '<=', '>', '>='] as const;
    const operator = known.find((each) => token?.kind === 'sign' && token.text === each);
    if (operator === undefined)
      throw new WqlError(`an operator is missing before "${token?.text ?? 'the end'}"`);
    this.#at += 1;
    return operator;
  }

  #literal(): WqlLiteral {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'literal') {
      this.#at += 1;
      return token.value;
    }
    if (this.#isWord('true')) return true;
    if (this.#isWord('false')) return false;
    if (this.#isWord('null')) return null;
    throw new WqlError(`a value is missing before "${token?.text ?? 'the end'}"`);
  }

  #name(): string {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word') throw new WqlError(`a name is missing before "${token?.text ?? 'the end'}"`);
    this.#at += 1;
    return token.text;
  }

  #expectWord(word: string): void {
    if (!this.#isWord(word)) throw new WqlError(`"${word}" is missing`);
  }

  #isWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #isSign(sign: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || token.text !== sign) return false;
    this.#at += 1;
    return true;
  }
}

function mirrored(operator: WqlOperator): WqlOperator {
  const mirror: Partial<Record<WqlOperator, WqlOperator>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
  return mirror[operator] ?? operator;
}
