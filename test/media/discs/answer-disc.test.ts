import { expect } from 'chai';
import { describe, it } from 'mocha';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recoverKilledRuns } from '../../../src/build/recover.js';
import { openStore } from '../../../src/images/index.js';
import { makeAnswerDisc } from '../../../src/media/index.js';
import { isRunning, until } from '../../helpers/processes.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { codesThrown } from '../kit.js';
import { falseXorriso, jolietLabel, readDisc, realEnv, realTool } from './kit.js';

const packageRoot = join(import.meta.dirname, '../../..');
const secret = 'Gu3st-Passw0rd!';
const files = new Map<string, string | Uint8Array>([
  ['Autounattend.xml', `<Password>${secret}</Password>`],
  ['lyncimg/first-boot.cmd', 'winrm quickconfig\r\n'],
  ['lyncimg/server.pfx', Buffer.from('key')],
]);

describe('the answer disc', () => {
  const folder = temporaryFolder();
  const secrets = async (): Promise<string> => {
    const path = join(folder.path, 'secrets');
    await mkdir(path, { mode: 0o700 });
    return path;
  };

  it('holds its files under the label that the guest looks for', async () => {
    const file = join(await secrets(), 'answer.iso');

    await makeAnswerDisc({ files, file, env: realEnv });

    expect(await readDisc(file)).to.deep.equal(
      new Map([
        ['Autounattend.xml', `<Password>${secret}</Password>`],
        ['lyncimg/first-boot.cmd', 'winrm quickconfig\r\n'],
        ['lyncimg/server.pfx', 'key'],
      ]),
    );
    expect(await jolietLabel(file)).to.equal('LYNCIMG');
  });

  for (const name of ['xorriso', 'genisoimage']) {
    it(`is nobody else's while ${name} makes it and afterwards, whatever the umask, and nothing is in its arguments`, async () => {
      const seen = join(folder.path, 'seen');
      const real = await realTool(name);
      const args = name === 'xorriso' ? '"$@"' : '-quiet -J -joliet-long -f -V LYNCIMG -o disc tree';
      const script = [
        `echo "$@" >> "${seen}"`,
        `look() { find . -printf '%p %m\\n' | sort >> "${seen}"; }`,
        'look',
        `"${real}" ${args}`,
        'look',
      ];
      const env = await falseXorriso(folder.path, script.join('\n'));
      const place = await secrets();
      const file = join(place, 'answer.iso');
      const before = process.umask(0);
      try {
        await makeAnswerDisc({ files, file, env });
      } finally {
        process.umask(before);
      }

      const [argv = '', ...modes] = (await readFile(seen, 'utf8')).trim().split('\n');
      expect(argv)
        .to.include('-V LYNCIMG -o disc tree')
        .and.not.match(/unattend|first-boot|secrets/i);
      const once = [
        '. 700',
        './disc 600',
        './tree 700',
        './tree/Autounattend.xml 600',
        './tree/lyncimg 700',
        './tree/lyncimg/first-boot.cmd 600',
        './tree/lyncimg/server.pfx 600',
      ];
      expect(modes).to.deep.equal([...once, ...once]);
      expect((await stat(file)).mode & 0o777).to.equal(0o600);
      expect(await readdir(place)).to.deep.equal(['answer.iso']);
      expect((await readDisc(file)).size).to.equal(3);
    });
  }

  it('leaves nothing where the tool fails, and no secret in what is said', async () => {
    const place = await secrets();
    const env = await falseXorriso(folder.path, 'cp tree/Autounattend.xml disc; exit 5');

    const making = makeAnswerDisc({ files, file: join(place, 'answer.iso'), env });

    const error = await making.catch((caught: unknown) => caught);
    expect(error).to.have.property('code', 'E_DISC_FAILED');
    expect(JSON.stringify(error)).not.to.include(secret);
    expect(await readdir(place)).to.deep.equal([]);
  });

  it('is refused for names that Windows would not tell apart', async () => {
    const twice = new Map([
      ['Autounattend.xml', 'a'],
      ['autounattend.xml', 'b'],
    ]);
    const making = makeAnswerDisc({ files: twice, file: join(await secrets(), 'answer.iso'), env: realEnv });

    expect(await codesThrown(making)).to.deep.equal(['E_DISC_COLLISION']);
  });

  it('of a build that is killed in the middle is gone, with its tool, when the next command has cleared up', async () => {
    const state = join(folder.path, 'state');
    const pidFile = join(folder.path, 'pid');
    const script = `cp tree/Autounattend.xml disc; echo $$ > "${pidFile}.new"; mv "${pidFile}.new" "${pidFile}"; exec sleep 60`;
    const { PATH = '' } = await falseXorriso(folder.path, script);
    const build = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', buildThatWaits(state, PATH)],
      {
        cwd: packageRoot,
        stdio: 'ignore',
      },
    );
    const ended = once(build, 'exit');
    await until(() => existsSync(pidFile));
    const tool = Number(await readFile(pidFile, 'utf8'));
    build.kill('SIGKILL');
    await ended;
    expect(isRunning(tool)).to.equal(true);
    expect(await filesWith(secret, state)).not.to.deep.equal([]);

    const told = await recoverKilledRuns(openStore(state));

    expect(told).to.have.length(1);
    expect(isRunning(tool)).to.equal(false);
    expect(await filesWith(secret, state)).to.deep.equal([]);
  });
});

/** A program that begins a run and makes its answer disc. */
function buildThatWaits(state: string, path: string): string {
  const module = (path: string): string => JSON.stringify(pathToFileURL(join(packageRoot, 'src', path)).href);
  return [
    `import { beginRun } from ${module('images/run.ts')};`,
    `import { makeAnswerDisc } from ${module('media/discs/answer-disc.ts')};`,
    `const run = await beginRun(${JSON.stringify(join(state, 'runs'))}, new Date());`,
    "const [name, value] = run.marker.split('=');",
    'await makeAnswerDisc({',
    `  files: new Map([['Autounattend.xml', ${JSON.stringify(secret)}]]),`,
    "  file: run.secretsFolder + '/answer.iso',",
    `  env: { PATH: ${JSON.stringify(path)}, [name]: value },`,
    '});',
  ].join('\n');
}

async function filesWith(text: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(path)).includes(text)) found.push(path);
  }
  return found;
}
