// ConvertTo-EscapedArgument of ansible.windows' Process.psm1: one argument of a command line, by the C runtime's rules.

export function escapedArgument(word: string): string {
  if (word !== '' && !/[\s\v"]/.test(word)) return word;
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
