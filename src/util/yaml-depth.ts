// How deep YAML is nested, told before it is parsed: the parser goes down by recursion, and where the stack ends inside of
// a regular expression Node ends the whole process instead of throwing.
import { Lexer } from 'yaml';

/**
 * Whether brackets, or list and key marks of one line, stand in each other more than `limit` times. Indentation needs no
 * limit: its depth grows with the root of the text's length alone.
 */
export function nestsDeeper(text: string, limit: number): boolean {
  let brackets = 0;
  let marks = 0;
  // Every scalar is a token of its own, so that a bracket in a text is no token.
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets++;
    else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
    else if (token === '-' || token === '?') marks++;
    else if (token.startsWith('\n')) marks = 0;
    if (brackets + marks > limit) return true;
  }
  return false;
}
