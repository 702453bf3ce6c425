// Splits a command line as the C runtime of Windows does (CommandLineToArgvW).

/** Words of the line; quotes are taken off. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let isOpen = false;
  let hasWord = false;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === '\\') {
      const slashes = /^\\+/.exec(line.slice(at))?.[0].length ?? 1;
      const quoteFollows = line.charAt(at + slashes) === '"';
      // Before a quote two backslashes are one, and an odd one makes the quote a letter.
      word += '\\'.repeat(quoteFollows ? Math.floor(slashes / 2) : slashes);
      at += slashes - 1;
      hasWord = true;
      if (quoteFollows && slashes % 2 === 1) {
        word += '"';
        at++;
      }
    } else if (char === '"') {
      isOpen = !isOpen;
      hasWord = true;
    } else if (!isOpen && (char === ' ' || char === '\t')) {
      if (hasWord) words.push(word);
      word = '';
      hasWord = false;
    } else {
      word += char;
      hasWord = true;
    }
  }
  if (hasWord) words.push(word);
  return words;
}

/** The name of a program without folder and `.exe`, lower case. */
export function programName(word: string): string {
  return word
    .replace(/^.*[\\/]/, '')
    .toLowerCase()
    .replace(/\.exe$/, '');
}
