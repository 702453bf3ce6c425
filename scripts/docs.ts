// Makes the reference pages from the code, or (--check) fails where a checked-in page has drifted.
import { execa } from 'execa';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { loadCatalog } from '../src/catalog/index.js';
import { catalogue, orThrow, type Code } from '../src/errors/index.js';
import { roleSheet } from '../src/explain/index.js';
import { rolePage } from '../src/report/index.js';
import { kindNames, kindOf } from '../src/requirements/index.js';

const root = join(import.meta.dirname, '..');

const pages: Record<string, () => string | Promise<string>> = {
  'docs/errors.md': errorReference,
  'docs/requirements.md': requirementReference,
  'docs/commands.md': commandReference,
  ...(await rolePages()),
};

const config = await resolveConfig(join(root, 'README.md'));
const check = process.argv.includes('--check');
const drifted: string[] = readdirSync(join(root, 'docs/roles'))
  .map((name) => `docs/roles/${name}`)
  .filter((path) => !Object.hasOwn(pages, path));
for (const [path, make] of Object.entries(pages)) {
  const file = join(root, path);
  const text = await format(await make(), { ...config, parser: 'markdown' });
  if (!check) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) drifted.push(path);
}
if (drifted.length > 0) {
  console.error(`Drifted from the code: ${drifted.join(', ')}. Run 'npm run build && npm run docs'.`);
  process.exitCode = 1;
}

/** One row a code: its title, the doc comment that stands above it, its exit code. */
function errorReference(): string {
  const comments = docComments(join(root, 'src/errors/codes'));
  const rows = (Object.keys(catalogue) as Code[]).sort().map((name) => {
    const { title, exit } = catalogue[name];
    return `| \`${name}\` | ${exit} | ${title} | ${comments.get(name) ?? ''} |`;
  });
  return [
    '# Errors',
    '',
    'Every bad end of a command has a code. Codes are permanent; wording is not.',
    '',
    'Exit codes: 0 done · 1 a machine falls short · 2 wrong use or input · 3 a tool or a host · 4 not everything could be judged · 70 a defect of lyncimg · 130 interrupted · 143 terminated.',
    '',
    '| code | exit | title | when |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function docComments(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [, comment, code] of text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(E_[A-Z0-9_]+):/g)) {
      if (comment === undefined || code === undefined) continue;
      found.set(
        code,
        comment
          .replaceAll(/\s*\n\s*\*\s?/g, ' ')
          .replaceAll('|', '\\|')
          .trim(),
      );
    }
  }
  return found;
}

/** One section a kind, from the fields that the kind itself carries. */
function requirementReference(): string {
  const sections = kindNames.flatMap((name) => {
    const kind = kindOf(name);
    if (kind === undefined) return [];
    return [
      `## ${kind.name}`,
      '',
      kind.summary,
      '',
      `Stage: \`${kind.stage}\`.`,
      '',
      '```yaml',
      kind.example.trimEnd(),
      '```',
      '',
    ];
  });
  return [
    '# Requirement kinds',
    '',
    'An item of `requirements:` names its kind, its `source`, and optionally `when` and `stage`.',
    '',
    ...sections,
  ].join('\n');
}

/** A page for each role that a machine can be, and one that lists them. */
async function rolePages(): Promise<Record<string, () => string>> {
  const catalog = orThrow(await loadCatalog({ packageRoot: root }));
  const roles = catalog.roles().filter(({ abstract }) => !abstract);
  const systems = catalog.systems();
  const entries = roles.map((role) => {
    const sheets = systems.filter(({ id }) => role.supports.includes(id)).map((os) => roleSheet(role, os));
    return [`docs/roles/${role.name}.md`, () => rolePage(sheets)] as const;
  });
  const index = (): string =>
    [
      '# Roles',
      '',
      'What each role needs of Windows, requirement by requirement, with the document that asks for it. `lyncimg roles show ROLE --os OS` prints the same.',
      '',
      `| role | title | ${systems.map(({ title }) => title).join(' | ')} |`,
      `| --- | --- | ${systems.map(() => '---').join(' | ')} |`,
      ...roles.map(
        ({ name, title, supports }) =>
          `| [${name}](${name}.md) | ${title} | ${systems.map(({ id }) => (supports.includes(id) ? 'yes' : 'no')).join(' | ')} |`,
      ),
      '',
    ].join('\n');
  return { ...Object.fromEntries(entries), 'docs/roles/README.md': index };
}

/** oclif's own command list, made from the built commands. */
async function commandReference(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lyncimg-docs-'));
  const file = join(folder, 'commands.md');
  writeFileSync(file, '# Commands\n\n<!-- commands -->\n<!-- commandsstop -->\n');
  try {
    await execa('npx', ['oclif', 'readme', '--readme-path', file, '--no-aliases'], { cwd: root });
    // The version and the repository's address change without the surface changing.
    return readFileSync(file, 'utf8').replaceAll(/\n_See code: .*_\n/g, '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
