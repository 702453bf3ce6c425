// Text for places where only one line of plain words may stand: comments and names.

/** One line without control characters: nothing in it can end a comment or start a line of its own. */
export function oneLine(text: string): string {
  // Line separators that YAML 1.1 and editors take for line ends are among them.
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trimEnd();
}

/** A name that Ansible shows: it expands templates in names too, so marks of a template are pulled apart. */
export function plainName(text: string): string {
  return oneLine(text)
    .trim()
    .replaceAll(/\{(?=[{%#])/g, '{ ');
}
