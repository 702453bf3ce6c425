// How a program finds its arguments in a command line (Microsoft, "Parsing C command-line arguments"): 2n backslashes and
// a quote are n backslashes and the quote's own meaning, 2n+1 are n backslashes and a quote that is text.

export function argvOf(commandLine: string): string[] {
  const found: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < commandLine.length; at += 1) {
    const slashes = /^\\*/.exec(commandLine.slice(at))?.[0].length ?? 0;
    const next = commandLine[at + slashes];
    if (next === '"') {
      word = `${word ?? ''}${'\\'.repeat(Math.floor(slashes / 2))}`;
      if (slashes % 2 === 1) word += '"';
      else quoted = !quoted;
      at += slashes;
    } else if (slashes > 0) {
      word = `${word ?? ''}${'\\'.repeat(slashes)}`;
      at += slashes - 1;
    } else if (!quoted && /[ \t]/.test(next ?? '')) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else word = `${word ?? ''}${next ?? ''}`;
  }
  if (word !== undefined) found.push(word);
  return found;
}
