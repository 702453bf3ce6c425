// What a role needs on one system, for a terminal.
import type { ListedRequirement, RoleSheet } from '../explain/index.js';
import { conditionWords, conflictWords, sourceWords } from './source-words.js';
import { hanging } from './wrapped.js';

const width = 110;

/** Ends with a newline. */
export function roleSheetText(sheet: RoleSheet): string {
  const { role, os } = sheet;
  const lines = [
    `${role.title} (${role.name}) on ${os.title}`,
    ...paragraph(role.description),
    '',
    ...labelled('layers', role.layers.join(' > ')),
    ...labelled('shares a machine with', sharing(role)),
    ...(role.elsewhere === null ? [] : labelled('not the business of lyncimg', role.elsewhere)),
    ...options(sheet),
    '',
    ...stageLines('in the image', sheet, 'image'),
    ...stageLines('on the deployed machine', sheet, 'machine'),
    ...conflictLines(sheet),
    'lyncimg roles explain REQUIREMENT says who else needs one, what breaks without it, and the known pitfalls.',
  ];
  return `${lines.join('\n')}\n`;
}

function paragraph(text: string): string[] {
  return text === '' ? [] : hanging('', text, { indent: 0, column: 0, width });
}

function labelled(label: string, text: string): string[] {
  return hanging(`${label}: `, text, { indent: 0, column: label.length + 2, width });
}

function sharing({ collocates, collocationSource }: RoleSheet['role']): string {
  const roles = collocates === null ? 'no document says' : collocates.join(', ') || 'none';
  return collocationSource === null ? roles : `${roles} (${collocationSource.title})`;
}

function options(sheet: RoleSheet): string[] {
  return sheet.options.flatMap(({ name, values, default: value, description }) =>
    labelled(
      `option ${name}`,
      `${description} ${values === undefined ? '' : `One of ${values.join(', ')}. `}Default: ${String(value)}.`,
    ),
  );
}

function stageLines(heading: string, sheet: RoleSheet, stage: ListedRequirement['stage']): string[] {
  const listed = sheet.requirements.filter((one) => one.stage === stage);
  if (listed.length === 0) return [];
  return [`${heading} (${String(listed.length)})`, ...listed.flatMap(requirementLines), ''];
}

function requirementLines({ id, title, source, when }: ListedRequirement): string[] {
  const condition = conditionWords(when);
  return [
    `  ${title}`,
    `      ${id}${condition === '' ? '' : `, ${condition}`}`,
    ...hanging('', sourceWords(source), { indent: 6, column: 0, width }),
  ];
}

function conflictLines({ conflicts }: RoleSheet): string[] {
  if (conflicts.length === 0) return [];
  const lines = conflicts.flatMap((conflict) =>
    hanging('- ', conflictWords(conflict), { indent: 2, column: 2, width }),
  );
  return ['where the sources differ', ...lines, ''];
}
