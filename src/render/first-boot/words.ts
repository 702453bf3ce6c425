// Text on its way through cmd.exe and into a program: what each of the two would take for something else.

/** For a remark: nothing is left in it that cmd.exe knows. */
export function remarkWords(text: string): string {
  return text
    .replaceAll(/[^A-Za-z0-9 .,:;()/_+-]+/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** For the log: without parentheses too, because what writes it to the serial port stands in a pair of them. */
export function logWords(text: string): string {
  return remarkWords(text.replaceAll(/[()]/g, ' '));
}

/** A path in quotes. What the catalogue and the platforms name needs no more than this; anything else is a defect. */
export function quotedPath(path: string): string {
  return `"${withoutSurprises(path)}"`;
}

/** An argument of a program, in quotes where it needs them. */
export function argument(text: string): string {
  const word = withoutSurprises(text);
  return /^[\w./:=+-]+$/.test(text) ? word : `"${word}"`;
}

/** In a batch file %% is a percent sign (Microsoft, Windows commands, call), and within quotes it is the only sign. */
function withoutSurprises(text: string): string {
  if (!/^[ !#-~]+$/.test(text) || text.endsWith('\\')) {
    throw new Error(`${JSON.stringify(text)} cannot stand on a command line of first boot`);
  }
  return text.replaceAll('%', '%%');
}

/** Commands of a platform's own, as they are: all of them belong to one step. */
export function inParentheses(commands: string): string {
  const outside = commands.replaceAll(/"[^"]*"/g, '');
  if (!/^[ -~]+$/.test(commands) || /["()]/.test(outside)) {
    throw new Error(`${JSON.stringify(commands)} cannot stand in parentheses`);
  }
  return commands;
}

/**
 * One word of a command line as the C runtime reads it (Microsoft, "Parsing C command-line arguments"): in quotes, where
 * backslashes count only before a quote, each of which then needs one of its own.
 */
export function argvWord(text: string): string {
  const escaped = text.replaceAll(/(\\*)(")|(\\+)$/g, (_, before: string, quote: string, last: string) =>
    quote === '"' ? `${before}${before}\\"` : `${last}${last}`,
  );
  return `"${escaped}"`;
}
