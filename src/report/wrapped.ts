// Text in columns of a terminal.

/** A label and its text; lines after the first stand under the text. */
export function hanging(
  label: string,
  text: string,
  { indent, column, width }: { indent: number; column: number; width: number },
): string[] {
  return wrapped(text, width - indent - column).map(
    (part, index) => `${' '.repeat(indent)}${(index === 0 ? label : '').padEnd(column)}${part}`,
  );
}

/** Lines of at most `width`; a word that is longer stays whole, because it is a path or an address to be copied. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
