// Changes that leave XML well-formed, mostly: they get past the reader, to whoever looks at what it read.
import type { Random } from './random.js';

interface Span {
  start: number;
  /** Behind the opening tag. */
  inner: number;
  innerEnd: number;
  end: number;
  name: string;
}

const values = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e9',
    '99999999999999999999',
    'true',
    'TRUE',
    'PT1S',
    '-PT1S',
    'P1Y',
    '%%%',
    'uuid:1',
    '__proto__',
  ],
  ...['x'.repeat(3000), '&#9;', '&amp;', 'é😀', '\u202e', 'http://[', 'a:b', ':', 'stdin', 'AAAA', 'AAA='],
];

const changes: readonly ((text: string, span: Span, random: Random, other: Span) => string)[] = [
  // Another text inside, in the place of whatever there was.
  (text, { inner, innerEnd }, random) => text.slice(0, inner) + random.pick(values) + text.slice(innerEnd),
  // Gone.
  (text, { start, end }) => text.slice(0, start) + text.slice(end),
  // Twice, or many times.
  (text, { start, end }, random) =>
    text.slice(0, end) + text.slice(start, end).repeat(random.pick([1, 1, 1, 30])) + text.slice(end),
  // In the place of another one.
  (text, { start, end }, _random, other) =>
    text.slice(0, other.start) + text.slice(start, end) + text.slice(other.end),
  // Inside of itself, or of another one.
  (text, { start, end }, _random, other) =>
    text.slice(0, other.inner) + text.slice(start, end) + text.slice(other.inner),
  // Another value of an attribute.
  (text, { start, inner }, random) =>
    text.slice(0, start) +
    text.slice(start, inner).replace(/="[^"]*"/, () => `="${random.pick(values)}"`) +
    text.slice(inner),
  // Another name.
  (text, { start, end, name }, random, other) => {
    const to = random.pick([other.name, `${name}X`, name.replace(/^\w+:/, 'w:')]);
    return text.slice(0, start) + text.slice(start, end).replaceAll(name, to) + text.slice(end);
  },
];

/** The text as it was, where there are no elements. */
export function changeXml(text: string, random: Random): string {
  const spans = elements(text);
  if (spans.length === 0) return text;
  return random.pick(changes)(text, random.pick(spans), random, random.pick(spans));
}

/** Of well-formed text; of other text, whatever looks like it. */
function elements(text: string): Span[] {
  const spans: Span[] = [];
  const open: Omit<Span, 'innerEnd' | 'end'>[] = [];
  for (const match of text.matchAll(/<(\/?)([\w:.-]+)[^<>]*?(\/?)>/g)) {
    const [tag, closing, name = '', empty] = match;
    const { index } = match;
    const behind = index + tag.length;
    if (closing === '/') {
      const start = open.pop();
      if (start !== undefined) spans.push({ ...start, innerEnd: index, end: behind });
    } else if (empty === '/') {
      spans.push({ start: index, inner: behind, innerEnd: behind, end: behind, name });
    } else {
      open.push({ start: index, inner: behind, name });
    }
  }
  return spans;
}
