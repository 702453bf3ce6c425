// Bytes in, lines without secrets out. The last door: nothing of a child's output is seen before it went through here.
import { StringDecoder } from 'node:string_decoder';
import { secretForms } from './secret-forms.js';

export const redactedMark = '<redacted>';

/** A line that grows longer than this is handed on in pieces, so that a child without newlines cannot fill memory. */
const longestLine = 64 * 1024;

/** Takes every form of the given secrets out of texts. */
export class Redactor {
  readonly #pattern: RegExp | null;
  /** Of the longest form, in characters. */
  readonly longest: number;

  constructor(secrets: readonly string[]) {
    const forms = secretForms(secrets);
    this.longest = forms[0]?.length ?? 0;
    this.#pattern = forms.length === 0 ? null : new RegExp(forms.map(escapePattern).join('|'), 'g');
  }

  redact(text: string): string {
    return this.#pattern === null ? text : text.replace(this.#pattern, redactedMark);
  }

  /** The greatest place up to `limit` at which the text can be cut without cutting a secret in two. */
  safeCut(text: string, limit: number): number {
    if (this.#pattern === null) return limit;
    for (const match of text.matchAll(this.#pattern)) {
      if (match.index < limit && match.index + match[0].length > limit) return match.index;
    }
    return limit;
  }
}

/** Assembles the chunks of one stream into lines. One instance a stream. */
export class RedactedLines {
  readonly #redactor: Redactor;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** The lines that this chunk completes. */
  push(chunk: Buffer): string[] {
    const parts = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = parts.pop() ?? '';
    const lines = parts.map((line) => this.#clean(line));
    while (this.#rest.length > longestLine + this.#redactor.longest) {
      // What may be the beginning of a secret stays until its end has come.
      const cut = this.#redactor.safeCut(this.#rest, this.#rest.length - this.#redactor.longest);
      if (cut === 0) break;
      lines.push(this.#clean(this.#rest.slice(0, cut)));
      this.#rest = this.#rest.slice(cut);
    }
    return lines;
  }

  /** What stood after the last newline. */
  end(): string[] {
    const last = this.#rest + this.#decoder.end();
    this.#rest = '';
    return last === '' ? [] : [this.#clean(last)];
  }

  #clean(line: string): string {
    return this.#redactor.redact(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
