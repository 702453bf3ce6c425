import { expect } from 'chai';
import { describe, it } from 'mocha';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LyncimgError } from '../../../src/errors/index.js';
import { discToolFor } from '../../../src/media/discs/disc-tool.js';
import { makeDisc, type DiscOptions } from '../../../src/media/discs/make-disc.js';
import { identityOf, type DiscEntry } from '../../../src/media/discs/stage.js';
import { isRunning, until } from '../../helpers/processes.js';
import { onSmallDisk } from '../../helpers/small-disk.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { falseXorriso, jolietLabel, listJoliet, onlyTools, readDisc, realEnv, realTool } from './kit.js';

/** Everything that a command line, a list of paths or a graft point could trip over. */
const oddNames = [
  '-o',
  '--help',
  '-publisher SOMEBODY',
  'a=b',
  '=',
  'c=d/e=f.msu',
  "it's",
  "''",
  'two  blanks',
  ' leading',
  '$HOME `id` $(id)',
  '%41%00',
  '!~#&@^+,[]{}()',
  '.hidden',
  '..two',
  'README',
  'TRANS.TBL',
  'a.b.c.tar.gz',
  'backup~',
  '#auto#',
  'RR_MOVED/x',
  'disc',
  'tree/tree',
  // Composed and decomposed are two files.
  '\u00e4.txt',
  'a\u0308.txt',
  '\u65e5\u672c\u8a9e.msu',
  '\u05d0\u202e\u200b\ufeff',
  // Alike in the short names of plain ISO 9660.
  `${'x'.repeat(40)}1.msu`,
  `${'x'.repeat(40)}2.msu`,
  'n'.repeat(64),
  'm'.repeat(65),
  `${'p'.repeat(99)}.msu`,
  Array(128).fill('d').join('/'),
  [1, 2, 3, 4].map((number) => String(number).repeat(60)).join('/'),
];

async function make(
  entries: readonly DiscEntry[],
  options: Partial<DiscOptions> & { file: string },
): Promise<void> {
  const { env = realEnv, label = 'LYNCIMG' } = options;
  const files = entries.map(({ path }) => ({ path, sizeBytes: 1 }));
  const tool = options.tool ?? (await discToolFor({ label, files, env }));
  await makeDisc({ tool, label, entries, secret: false, env, ...options });
}

const content = (path: string): DiscEntry => ({ path, content: `content of ${path}` });

async function source(file: string, path = 'a.msu'): Promise<DiscEntry> {
  return { path, source: file, identity: await identityOf(file) };
}

async function failure(promise: Promise<unknown>): Promise<LyncimgError> {
  const error = await promise.catch((caught: unknown) => caught);
  expect(error).to.be.instanceOf(LyncimgError);
  return error as LyncimgError;
}

