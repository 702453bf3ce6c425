// The reference page of a role, in Markdown: the same on every system where nothing differs, told apart where it does.
import type { ListedRequirement, RoleSheet, SourceSheet } from '../explain/index.js';
import { distinct } from '../util/index.js';
import { conditionWords, conflictWords, pitfallWords, sourceWords } from './source-words.js';

/** One sheet for each system that the role supports; at least one. */
export function rolePage(sheets: readonly RoleSheet[]): string {
  const [first] = sheets;
  if (first === undefined) throw new Error('a role that no system supports has no page');
  const { role } = first;
  const rows = mergeRows(sheets);
  const sources = distinct(rows.map(({ source }) => source));
  const lines = [
    `# ${role.title}`,
    '',
    role.description,
    '',
    `Role \`${role.name}\`. Supported on ${sheets.map(({ os }) => os.title).join(', ')}.`,
    `Layers: ${role.layers.map((name) => `\`${name}\``).join(' → ')}.`,
    sharing(role),
    '',
    ...(role.elsewhere === null ? [] : [`**Not the business of lyncimg:** ${role.elsewhere}`, '']),
    ...optionSection(first),
    ...table(
      'In the image',
      rows.filter(({ stage }) => stage === 'image'),
      sheets,
    ),
    ...table(
      'On the deployed machine',
      rows.filter(({ stage }) => stage === 'machine'),
      sheets,
    ),
    ...noteSection(sheets),
    ...conflictSection(sheets),
    '## Sources',
    '',
    ...sources.map((source, index) => `${String(index + 1)}. ${sourceWords(source)}: \`${source.page}\``),
    '',
  ];
  return lines.join('\n');

  function table(heading: string, listed: readonly Row[], all: readonly RoleSheet[]): string[] {
    if (listed.length === 0) return [];
    return [
      `## ${heading}`,
      '',
      '| requirement | id | systems | when | source |',
      '| --- | --- | --- | --- | --- |',
      ...listed.map(({ title, id, systems, when, source }) =>
        [
          '',
          cell(title),
          `\`${cell(id)}\``,
          systems.length === all.length ? 'all' : systems.join(', '),
          conditionWords(when),
          String(sources.findIndex((one) => sameSource(one, source)) + 1),
          '',
        ]
          .join(' | ')
          .trim(),
      ),
      '',
    ];
  }
}

interface Row extends ListedRequirement {
  systems: string[];
}

/** A requirement that is the same on several systems is one row. */
function mergeRows(sheets: readonly RoleSheet[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { os, requirements } of sheets) {
    for (const one of requirements) {
      const key = JSON.stringify([one.id, one.title, one.when, one.stage, one.source.title]);
      const row = rows.get(key) ?? { ...one, systems: [] };
      row.systems.push(os.id);
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

function sharing({ collocates, collocationSource }: RoleSheet['role']): string {
  const by = collocationSource === null ? '' : ` (${sourceWords(collocationSource)})`;
  if (collocates === null) return 'No document says which roles may share its machine.';
  if (collocates.length === 0) return `It shares its machine with no other role${by}.`;
  return `It may share its machine with ${collocates.map((name) => `\`${name}\``).join(', ')}${by}.`;
}

function optionSection({ options }: RoleSheet): string[] {
  if (options.length === 0) return [];
  return [
    '## Options',
    '',
    '| option | values | default | meaning |',
    '| --- | --- | --- | --- |',
    ...options.map(
      ({ name, type, values, default: value, description }) =>
        `| \`${name}\` | ${values?.join(', ') ?? type} | ${String(value)} | ${cell(description)} |`,
    ),
    '',
  ];
}

function noteSection(sheets: readonly RoleSheet[]): string[] {
  const about = ({ requirement, text }: { requirement: string | null; text: string }): string =>
    `- ${requirement === null ? '' : `\`${requirement}\`: `}${text}`;
  const notes = distinct(sheets.flatMap(({ notes: list }) => list.map(about)));
  const breaks = distinct(sheets.flatMap(({ breaks: list }) => list.map(about)));
  const pitfalls = distinct(sheets.flatMap(({ pitfalls: list }) => list.map(pitfallWords))).map(
    (text) => `- ${text}`,
  );
  return [
    ...(breaks.length === 0 ? [] : ['## What breaks without it', '', ...breaks, '']),
    ...(notes.length === 0 ? [] : ['## Worth knowing', '', ...notes, '']),
    ...(pitfalls.length === 0 ? [] : ['## Pitfalls', '', ...pitfalls, '']),
  ];
}

function conflictSection(sheets: readonly RoleSheet[]): string[] {
  const conflicts = distinct(sheets.flatMap(({ conflicts: list }) => list));
  if (conflicts.length === 0) return [];
  return [
    '## Where the sources differ',
    '',
    ...conflicts.map((conflict) => `- ${conflictWords(conflict)}`),
    '',
  ];
}

/** What would end a cell of a table, or its row. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}

function sameSource(a: SourceSheet, b: SourceSheet): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
