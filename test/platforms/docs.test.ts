// The pages of docs/platforms/: their examples are loaded as a user would have them, and no setting or secret is left out.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCatalog, loadWorkspace } from '../../src/catalog/index.js';
import { planMachine } from '../../src/cli/plan-machine.js';
import { orThrow } from '../../src/errors/index.js';
import { platformNames, platformOf, platformSchemas } from '../../src/platforms/index.js';
import { packageRoot } from '../helpers/real-plan.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const folder = join(packageRoot, 'docs/platforms');
const catalog = orThrow(await loadCatalog({ packageRoot }));

describe('docs/platforms', () => {
  const workspaceFolder = temporaryFolder();

  it('has a page for each platform, and no other', async () => {
    const pages = (await readdir(folder)).sort();
    expect(pages).to.deep.equal(['README.md', ...platformNames.map((name) => `${name}.md`)].sort());
  });

  it('names each platform with its builders in the overview', async () => {
    const text = await readFile(join(folder, 'README.md'), 'utf8');
    for (const name of platformNames) expect(text).to.contain(`[${name}](${name}.md)`);
  });

  for (const name of platformNames) {
    describe(name, () => {
      const platform = platformOf(name);
      const page = (): Promise<string> => readFile(join(folder, `${name}.md`), 'utf8');

      it('has an example that is a workspace, with all that a build there needs', async () => {
        const [, example, ...others] = (await page()).split(/^```yaml\n/m);
        expect(others).to.deep.equal([]);
        const text = example?.split(/^```$/m)[0] ?? '';
        await writeFile(join(workspaceFolder.path, 'lyncimg.yaml'), text);
        const workspace = orThrow(
          await loadWorkspace(workspaceFolder.path, { catalog, platforms: platformSchemas }),
        );

        expect(workspace?.platform).to.equal(name);
        const os = catalog.os(workspace?.os ?? '');
        if (os === undefined) throw new Error(`the example of ${name} names no Windows`);
        const { spec, settings } = planMachine(platform, os, workspace);
        expect(settings.missing).to.deep.equal([]);
        const brought = platform.brings?.(settings) ?? [];
        const machine = {
          ...spec,
          drivers: spec.drivers || brought.includes('drivers'),
          guestTools: spec.guestTools || brought.includes('guest-tools'),
        };
        expect(platform.limits(machine, settings).map(({ message }) => message)).to.deep.equal([]);
      });

      it('tells of every setting, secret and program', async () => {
        const text = await page();
        const keys = Object.keys(platform.settings.shape);
        const secrets = platform.secrets.map(({ env }) => env);
        for (const word of [...keys, ...secrets]) expect(text).to.contain(`\`${word}\``);
        for (const { command } of platform.tools) {
          const packages: Record<string, string> = {
            'qemu-system-x86_64': 'qemu-system-x86',
            'qemu-img': 'qemu-utils',
          };
          expect(text).to.contain(packages[command] ?? command);
        }
      });

      it('says what was proved and what was not', async () => {
        expect(await page()).to.match(/^## Proved, and not$/m);
      });
    });
  }
});
