// The grammar of cmd.exe as far as first boot uses it: sequences, pipes, parentheses, redirections, IF and FOR. Written
// from the help texts of the commands (`if /?`, `for /?`) and from what is known of the parser's phases: percent signs
// are expanded first, then a line is parsed with its quotes and carets, and what FOR variables and ! ! bring in later is
// not parsed again.

export interface Redirect {
  /** `0` is input. */
  handle: '0' | '1' | '2';
  append: boolean;
  /** As written; `&1` for a handle. */
  target: string;
}

export type Condition =
  | { is: 'exist' | 'defined' | 'errorlevel'; what: string }
  | { is: 'equal'; ignoreCase: boolean; left: string; right: string };

export type Node =
  | { type: 'simple'; text: string; redirects: Redirect[] }
  | { type: 'block'; body: Node; redirects: Redirect[] }
  | { type: 'both'; operator: '&' | '&&' | '|'; left: Node; right: Node }
  | { type: 'if'; not: boolean; condition: Condition; body: Node }
  | {
      type: 'for';
      kind: 'words' | 'numbers' | 'lines';
      options: string;
      variable: string;
      set: string;
      body: Node;
    };

/** Throws for what is not in the grammar. */
export function parseLine(text: string): Node {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const parser = new Parser(text);
  const node = parser.sequence();
  parser.expectEnd();
  parsed.set(text, node);
  return node;
}

/** A script is run many times, its lines are mostly the same. */
const parsed = new Map<string, Node>();

class Parser {
  readonly #text: string;
  #at = 0;
  /** Outside of parentheses a closing one is text. */
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Weakest first: & and && bind less than |. */
  sequence(): Node {
    let left = this.#pipe();
    for (;;) {
      const operator = this.#take('&&') ?? this.#take('&');
      if (operator === undefined) return left;
      left = { type: 'both', operator: operator as '&' | '&&', left, right: this.#pipe() };
    }
  }

  expectEnd(): void {
    this.#blanks();
    if (this.#at < this.#text.length) this.#fail(`not understood: ${this.#text.slice(this.#at)}`);
  }

  #pipe(): Node {
    let left = this.#command();
    while (this.#text.startsWith('|', this.#at)) {
      this.#at += 1;
      left = { type: 'both', operator: '|', left, right: this.#command() };
    }
    return left;
  }

  #command(): Node {
    this.#blanks();
    this.#take('@');
    if (this.#take('(') !== undefined) {
      this.#depth += 1;
      const body = this.sequence();
      this.#depth -= 1;
      if (this.#take(')') === undefined) this.#fail('a parenthesis is not closed');
      return { type: 'block', body, redirects: this.#redirectsOnly() };
    }
    if (this.#word('if')) return this.#if();
    if (this.#word('for')) return this.#for();
    return this.#simple();
  }

  #if(): Node {
    const ignoreCase = this.#word('/i');
    const not = this.#word('not');
    for (const is of ['exist', 'defined', 'errorlevel'] as const) {
      if (this.#word(is)) {
        const condition = { is, what: this.#token() };
        return { type: 'if', not, condition, body: this.sequence() };
      }
    }
    const left = this.#token('=');
    if (this.#take('==') === undefined) this.#fail('IF compares with ==');
    const condition = { is: 'equal' as const, ignoreCase, left, right: this.#token() };
    return { type: 'if', not, condition, body: this.sequence() };
  }

  #for(): Node {
    const kind = this.#word('/l') ? 'numbers' : this.#word('/f') ? 'lines' : 'words';
    const options = kind === 'lines' && this.#text[this.#at] === '"' ? this.#token() : '""';
    const variable = /^%([A-Za-z])$/.exec(this.#token())?.[1] ?? this.#fail('FOR has one letter');
    if (!this.#word('in') || this.#take('(') === undefined) this.#fail('FOR wants IN (');
    const set = this.#until(')');
    this.#at += 1;
    this.#blanks();
    if (!this.#word('do')) this.#fail('FOR wants DO');
    return { type: 'for', kind, options: options.slice(1, -1), variable, set, body: this.sequence() };
  }

  #simple(): Node {
    let text = '';
    const redirects: Redirect[] = [];
    let quoted = false;
    for (; this.#at < this.#text.length;) {
      const here = this.#text[this.#at] ?? '';
      if (here === '"') quoted = !quoted;
      if (!quoted && here === '^') {
        text += this.#text[this.#at + 1] ?? '';
        this.#at += 2;
        continue;
      }
      if (!quoted && ('&|'.includes(here) || (here === ')' && this.#depth > 0))) break;
      const redirect = quoted ? undefined : this.#redirect(text);
      if (redirect !== undefined) {
        redirects.push(redirect);
        continue;
      }
      text += here;
      this.#at += 1;
    }
    return { type: 'simple', text: text.trim(), redirects };
  }

  /** A digit is a handle where it stands by itself before the sign. */
  #redirect(before: string): Redirect | undefined {
    const match = /^([12])?(>>|>|<)/.exec(this.#text.slice(this.#at));
    if (match === null) return undefined;
    if (match[1] !== undefined && !/(^|\s)$/.test(before)) return undefined;
    this.#at += match[0].length;
    const sign = match[2] ?? '';
    const handle = sign === '<' ? '0' : ((match[1] ?? '1') as '1' | '2');
    this.#blanks();
    const target = this.#take('&1') ?? this.#token();
    return { handle, append: sign === '>>', target };
  }

  #redirectsOnly(): Redirect[] {
    const found: Redirect[] = [];
    for (;;) {
      this.#blanks();
      const redirect = this.#redirect(' ');
      if (redirect === undefined) return found;
      found.push(redirect);
    }
  }

  /** A word with its quotes, up to a blank or a sign. */
  #token(end = ''): string {
    this.#blanks();
    const token = this.#read((here) => /[\s&|<>()]/.test(here) || here === end);
    if (token === '') this.#fail('a word is missing');
    this.#blanks();
    return token;
  }

  #until(end: string): string {
    const text = this.#read((here) => here === end);
    if (this.#text[this.#at] !== end) this.#fail(`${end} is missing`);
    return text;
  }

  #read(isEnd: (here: string) => boolean): string {
    let text = '';
    let quoted = false;
    while (this.#at < this.#text.length) {
      const here = this.#text[this.#at] ?? '';
      if (here === '"') quoted = !quoted;
      if (!quoted && isEnd(here)) break;
      const escaped = !quoted && here === '^';
      text += escaped ? (this.#text[this.#at + 1] ?? '') : here;
      this.#at += escaped ? 2 : 1;
    }
    return text;
  }

  #word(name: string): boolean {
    const match = new RegExp(`^${name}(?=[\\s(])`, 'i').exec(this.#text.slice(this.#at));
    if (match === null) return false;
    this.#at += match[0].length;
    this.#blanks();
    return true;
  }

  #take(text: string): string | undefined {
    if (!this.#text.startsWith(text, this.#at)) return undefined;
    this.#at += text.length;
    return text;
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #fail(reason: string): never {
    throw new Error(`${reason}, in: ${this.#text}`);
  }
}
