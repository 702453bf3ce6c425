import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { findTool } from '../../src/tools/index.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** What cracklib's program of that name does: it takes its first argument for a dictionary and reads words. */
const cracklib = `
if [ $# -eq 0 ]; then echo "Usage: packer dbname [wordlist]" >&2; exit 255; fi
touch -- "$1.pwd" "$1.pwi" "$1.hwm"
count=0
while read -r word; do count=$((count + 1)); done
echo "$count $count"`;

describe('finding a tool', () => {
  const folder = temporaryFolder();

  const folderOnPath = async (name: string): Promise<string> => {
    const path = join(folder.path, name);
    await mkdir(path);
    return path;
  };
  const pathOf = (...folders: string[]): NodeJS.ProcessEnv => ({
    PATH: [...folders, '/usr/bin', '/bin'].join(':'),
  });
  /** Only the folders named: Debian's own tools are out of sight, but a script needs `cat` and `touch`. */
  const onlyIn = async (...folders: string[]): Promise<NodeJS.ProcessEnv> => {
    const shell = await folderOnPath('shell');
    for (const tool of ['cat', 'touch', 'sleep']) await symlink(`/bin/${tool}`, join(shell, tool));
    return { PATH: [...folders, shell].join(':') };
  };
  const errorOf = async (promise: Promise<unknown>): Promise<LyncimgError> => {
    const error = await promise.catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(LyncimgError);
    return error as LyncimgError;
  };

  it('gives its path and version', async () => {
    const bin = await folderOnPath('bin');
    const path = await scriptTool(bin, 'packer', 'echo "Packer v1.14.2"');

    const found = await findTool('packer', pathOf(bin));

    expect(found).to.deep.equal({
      name: 'packer',
      path,
      version: '1.14.2',
      warnings: [],
      passedOver: [],
      python: null,
    });
  });

  it("passes over cracklib's packer, and says so", async () => {
    const [first, second] = [await folderOnPath('first'), await folderOnPath('second')];
    const wrong = await scriptTool(first, 'packer', cracklib);
    const right = await scriptTool(second, 'packer', 'echo 1.6.6');

    const found = await findTool('packer', pathOf(first, second));

    expect(found.path).to.equal(right);
    expect(found.passedOver).to.have.length(1);
    expect(found.passedOver[0]).to.deep.include({ path: wrong });
    expect(found.passedOver[0]?.why).to.contain('"0 0"');
  });

  it("leaves no dictionary of cracklib's packer behind", async () => {
    const bin = await folderOnPath('bin');
    await scriptTool(bin, 'packer', `${cracklib}; pwd > "${folder.path}/asked-in"`);

    await errorOf(findTool('packer', await onlyIn(bin)));

    const askedIn = (await readFile(join(folder.path, 'asked-in'), 'utf8')).trim();
    expect(askedIn).not.to.equal(process.cwd());
    expect(existsSync(askedIn)).to.equal(false);
    expect(await readdir(process.cwd())).not.to.include('--version.pwd');
  });

  it("is an error of its own where cracklib's packer is all there is", async () => {
    const bin = await folderOnPath('bin');
    const path = await scriptTool(bin, 'packer', cracklib);

    const error = await errorOf(findTool('packer', await onlyIn(bin)));

    expect(error.code).to.equal('E_TOOL_WRONG');
    expect(error.exitCode).to.equal(3);
    expect(error.message).to.contain(path);
    expect(error.suggestions.join('\n')).to.contain('apt-get install packer');
  });

  it('does not wait for a program that never answers', async () => {
    const bin = await folderOnPath('bin');
    await scriptTool(bin, 'packer', 'exec sleep 60');

    const error = await errorOf(findTool('packer', await onlyIn(bin), 300));

    expect(error.code).to.equal('E_TOOL_WRONG');
    expect(error.message).to.contain('no version within 0.3 s');
  });

  it('passes over what cannot be started', async () => {
    const bin = await folderOnPath('bin');
    await writeFile(join(bin, 'packer'), '#!/nowhere/interpreter\n', { mode: 0o755 });

    const error = await errorOf(findTool('packer', await onlyIn(bin)));

    expect(error.code).to.equal('E_TOOL_WRONG');
    expect(error.message).to.contain('could not be started');
  });

  it('takes neither a folder, nor a file that may not be run, nor the working folder', async () => {
    const bin = await folderOnPath('bin');
    await mkdir(join(bin, 'ansible-playbook'));
    await chmod(await scriptTool(bin, 'packer', 'echo 1.6.6'), 0o644);
    const env = await onlyIn(bin, '', '.', 'bin');

    expect((await errorOf(findTool('packer', env))).code).to.equal('E_TOOL_MISSING');
    expect((await errorOf(findTool('ansible-playbook', env))).code).to.equal('E_TOOL_MISSING');
  });

  it('is an error with the way to install it where there is none', async () => {
    const missing = await errorOf(findTool('ansible-playbook', { PATH: folder.path }));

    expect(missing.code).to.equal('E_TOOL_MISSING');
    expect(missing.exitCode).to.equal(3);
    expect(missing.suggestions.join('\n')).to.contain('apt-get install ansible python3-winrm');
    expect((await errorOf(findTool('packer', {}))).code).to.equal('E_TOOL_MISSING');
  });

  describe('that the user names', () => {
    /** A Packer on the PATH, and another one that is not. */
    const two = async (): Promise<{ env: NodeJS.ProcessEnv; other: string }> => {
      const [bin, elsewhere] = [await folderOnPath('bin'), await folderOnPath('elsewhere')];
      await scriptTool(bin, 'packer', 'echo 1.6.6');
      await scriptTool(bin, 'packer-1.14', 'echo Packer v1.14.2');
      const other = await scriptTool(elsewhere, 'hashicorp', 'echo Packer v1.16.0');
      return { env: pathOf(bin), other };
    };

    it('is taken by its path or by its name on the PATH', async () => {
      const { env, other } = await two();

      expect(await findTool('packer', { ...env, LYNCIMG_PACKER: other })).to.include({
        path: other,
        version: '1.16.0',
      });
      expect((await findTool('packer', { ...env, LYNCIMG_PACKER: 'packer-1.14' })).version).to.equal(
        '1.14.2',
      );
    });

    it('is not asked for by an empty variable', async () => {
      const { env } = await two();

      expect((await findTool('packer', { ...env, LYNCIMG_PACKER: '' })).version).to.equal('1.6.6');
    });

    it('is an error that names the variable where it is not that tool, and no other is taken', async () => {
      const { env } = await two();

      for (const [value, why] of [
        ['/bin/true', 'which is not HashiCorp Packer'],
        ['/nowhere/packer', 'could not be started'],
        ['packer-gone', 'no program of that name'],
        ['tools/packer', 'a relative path'],
      ] as const) {
        const error = await errorOf(findTool('packer', { ...env, LYNCIMG_PACKER: value }));
        expect(error.code).to.equal('E_TOOL_CHOICE');
        expect(error.exitCode).to.equal(2);
        expect(error.message).to.contain(`LYNCIMG_PACKER is "${value}"`).and.contain(why);
        expect(error.suggestions.join('\n')).to.contain('unset LYNCIMG_PACKER');
      }
    });

    it('is Packer alone', async () => {
      const { env, other } = await two();
      const bin = await folderOnPath('with-xorriso');
      await scriptTool(bin, 'xorriso', 'echo xorriso 1.5.4 : RockRidge');

      const found = await findTool('xorriso', { PATH: `${bin}:${env['PATH'] ?? ''}`, LYNCIMG_PACKER: other });

      expect(found.path).to.equal(join(bin, 'xorriso'));
    });
  });

  describe('of Ansible', () => {
    const ansible = (bin: string, version: string, python: string | null): Promise<string> =>
      scriptTool(
        bin,
        'ansible-playbook',
        `cat <<'END'\nansible-playbook [core ${version}]\n  python version = 3.11.2 (main) [GCC 12.2.0]${
          python === null ? '' : ` (${python})`
        }\n  libyaml = True\nEND`,
      );

    it('asks the Python that it runs on for pywinrm', async () => {
      const bin = await folderOnPath('bin');
      const python = await scriptTool(bin, 'python-of-ansible', '[ "$2" = "import winrm" ]');
      await ansible(bin, '2.14.18', python);

      const found = await findTool('ansible-playbook', pathOf(bin));

      expect(found).to.deep.include({ version: '2.14.18', python, warnings: [] });
    });

    it('is an error with the way to install it where pywinrm is missing', async () => {
      const bin = await folderOnPath('bin');
      const complaint = "ModuleNotFoundError: No module named 'winrm'";
      const python = await scriptTool(bin, 'python-of-ansible', `echo "${complaint}" >&2; exit 1`);
      await ansible(bin, '2.14.18', python);

      const error = await errorOf(findTool('ansible-playbook', pathOf(bin)));

      expect(error.code).to.equal('E_TOOL_PYWINRM');
      expect(error.exitCode).to.equal(3);
      expect(error.message).to.contain(complaint).and.contain(python);
      expect(error.suggestions.join('\n')).to.contain('python3-winrm').and.contain(`${python} -m pip`);
    });

    it("reads the script's first line where an older Ansible does not name its Python", async () => {
      const bin = await folderOnPath('bin');
      const python = await scriptTool(
        bin,
        'python3.9',
        '[ "$1" = -c ] && exit 0; echo "ansible-playbook [core 2.11.12]"; echo "  python version = 3.9.2 (default) [GCC]"',
      );
      const script = join(bin, 'ansible-playbook');
      await writeFile(script, '#!/usr/bin/env python3.9\n', { mode: 0o755 });

      const found = await findTool('ansible-playbook', pathOf(bin));

      expect(found).to.deep.include({ version: '2.11.12', python, warnings: [] });
    });

    it('warns where its Python cannot be found out, and outside the supported range', async () => {
      const bin = await folderOnPath('bin');
      await ansible(bin, '2.17.0', null);

      const found = await findTool('ansible-playbook', pathOf(bin));

      expect(found.warnings.map((warning) => warning.code)).to.deep.equal([
        'ansible-untested',
        'pywinrm-unchecked',
      ]);
    });

    it('finds the real one of Debian, even where LC_ALL is C', async function () {
      if (!existsSync('/usr/bin/ansible-playbook')) this.skip();
      const found = await findTool('ansible-playbook', {
        PATH: '/usr/bin:/bin',
        HOME: folder.path,
        LC_ALL: 'C',
      });

      expect(found.version).to.match(/^2\.\d+/);
      expect(found.python).to.equal('/usr/bin/python3');
    });
  });
});
