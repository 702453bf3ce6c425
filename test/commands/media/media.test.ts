import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import MediaAdd from '../../../src/commands/media/add.js';
import MediaFetch from '../../../src/commands/media/fetch.js';
import MediaList from '../../../src/commands/media/list.js';
import MediaVerify from '../../../src/commands/media/verify.js';
import { mediaListJsonSchema } from '../../../src/media/index.js';
import { sha256 } from '../../../src/util/index.js';
import type { Outcome } from '../../helpers/run-command.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { says, unrulyServer, whole, type UnrulyServer } from '../../media/fetch/unruly-server.js';
import { content, give, paths, runWith, smallPackage } from './kit.js';

const small = ['--os', '2012r2', '--role', 'small'];

describe('lyncimg media', () => {
  const folder = temporaryFolder();
  const before_ = process.cwd();
  let server: UnrulyServer;
  let root: string;
  before(async () => {
    server = await unrulyServer();
  });
  after(async () => {
    await server.close();
  });
  beforeEach(async () => {
    root = await smallPackage(join(folder.path, 'package'), server.url('/kb1.msu'));
    await mkdir(join(folder.path, 'here'));
    process.chdir(join(folder.path, 'here'));
    server.asked.splice(0);
    server.behave(whole(Buffer.from(content)));
  });
  afterEach(() => {
    process.chdir(before_);
  });

  const list = (...args: string[]): Promise<Outcome> => runWith(root, MediaList, [...small, ...args]);
  const add = (...args: string[]): Promise<Outcome> => runWith(root, MediaAdd, args);
  const verify = (...args: string[]): Promise<Outcome> => runWith(root, MediaVerify, args);
  const fetch = (...args: string[]): Promise<Outcome> => runWith(root, MediaFetch, [...small, ...args]);

  describe('list', () => {
    it('shows what is needed and missing, where it is published and on what terms, and ends with 1', async () => {
      const { exit, stdout } = await list();

      expect(exit).to.equal(1);
      expect(stdout).to.match(/missing +hotfixes\/Windows8\.1-KB1000001-x64\.msu +12 B +known +KB1000001/);
      expect(stdout).to.match(/missing +hotfixes\/Windows8\.1-KB1000002-x64\.msu +- +unknown/);
      expect(stdout).to.not.contain('KB1000003');
      expect(stdout).to.contain('A page').and.to.contain('Ask Microsoft.').and.to.contain('2 not here');
      expect(await readdir('.')).to.deep.equal([]);
    });

    it('goes by the options of the role', async () => {
      expect((await list('--option', 'more=true')).stdout).to.contain('KB1000003');
    });

    it('ends with 0 where all files are there, by the lock or by the folder', async () => {
      await give('elsewhere/x', content);
      await give(`media/${paths.unknown}`, 'any');
      await add('elsewhere/x');

      const { exit, stdout } = await list();
      expect(exit).to.equal(0);
      expect(stdout).to.contain('All files are here.');
    });

    it('tells of a wrong file', async () => {
      await give(`media/${paths.known}`, 'another one!');

      const { exit, stdout } = await list();
      expect(exit).to.equal(1);
      expect(stdout).to.contain('WRONG').and.to.contain(sha256('another one!'));
    });

    it('prints the same as data, by the published schema, a file once for all roles that need it', async () => {
      const { stdout, exit } = await list('--role', 'smaller', '--json');
      const data = JSON.parse(stdout) as { files: { path: string; roles: string[] }[] };
      const validate = new Ajv2020().compile(mediaListJsonSchema() as object);

      expect(exit).to.equal(1);
      expect(validate(data), JSON.stringify(validate.errors)).to.equal(true);
      expect(data.files.map(({ path, roles }) => [path, roles])).to.deep.equal([
        [paths.known, ['small', 'smaller']],
        [paths.unknown, ['small']],
      ]);
    });

    it('goes by lyncimg.yaml where flags say nothing', async () => {
      await writeFile(
        'lyncimg.yaml',
        'apiVersion: lyncimg/v1\nkind: Workspace\nplatform: twin\nos: 2012r2\nroles: [smaller]\n',
      );
      const { stdout } = await runWith(root, MediaList, []);

      expect(stdout).to.contain('KB1000001').and.to.not.contain('KB1000002');
    });

    it('tells at once what flags are missing', async () => {
      const { exit, stderr } = await runWith(root, MediaList, []);

      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_OS_MISSING').and.to.contain('E_ROLE_MISSING');
    });

    it('refuses a broken lock with its place', async () => {
      await writeFile('media.lock.yaml', 'apiVersion: lyncimg/v1\nkind: MediaLock\nfiles: 5\n');

      const { exit, stderr } = await list();
      expect(exit).to.equal(2);
      expect(stderr).to.contain('media.lock.yaml:3:1: E_MEDIA_LOCK');
    });
  });

  describe('add', () => {
    it('records files of any role and option, and says how it knew them', async () => {
      await give('downloads/x.bin', content);
      await give('downloads/windows8.1-kb1000003-x64_e6f4da4d33564419065a7370865faacf9b40ff72.msu', 'any');

      const { exit, stdout } = await add(...(await readdir('downloads')).map((name) => `downloads/${name}`));

      expect(exit).to.equal(0);
      expect(stdout).to.contain(`${paths.known} is downloads/x.bin (by hash; its SHA-256 is right)`);
      expect(stdout).to.contain('nobody says what its SHA-256 should be');
      const lock = await readFile('media.lock.yaml', 'utf8');
      expect(lock).to.contain(paths.known).and.to.contain(paths.option).and.to.contain('downloads/x.bin');
    });

    it('writes nothing where one is wrong, and tells of all', async () => {
      await give('x.bin', content);
      await give('Windows8.1-KB1000001-x64.msu', 'tampered');
      await give('notes.txt', 'x');

      const { exit, stderr } = await add('x.bin', 'Windows8.1-KB1000001-x64.msu', 'notes.txt');

      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_MEDIA_CHECKSUM').and.to.contain('E_MEDIA_UNKNOWN');
      expect(await readdir('.')).to.not.contain('media.lock.yaml');
    });

    it('takes the word of the user for one file', async () => {
      await give('x.bin', 'any');
      expect((await add('x.bin', '--as', paths.unknown)).exit).to.equal(0);

      const { exit, stderr } = await add('x.bin', 'y.bin', '--as', paths.unknown);
      expect(exit).to.equal(2);
      expect(stderr).to.contain('E_USAGE');
    });

    it('does not touch the lock where nothing changes', async () => {
      await give('x.bin', content);
      await add('x.bin');
      const text = await readFile('media.lock.yaml', 'utf8');

      expect((await add('x.bin')).stdout).to.contain('unchanged');
      expect(await readFile('media.lock.yaml', 'utf8')).to.equal(text);
    });

    it('wants a file', async () => {
      expect((await add()).stderr).to.contain('E_USAGE');
    });
  });

  describe('verify', () => {
    it('ends with 0 where all is as it was, and with 1 and all that is wrong where it is not', async () => {
      await give('a/x.bin', content);
      await give('b/Windows8.1-KB1000002-x64.msu', 'any');
      await add('a/x.bin', 'b/Windows8.1-KB1000002-x64.msu');
      const good = await verify();
      expect(good.exit).to.equal(0);
      expect(good.stdout).to.match(/^ok +hotfixes/);

      await writeFile('a/x.bin', 'the real 0ne');
      await writeFile('b/Windows8.1-KB1000002-x64.msu', 'anyway');
      const { exit, stdout } = await verify('--json');
      expect(exit).to.equal(1);
      expect(
        (JSON.parse(stdout) as { files: { state: string }[] }).files.map(({ state }) => state),
      ).to.deep.equal(['wrong-hash', 'wrong-size']);
    });

    it('says that there is nothing to check where there is no lock', async () => {
      const { exit, stderr } = await verify();

      expect(exit).to.equal(0);
      expect(stderr).to.contain('names no file');
    });
  });

  describe('fetch', () => {
    it('downloads what has an address, tells of the rest, and ends with 1 while something is missing', async () => {
      const { exit, stdout, stderr } = await fetch();

      expect(exit).to.equal(1);
      expect(await readFile(`media/${paths.known}`, 'utf8')).to.equal(content);
      expect(stdout).to.match(/fetched +hotfixes\/Windows8\.1-KB1000001/);
      expect(stdout).to.match(/no address +hotfixes\/Windows8\.1-KB1000002-x64\.msu +Another page/);
      expect(stderr).to.contain('fetching 12 B').and.to.contain('100 %');
      expect((await verify()).exit).to.equal(0);
    });

    it('ends with 0 where all is there, and asks nobody then', async () => {
      await give(`media/${paths.known}`, content);
      await give(`media/${paths.unknown}`, 'any');

      expect((await fetch()).exit).to.equal(0);
      expect(server.asked).to.deep.equal([]);
    });

    it('ends with 3 where a server does not give a file or gives another, and keeps nothing of it', async () => {
      server.behave(says(404));
      const gone = await fetch();
      expect(gone.exit).to.equal(3);
      expect(gone.stderr).to.contain('E_FETCH_STATUS');

      server.behave(whole(Buffer.from('the real 0ne')));
      const { exit, stdout } = await fetch('--json');
      expect(exit).to.equal(3);
      const { files } = JSON.parse(stdout) as { files: { problem: { code: string } | null }[] };
      expect(files[0]?.problem?.code).to.equal('E_FETCH_CHECKSUM');
      expect(await readdir('media/hotfixes')).to.deep.equal([]);
    });
  });
});
