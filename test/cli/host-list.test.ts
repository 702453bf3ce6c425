import { expect } from 'chai';
import { describe, it } from 'mocha';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readHosts } from '../../src/cli/host-list.js';
import { formatWhere, LyncimgError, ProblemsError } from '../../src/errors/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('readHosts', () => {
  const folder = temporaryFolder();

  async function list(text: string | Buffer): Promise<string> {
    const file = join(folder.path, 'hosts.txt');
    await writeFile(file, text);
    return file;
  }
  async function read(text: string | Buffer, hosts: string[] = []): Promise<string[]> {
    const addresses = await readHosts({ hosts, file: await list(text), defaultPort: 5986 });
    return addresses.map(({ host, port }) => `${host} ${port}`);
  }
  async function problemsOf(text: string | Buffer): Promise<readonly LyncimgError[]> {
    const error: unknown = await read(text).catch((thrown: unknown) => thrown);
    if (error instanceof ProblemsError) return error.problems;
    expect(error).to.be.instanceOf(LyncimgError);
    return [error as LyncimgError];
  }

  it('takes one host a line, comments, blank lines, and what Notepad writes', async () => {
    const text = '\ufeff# Pool\r\n\r\nfe01\r\n  fe02:5987  # the second\r\n[fd00::15]:443\r\n';

    expect(await read(text)).to.deep.equal(['fe01 5986', 'fe02 5987', 'fd00::15 443']);
  });

  it('asks each host once, whichever way and in whatever case it is named', async () => {
    expect(await read('FE01\nfe02\nfe01.:5986\nfe02:443\n', ['fe01', 'fe03'])).to.deep.equal([
      ...['fe01 5986', 'fe03 5986', 'fe02 5986', 'fe02 443'],
    ]);
  });

  it('names every wrong line with its place', async () => {
    const problems = await problemsOf('fe01\nfe02:0\n\t fe 03 # typo\nhttps://fe04\n');

    expect(problems.map(({ code }) => code)).to.deep.equal(Array.from({ length: 3 }, () => 'E_HOST_ADDRESS'));
    expect(problems.map(({ where }) => where && formatWhere(where).replace(/^.*\//, ''))).to.deep.equal([
      'hosts.txt:2:1',
      'hosts.txt:3:3',
      'hosts.txt:4:1',
    ]);
  });

  it('stops after twenty, and shows of a long line its beginning alone', async () => {
    expect(await problemsOf('a b\n'.repeat(100))).to.have.length(20);
    const [long] = await problemsOf(`${'x'.repeat(100_000)}\n`);
    expect(long?.message.length).to.be.lessThan(200);
  });

  for (const [what, text] of [
    ['no host', '# nothing\n'],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x66])],
    ['megabytes', Buffer.alloc(6 * 1024 * 1024, 'a\n')],
  ] as const) {
    it(`refuses a file with ${what}`, async () => {
      const [problem] = await problemsOf(text);

      expect(problem?.code).to.equal('E_HOSTS_FILE');
      expect(problem?.exitCode).to.equal(2);
    });
  }
});
