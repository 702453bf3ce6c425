import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Init from '../../src/commands/init.js';
import RolesValidate from '../../src/commands/roles/validate.js';
import { runCommandClass } from '../helpers/run-command.js';
import { workingFolder } from '../helpers/working-folder.js';

describe('lyncimg init', () => {
  const folder = workingFolder();
  const run = (...args: string[]) => runCommandClass(Init, args);
  const text = (path: string): Promise<string> => readFile(join(folder.path, path), 'utf8');

  it('makes a workspace that is valid as it stands, with a role of its own', async () => {
    const { stdout, exit } = await run();
    expect(exit).to.equal(0);
    expect(stdout.trim().split('\n')).to.deep.equal([
      'lyncimg.yaml',
      'roles/monitored-front-end.yaml',
      '.gitignore',
      'schemas/workspace.schema.json',
      'schemas/role.schema.json',
      'schemas/package.schema.json',
    ]);
    const checked = await runCommandClass(RolesValidate, []);
    expect(checked.exit, checked.stderr).to.equal(0);
    expect(checked.stdout).to.include('roles/monitored-front-end.yaml: monitored-front-end');
  });

  it('tells the editor the schema of each file, beside it', async () => {
    await run();
    expect(await text('lyncimg.yaml')).to.match(
      /^# yaml-language-server: \$schema=schemas\/workspace\.schema\.json\n/,
    );
    expect(await text('roles/monitored-front-end.yaml')).to.match(
      /^# yaml-language-server: \$schema=\.\.\/schemas\/role\.schema\.json\n/,
    );
    expect(JSON.parse(await text('schemas/role.schema.json'))).to.have.property('properties');
    expect(await text('.gitignore')).to.include('.lyncimg/');
  });

  it('takes the folder, the Windows and the platform', async () => {
    await run('images', '--os', '2012');
    expect(await text('images/lyncimg.yaml'))
      .to.include('os: 2012\n')
      .and.include('platform: twin\n');
  });

  it('writes nothing where one of its files is there, and names it', async () => {
    await writeFile(join(folder.path, '.gitignore'), 'mine\n');
    const { stderr, exit } = await run();
    expect(exit).to.equal(2);
    expect(stderr).to.include('E_INIT_EXISTS').and.include('.gitignore');
    expect(await readdir(folder.path)).to.deep.equal(['.gitignore']);
    expect(await text('.gitignore')).to.equal('mine\n');
  });

  it('writes the schemas of this version again where it is asked to, and nothing else', async () => {
    await run();
    await writeFile(join(folder.path, 'schemas/role.schema.json'), '{}');
    await writeFile(join(folder.path, 'lyncimg.yaml'), '# mine\n');
    expect((await run('--schemas')).exit).to.equal(0);
    expect(await text('schemas/role.schema.json')).to.have.length.above(100);
    expect(await text('lyncimg.yaml')).to.equal('# mine\n');
  });
});
