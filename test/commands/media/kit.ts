// A catalogue of two small roles whose files the test has the content of, and a server that has one of them.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from '../../../src/util/index.js';
import { packageWith, role } from '../../catalog/kit.js';
import { packageRoot } from '../../helpers/real-plan.js';
import { runCommandClass, type Outcome } from '../../helpers/run-command.js';

/** What the file of KB1000001 holds: its hash is in the catalogue. */
export const content = 'the real one';

export const paths = {
  known: 'hotfixes/Windows8.1-KB1000001-x64.msu',
  unknown: 'hotfixes/Windows8.1-KB1000002-x64.msu',
  option: 'hotfixes/Windows8.1-KB1000003-x64.msu',
};

function update(kb: string, more: string): string {
  return [
    ...['apiVersion: lyncimg/v1', 'kind: Package', `id: ${kb.toLowerCase()}`, `title: Update ${kb}`],
    ...['type: msu', `kb: ${kb}`, 'licence: Ask Microsoft.', 'source: MS-KB4014587', 'files:'],
    ...['  - os: [2012r2]', `    file: Windows8.1-${kb}-x64.msu`, more],
  ].join('\n');
}

/** Makes the package, and gives its folder. `address` is where KB1000001 can be downloaded. */
export async function smallPackage(folder: string, address: string): Promise<string> {
  await packageWith(folder, {
    small: role(
      'small',
      [
        'supports: [2012r2]',
        'options: { more: { type: boolean, default: false, description: More. } }',
        'requirements:',
        '  - { hotfix: KB1000001, source: MS-KB4014587 }',
        '  - { hotfix: KB1000002, source: MS-KB4014587 }',
        '  - { hotfix: KB1000003, source: MS-KB4014587, when: { option: { more: true } } }',
      ].join('\n'),
    ),
    smaller: role(
      'smaller',
      'supports: [2012r2]\nrequirements:\n  - { hotfix: KB1000001, source: MS-KB4014587 }\n',
    ),
  });
  const packages = {
    kb1000001: update(
      'KB1000001',
      `    sha256: ${sha256(content)}\n    size: ${content.length}\n    published: A page\n    url: ${address}\n`,
    ),
    kb1000002: update('KB1000002', '    published: Another page\n'),
    kb1000003: update('KB1000003', ''),
  };
  for (const [id, text] of Object.entries(packages))
    await writeFile(join(folder, 'catalog/packages', `${id}.yaml`), text);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'lyncimg', version: '0.0.0', oclif: { bin: 'lyncimg', dirname: 'lyncimg' } }),
  );
  for (const part of ['playbooks', 'packer'])
    await cp(join(packageRoot, part), join(folder, part), { recursive: true });
  return folder;
}

export async function give(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** Runs a command with the small catalogue, as a process of its own would. */
export function runWith(
  root: string,
  command: { run: (args: string[], root: string) => Promise<unknown> },
  args: string[],
): Promise<Outcome> {
  process.exitCode = undefined;
  return runCommandClass({ run: (given) => command.run(given, root) }, args);
}
