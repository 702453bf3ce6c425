import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import RolesValidate from '../../../src/commands/roles/validate.js';
import { packageRoot, role, writeFiles } from '../../catalog/kit.js';
import { runCommandClass } from '../../helpers/run-command.js';
import { workingFolder } from '../../helpers/working-folder.js';

describe('lyncimg roles validate', () => {
  const folder = workingFolder();
  const run = (...args: string[]) => runCommandClass(RolesValidate, args);
  const workspace = 'apiVersion: lyncimg/v1\nkind: Workspace\n';

  it('checks the catalogue and says what it checked', async () => {
    const { stdout, stderr, exit } = await run();
    expect(exit).to.equal(0);
    expect(stderr).to.equal('');
    expect(
      stdout
        .trim()
        .split('\n')
        .map((text) => text.split(':')[0]),
    ).to.have.members(
      (await readdir(join(packageRoot, 'catalog/roles'))).map((name) => `catalog/roles/${name}`),
    );
  });

  it('gives the same as JSON', async () => {
    await writeFiles(folder.path, { 'own.yaml': role('own', 'extends: edge\nrequirements: []\n') });
    const { stdout, exit } = await run('own.yaml', '--json');
    expect(exit).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal({ roles: [{ name: 'own', file: 'own.yaml', requirements: 0 }] });
  });

  it('checks the roles and the lyncimg.yaml of a workspace with it', async () => {
    await writeFiles(folder.path, {
      'lyncimg.yaml': `${workspace}roles: [own]\n`,
      'roles/own.yaml': role('own', 'extends: edge\nrequirements: []\n'),
    });
    expect((await run()).stdout).to.include('roles/own.yaml: own, 0 requirements on 2008r2, 2012, 2012r2\n');
    await writeFiles(folder.path, { 'lyncimg.yaml': `${workspace}roles: [owm]\n` });
    const { stderr, exit } = await run();
    expect(stderr)
      .to.match(/^lyncimg\.yaml:3:9: E_ROLE_UNKNOWN/)
      .and.to.include('Did you mean own?');
    expect(exit).to.equal(2);
  });

  it('tells of the platform, the roles and the shape of lyncimg.yaml at once', async () => {
    await writeFiles(folder.path, {
      'lyncimg.yaml': `${workspace}foo: 1\nplatform: cloud\nroles: [xyzxyz]\n`,
    });
    const { stderr, exit } = await run();
    expect(exit).to.equal(2);
    expect(stderr)
      .to.include('lyncimg.yaml:3:1: E_KEY_UNKNOWN')
      .and.include('lyncimg.yaml:4:11: E_PLATFORM_UNKNOWN')
      .and.include('lyncimg.yaml:5:9: E_ROLE_UNKNOWN')
      .and.include('Known: admin-tools, archiving, ');
  });

  it('says on which systems a role was tried', async () => {
    await writeFiles(folder.path, {
      'own.yaml': role('own', 'supports: [2012, 2012R2]\nrequirements: []\n'),
    });
    expect((await run('own.yaml')).stdout).to.equal('own.yaml: own, 0 requirements on 2012, 2012r2\n');
  });

  it('checks a wrong lyncimg.yaml too', async () => {
    await writeFiles(folder.path, { 'lyncimg.yaml': `${workspace}rolse: []\n` });
    const { stderr, exit } = await run();
    expect(stderr).to.match(/^lyncimg\.yaml:3:1: E_KEY_UNKNOWN/);
    expect(exit).to.equal(2);
  });

  it('leaves folders called roles alone where there is no workspace', async () => {
    await writeFiles(folder.path, { 'roles/bad.yaml': 'nonsense' });
    expect((await run()).exit).to.equal(0);
  });

  it('prints every problem of a file with its place and a hint, and ends with 2', async () => {
    const file = join(packageRoot, 'test/fixtures/roles/unknown-names.yaml');
    const { stdout, stderr, exit } = await run(file);
    expect(exit).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.include('8 problems.').and.include(`${file}:9:5: E_KIND_UNKNOWN`).and.include('^^^^^^');
  });

  it('gives problems as JSON as well', async () => {
    await writeFiles(folder.path, { 'bad.yaml': '\tname: x\n' });
    const { stdout, exit } = await run('bad.yaml', '--json');
    expect(exit).to.equal(2);
    const { error } = JSON.parse(stdout) as { error: { problems: { code: string; where: string }[] } };
    expect(error.problems.map(({ code, where }) => `${code} ${where}`)).to.deep.equal([
      'E_YAML_TAB bad.yaml:1:1',
    ]);
  });

  it('names a file that is not there', async () => {
    const { stderr, exit } = await run('none.yaml');
    expect(stderr).to.match(/^none\.yaml: E_FILE_UNREADABLE/);
    expect(exit).to.equal(2);
  });
});
