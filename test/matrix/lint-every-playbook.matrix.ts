// ansible-lint by its strictest profile on the playbook of every layer of every role on every system.
import { expect } from 'chai';
import { execa } from 'execa';
import { describe, it } from 'mocha';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadCatalog } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { packageRoot, renderRole } from '../helpers/real-plan.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const catalog = orThrow(await loadCatalog({ packageRoot }));

describe('the playbooks of every role', () => {
  const folder = temporaryFolder();

  for (const { id } of catalog.systems()) {
    it(`are taken by ansible-lint, profile production, on ${id}`, async function () {
      this.timeout(600_000);
      const layers = new Map<string, Map<string, string>>();
      for (const role of catalog.roles()) {
        if (role.abstract || !role.supports.includes(id)) continue;
        const { files } = await renderRole(role.name, id);
        // A layer that several roles stand on is the same text: it is read once.
        for (const [path, text] of files) {
          const [layer = '', ...rest] = path.split('/');
          const isLayer = /^\d\d-/.test(layer) && rest.length > 0;
          const place = isLayer ? layer.replace(/^\d\d-/, '') : 'shared';
          layers.set(
            place,
            (layers.get(place) ?? new Map<string, string>()).set(isLayer ? rest.join('/') : path, text),
          );
        }
      }
      for (const [layer, files] of layers)
        for (const [path, text] of files) {
          const file = join(folder.path, layer, path);
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, text);
        }
      const playbooks = [...layers.keys()]
        .filter((name) => name !== 'shared')
        .map((name) => `${name}/playbook.yml`);
      expect(playbooks.length).to.be.above(15);
      const { exitCode, all } = await execa(
        'ansible-lint',
        ['--offline', '--nocolor', '-c', join(packageRoot, 'playbooks/.ansible-lint'), ...playbooks],
        {
          cwd: folder.path,
          env: { PATH: process.env['PATH'] ?? '', HOME: folder.path, LC_ALL: 'C.UTF-8' },
          extendEnv: false,
          reject: false,
          all: true,
        },
      );
      expect(exitCode, all).to.equal(0);
    });
  }
});
