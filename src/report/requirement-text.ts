// One requirement explained, for a terminal.
import type { RequirementSheet } from '../explain/index.js';
import { conditionWords, conflictWords, pitfallWords, sourceWords } from './source-words.js';
import { columns } from './columns.js';
import { hanging } from './wrapped.js';

const width = 110;

/** Ends with a newline. */
export function requirementText(sheet: RequirementSheet): string {
  const lines = [
    sheet.title,
    `${sheet.id}, ${sheet.stage === 'image' ? 'in the image' : 'on the deployed machine'}`,
    '',
    'needed by',
    ...columns(
      sheet.neededBy.map(({ role, os, layer, title, when }) => [
        `  ${role}`,
        os.join(' '),
        layer === role ? '' : `since ${layer}`,
        title === sheet.title ? '' : title,
        conditionWords(when),
      ]),
    ),
    '',
    'on the word of',
    ...sheet.sources.flatMap((source) => [
      ...hanging('', sourceWords(source), { indent: 2, column: 0, width }),
      `      ${source.page}`,
    ]),
    ...section('what breaks without it', sheet.breaks),
    ...section('worth knowing', sheet.notes),
    ...section('pitfalls', sheet.pitfalls.map(pitfallWords)),
    ...section('where the sources differ', sheet.conflicts.map(conflictWords)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function section(heading: string, texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  return ['', heading, ...texts.flatMap((text) => hanging('- ', text, { indent: 2, column: 2, width }))];
}
