// The commands over the real catalogue: what they print, and that it follows the published schemas.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCatalog } from '../../../src/catalog/index.js';
import RolesExplain from '../../../src/commands/roles/explain.js';
import RolesList from '../../../src/commands/roles/list.js';
import RolesMatrix from '../../../src/commands/roles/matrix.js';
import RolesShow from '../../../src/commands/roles/show.js';
import { orThrow } from '../../../src/errors/index.js';
import type { RoleSheet } from '../../../src/explain/index.js';
import { packageRoot } from '../../catalog/kit.js';
import { runCommandClass } from '../../helpers/run-command.js';

const catalog = orThrow(await loadCatalog({ packageRoot }));

type Command = Parameters<typeof runCommandClass>[0];
const run = (command: Command, ...args: string[]) => runCommandClass(command, args);

async function documentOf(command: Command, schema: string, ...args: string[]): Promise<unknown> {
  const { stdout, stderr, exit } = await run(command, ...args, '--json');
  expect(exit, stderr).to.equal(0);
  const document: unknown = JSON.parse(stdout);
  const validate = new Ajv2020().compile(
    JSON.parse(await readFile(join(packageRoot, 'schemas', schema), 'utf8')) as object,
  );
  expect(validate(document), JSON.stringify(validate.errors)).to.equal(true);
  return document;
}

describe('lyncimg roles list', () => {
  it('lists every role with the systems that it is supported on', async () => {
    const { stdout } = await run(RolesList);
    expect(stdout)
      .to.match(/^front-end +2008r2 2012 2012r2/m)
      .and.match(/^lync-common +\(ground\)/m);
  });

  it('prints a document of the published schema', async () => {
    await documentOf(RolesList, 'role-list.schema.json');
  });
});

describe('lyncimg roles show', () => {
  it('shows each requirement with its source, and the condition of those that have one', async () => {
    const { stdout } = await run(RolesShow, 'front-end', '--os', '2012R2');
    expect(stdout)
      .to.include('Additional software requirements for Lync Server 2013 (Microsoft, 2016-12-08)')
      .and.include('feature/Server-Media-Foundation, if conferencing is true');
  });

  for (const { name, supports } of catalog.roles())
    it(`prints a document of the published schema for ${name} on every system that it supports`, async () => {
      expect(supports).to.not.deep.equal([]);
      for (const os of supports) {
        const sheet = await documentOf(RolesShow, 'role-sheet.schema.json', name, '--os', os);
        expect((sheet as RoleSheet).requirements.length, os).to.be.above(0);
      }
    });

  it('refuses a role that there is not, and a system that the role does not support', async () => {
    expect((await run(RolesShow, 'frontend', '--os', '2012')).stderr).to.match(/E_ROLE_UNKNOWN.*front-end/s);
    const { stderr, exit } = await run(RolesShow, 'trusted-application', '--os', '2012r2');
    expect(stderr).to.include('E_ROLE_OS');
    expect(exit).to.equal(2);
  });
});

describe('lyncimg roles explain', () => {
  it('says who needs it, on whose word, and what is known of it', async () => {
    const { stdout } = await run(RolesExplain, 'windows-identity-foundation');
    expect(stdout)
      .to.match(/^ {2}edge +2012 2012r2 +since lync-common/m)
      .and.include('where the sources differ');
    await documentOf(RolesExplain, 'requirement-sheet.schema.json', 'kb2919355');
  });

  it('refuses what no role asks for, with near names', async () => {
    const { stderr, exit } = await run(RolesExplain, 'KB2919356');
    expect(stderr).to.match(/E_REQUIREMENT_UNKNOWN.*KB29193/s);
    expect(exit).to.equal(2);
  });
});

describe('lyncimg roles matrix', () => {
  it('prints a document of the published schema', async () => {
    await documentOf(RolesMatrix, 'role-matrix.schema.json');
  });

  it('shows what is supported where', async () => {
    const { stdout } = await run(RolesMatrix);
    expect(stdout).to.match(/^trusted-application +\d+\+\d+.* - *$/m);
  });
});
