// What a role says is data, and Ansible must never take it for a template. References to the playbook's own variables
// are handed to the kinds as marks that no file spells by accident; everything else in an argument is literal.

const names = ['lyncimg_media', 'lyncimg_media_url', 'lyncimg_sxs'] as const;
type Name = (typeof names)[number];

/** A mark for the value of a playbook variable, to be put into a text by a kind. */
export function reference(name: Name): string {
  return `\uE000${name}\uE001`;
}

const mark = new RegExp(`\uE000(${names.join('|')})\uE001`, 'u');
const templateStart = /\{[{%#]/;

/** The text as Ansible must read it; `unsafe` texts carry its tag `!unsafe` and are not expanded at all. */
export function literal(text: string): { text: string; unsafe: boolean } {
  if (!mark.test(text)) return { text, unsafe: templateStart.test(text) };
  const parts = text.split(mark);
  // split() with a group: even parts are literal, odd ones are names.
  const written = parts.map((part, index) => (index % 2 === 0 ? escaped(part) : `{{ ${part} }}`));
  return { text: written.join(''), unsafe: false };
}

/** Inside a template only: a literal brace is written as an expression that gives one. */
function escaped(text: string): string {
  return text.replaceAll(/\{(?=[{%#])/g, "{{ '{' }}");
}