describe('a disc', () => {
  const folder = temporaryFolder();
  const place = async (): Promise<string> => {
    const path = join(folder.path, 'discs');
    await mkdir(path, { recursive: true });
    return join(path, 'the disc.iso');
  };
  const left = (): Promise<string[]> => readdir(join(folder.path, 'discs'));

  for (const name of ['xorriso', 'genisoimage']) {
    it(`of ${name} has every name as it is, and nothing else`, async () => {
      const env = await onlyTools(folder.path, name);
      const file = await place();

      await make(oddNames.map(content), { file, env });

      const expected = new Map(oddNames.map((path) => [path, `content of ${path}`]));
      const read = await readDisc(file);
      expect([...read.keys()].sort()).to.deep.equal([...expected.keys()].sort());
      expect(read).to.deep.equal(expected);
      expect(await listJoliet(file))
        .to.include(`/${'p'.repeat(99)}.msu`)
        .and.include('/c=d/e=f.msu');
      expect(await left()).to.deep.equal(['the disc.iso']);
    });

    it(`of ${name} holds files of any path and size without a copy of them being made`, async () => {
      const env = await onlyTools(folder.path, name);
      const file = await place();
      const strange = join(folder.path, `-a='"\n\u00e4 = a\u0308`);
      await writeFile(strange, 'from a strange place');
      await writeFile(join(folder.path, 'empty'), '');
      const entries = [await source(strange, 'b=c.msu'), await source(join(folder.path, 'empty'), 'none')];

      await make(entries, { file, env });

      expect(await readDisc(file)).to.deep.equal(
        new Map([
          ['b=c.msu', 'from a strange place'],
          ['none', ''],
        ]),
      );
    });

    it(`of ${name} that does not fit is a full disk, whoever notices`, async function () {
      const env = await onlyTools(folder.path, name);
      const large = join(folder.path, 'large');
      await writeFile(large, Buffer.alloc(3 * 1024 * 1024));
      await onSmallDisk(this, folder.path, async ({ path }) => {
        const file = join(path, 'a.iso');
        const tool = await failure(make([await source(large)], { file, env }));
        const own = await failure(
          make([{ path: 'a', content: Buffer.alloc(3 * 1024 * 1024) }], { file, env }),
        );

        for (const error of [tool, own]) {
          expect(error).to.include({ code: 'E_DISK_FULL', exitCode: 3 });
          expect(error.facts).to.deep.equal({ path: file, quota: false });
        }
        expect(await readdir(path)).to.deep.equal([]);
      });
    });
  }

  it('can have the longest names of UDF, in every folder', async () => {
    const file = await place();
    const names = [
      'n'.repeat(104),
      'm'.repeat(200),
      'l'.repeat(254),
      '\u0100'.repeat(127),
      `${'f'.repeat(120)}/a=b.msu`,
      "it's \u00e4 a\u0308.msu",
      '\u65e5'.repeat(85),
      Array(128).fill('d').join('/'),
    ];
    await writeFile(join(folder.path, 'empty'), '');

    await make([...names.map(content), await source(join(folder.path, 'empty'), 'none')], { file });

    const expected = new Map([
      ...names.map((path): [string, string] => [path, `content of ${path}`]),
      ['none', ''],
    ]);
    expect(await readDisc(file, 'udf')).to.deep.equal(expected);
    expect(execFileSync('7z', ['l', '-slt', '-tudf', file], { encoding: 'utf8' })).to.include('Id: LYNCIMG');
  });

  it('can be empty, and has its label', async () => {
    const file = await place();

    await make([], { file, label: 'ABCDEFGH_1234567' });

    expect(await readDisc(file)).to.deep.equal(new Map());
    expect(await jolietLabel(file)).to.equal('ABCDEFGH_1234567');
  });

  it('is the same, byte by byte, wherever and whenever it is made of the same files', async () => {
    const one = join(folder.path, 'one');
    await writeFile(one, 'x');
    const file = await place();
    await make([await source(one), content('b/c')], { file });
    const first = await readFile(file);
    const two = join(folder.path, 'two');
    await writeFile(two, 'x');
    execFileSync('touch', ['-d', '2001-02-03', two]);

    await make([await source(two), content('b/c')], { file, env: { ...realEnv, TZ: 'Asia/Tokyo' } });

    expect(first.equals(await readFile(file))).to.equal(true);
  });

  it('replaces one that was there only when it is done', async () => {
    const file = await place();
    await writeFile(file, 'the old one');
    const env = await falseXorriso(folder.path, 'exit 5');
    await failure(make([content('a')], { file, env }));
    expect(await readFile(file, 'utf8')).to.equal('the old one');

    await make([content('a')], { file });

    expect((await readDisc(file)).size).to.equal(1);
  });

  it('of a tool that fails half-way is none, and its last words are told', async () => {
    const script = [
      'head -c 100000 /dev/zero > disc',
      'echo "xorriso 1.5.4 : RockRidge filesystem manipulator, libburnia project." >&2',
      'echo "libburn : FATAL : it broke \\033[31m" >&2',
      'exit 5',
    ];
    const env = await falseXorriso(folder.path, script.join('\n'));
    const file = await place();

    const error = await failure(make([content('a')], { file, env }));

    expect(error).to.include({ code: 'E_DISC_FAILED', exitCode: 3 });
    expect(error.message)
      .to.match(/the disc\.iso was not made: .*xorriso ended with exit code 5\. It said:\n/)
      .and.include('libburn : FATAL : it broke \\u001b[31m')
      .and.not.include('RockRidge');
    expect(await left()).to.deep.equal([]);
  });

  it('of a tool that is killed is none', async () => {
    const env = await falseXorriso(folder.path, 'head -c 100000 /dev/zero > disc; kill -9 $$');
    const error = await failure(make([content('a')], { file: await place(), env }));

    expect(error.code).to.equal('E_DISC_FAILED');
    expect(error.message).to.include('was ended by SIGKILL');
    expect(await left()).to.deep.equal([]);
  });

  for (const script of ['exit 0', 'rm disc', 'head -c 100000 /dev/zero > disc']) {
    it(`of a tool that is content with nothing is none: ${script}`, async () => {
      const env = await falseXorriso(folder.path, script);
      const error = await failure(make([content('a')], { file: await place(), env }));

      expect(error.code).to.equal('E_DISC_FAILED');
      expect(error.message).to.include('ended well and left no disc');
      expect(await left()).to.deep.equal([]);
    });
  }

  for (const [what, trap] of [
    ['hangs', ''],
    ['hangs and does not listen', "trap '' INT TERM;"],
  ] as const) {
    it(`of a tool that ${what} is given up with the command`, async () => {
      const pidFile = join(folder.path, 'pid');
      const script = `${trap} head -c 100000 /dev/zero > disc; echo $$ > "${pidFile}.new"; mv "${pidFile}.new" "${pidFile}"; sleep 60; sleep 60`;
      const env = await falseXorriso(folder.path, script);
      const controller = new AbortController();
      const reason = new Error('Ctrl-C');

      const making = make([content('a')], { file: await place(), env, signal: controller.signal });
      const ended = making.catch((caught: unknown) => caught);
      await until(() => existsSync(pidFile));
      controller.abort(reason);

      expect(await ended).to.equal(reason);
      expect(isRunning(Number(await readFile(pidFile, 'utf8')))).to.equal(false);
      expect(await left()).to.deep.equal([]);
    });
  }

  it('is not begun where the command was interrupted before', async () => {
    const reason = new Error('Ctrl-C');
    const file = await place();
    const making = make([content('a')], { file, signal: AbortSignal.abort(reason) });

    expect(await making.catch((caught: unknown) => caught)).to.equal(reason);
    expect(await left()).to.deep.equal([]);
  });

  it('tells of its tool at once, and stops it where nobody can write that down', async () => {
    const env = await falseXorriso(folder.path, 'sleep 60');
    const reason = new Error('the disk of the record is full');
    let pid = 0;
    const making = make([content('a')], {
      file: await place(),
      env,
      onStarted: (tool) => {
        pid = tool.group.pgid;
        return Promise.reject(reason);
      },
    });

    expect(await making.catch((caught: unknown) => caught)).to.equal(reason);
    expect(pid).to.be.greaterThan(1);
    expect(isRunning(pid)).to.equal(false);
    expect(await left()).to.deep.equal([]);
  });

  describe('is none where a file changed after it was checked', () => {
    const changes: [string, string][] = [
      ['written to', 'printf more >> "$1"'],
      ['written to, with its size and time put back', 'touch -r "$1" t; printf XXXX > "$1"; touch -r t "$1"'],
      ['replaced', 'cp -p "$1" "$1.new"; mv "$1.new" "$1"'],
      ['removed, which the tools let pass', 'rm "$1"'],
    ];
    for (const [what, change] of changes) {
      it(`: ${what}`, async () => {
        const large = join(folder.path, 'a.msu');
        await writeFile(large, 'data');
        const real = await realTool('xorriso');
        const script = `change() { ${change}; }\nchange "${large}"\nexec "${real}" "$@"`;
        const env = await falseXorriso(folder.path, script);

        const error = await failure(make([await source(large)], { file: await place(), env }));

        expect(error).to.include({ code: 'E_DISC_SOURCE', exitCode: 3 });
        expect(error.message).to.include(large);
        expect(await left()).to.deep.equal([]);
      });
    }
  });

  describe('is refused with the reason where nothing can be written', () => {
    it(': no such folder', async () => {
      const error = await failure(make([content('a')], { file: join(folder.path, 'nowhere', 'a.iso') }));
      expect(error.code).to.equal('E_FILE_ACCESS');
    });

    it(': a file in its way', async () => {
      await writeFile(join(folder.path, 'file'), '');
      const error = await failure(make([content('a')], { file: join(folder.path, 'file', 'a.iso') }));
      expect(error.code).to.equal('E_FILE_ACCESS');
    });

    it(': a read-only file system', async function () {
      await onSmallDisk(this, folder.path, async ({ path }) => {
        execFileSync('mount', ['-o', 'remount,ro', path]);
        const error = await failure(make([content('a')], { file: join(path, 'a.iso') }));
        expect(error.code).to.equal('E_FILE_ACCESS');
        expect(error.message).to.include('read-only');
      });
    });
  });

  it('that is no secret can be read by those whom the umask lets', async () => {
    const before = process.umask(0o027);
    try {
      const file = await place();
      await make([content('a')], { file });
      expect((await stat(file)).mode & 0o777).to.equal(0o640);
    } finally {
      process.umask(before);
    }
  });
});
