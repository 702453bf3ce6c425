/** A command for `eval` in /bin/sh: each word quoted, whatever is in it. */
export function shellWords(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w/.:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`))
    .join(' ');
}
