import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { readPassword, type PasswordOptions } from '../../src/cli/password.js';
import { LyncimgError } from '../../src/errors/index.js';

/** A stream that keeps what was written. */
class Screen extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

function options(more: Partial<PasswordOptions> = {}): PasswordOptions & { stderr: Screen } {
  const stderr = new Screen();
  return { user: 'Administrator', file: undefined, env: {}, input: new PassThrough(), ...more, stderr };
}

function terminal(): PassThrough & { isTTY: boolean; isRaw: boolean; setRawMode(on: boolean): unknown } {
  const stream = Object.assign(new PassThrough(), {
    isTTY: true,
    isRaw: false,
    setRawMode(on: boolean) {
      stream.isRaw = on;
      return stream;
    },
  });
  return stream;
}

async function problemOf(promise: Promise<unknown>): Promise<LyncimgError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(LyncimgError);
  return error as LyncimgError;
}

describe('readPassword', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-password-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function file(content: string | Uint8Array, mode = 0o600): Promise<string> {
    const path = join(folder, 'secret');
    await writeFile(path, content);
    await chmod(path, mode);
    return path;
  }

  it('takes LYNCIMG_PASSWORD as it is, blanks and all', async () => {
    expect(await readPassword(options({ env: { LYNCIMG_PASSWORD: ' pä ss ' } }))).to.equal(' pä ss ');
  });

  it('takes the line of a file, without its end of line and byte order mark, before the environment', async () => {
    const given = options({ file: await file('\ufeffp4ss wörd\r\n'), env: { LYNCIMG_PASSWORD: 'other' } });

    expect(await readPassword(given)).to.equal('p4ss wörd');
    expect(given.stderr.text).to.equal('');
  });

  it('takes a file that every user can read, and says so', async () => {
    const given = options({ file: await file('hunter2', 0o644) });

    expect(await readPassword(given)).to.equal('hunter2');
    expect(given.stderr.text).to.contain('Every user').and.not.contain('hunter2');
  });

  it('reads a pipe, as a shell makes it of <(pass show lync)', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', ['-m', '0644', pipe]);
    const given = options({ file: pipe });

    const [password] = await Promise.all([readPassword(given), writeFile(pipe, 'from-a-pipe\n')]);

    expect(password).to.equal('from-a-pipe');
    expect(given.stderr.text).to.equal('');
  });

  const bad: [string, string | Uint8Array, RegExp][] = [
    ['an empty file', '', /empty/],
    ['a file with a blank line', '\n', /empty/],
    ['a file with two lines', 'one\ntwo\n', /more than one line/],
    ['a file with a NUL', 'a\u0000b', /more than one line/],
    ['a file that is not UTF-8', new Uint8Array([0x70, 0xff, 0xfe]), /UTF-8/],
    ['a huge file', 'x'.repeat(100_000), /longer than/],
  ];
  for (const [what, content, reason] of bad) {
    it(`refuses ${what}, and shows nothing of it`, async () => {
      const error = await problemOf(readPassword(options({ file: await file(content) })));

      expect(error.code).to.equal('E_PASSWORD_FILE');
      expect(error.exitCode).to.equal(2);
      expect(error.message)
        .to.match(reason)
        .and.not.match(/one\b.*two|xxx/);
    });
  }

  it('refuses a file that is not there, and a folder', async () => {
    expect((await problemOf(readPassword(options({ file: join(folder, 'none') })))).message).to.contain(
      'ENOENT',
    );
    expect((await problemOf(readPassword(options({ file: folder })))).message).to.contain('folder');
  });

  it('does not wait for a person where there is no terminal', async () => {
    const error = await problemOf(readPassword(options({ env: { LYNCIMG_PASSWORD: '' } })));

    expect(error.code).to.equal('E_PASSWORD_MISSING');
    expect(error.exitCode).to.equal(2);
    expect(error.suggestions.join()).to.contain('LYNCIMG_PASSWORD').and.contain('--password-file');
  });

  it('asks at a terminal, without echo, and leaves the terminal as it was', async () => {
    const input = terminal();
    const given = options({ input });
    const asked = readPassword(given);
    const wasRaw = input.isRaw;
    input.write('s3cxx\u007f\u007fret\r');

    expect(await asked).to.equal('s3cret');
    expect(wasRaw).to.equal(true);
    expect(input.isRaw).to.equal(false);
    expect(given.stderr.text).to.equal('Password of Administrator: \n');
  });

  it('ends as interrupted on Ctrl-C at the prompt', async () => {
    const input = terminal();
    const asked = readPassword(options({ input }));
    input.write('s3c\u0003');

    const error = await problemOf(asked);

    expect(error.code).to.equal('E_INTERRUPTED');
    expect(error.exitCode).to.equal(130);
    expect(input.isRaw).to.equal(false);
  });

  it('ends as interrupted when the command is', async () => {
    const controller = new AbortController();
    const asked = readPassword(options({ input: terminal(), signal: controller.signal }));
    controller.abort();

    expect((await problemOf(asked)).code).to.equal('E_INTERRUPTED');
  });

  it('has no password when the answer is empty or the terminal closes', async () => {
    const empty = terminal();
    const first = readPassword(options({ input: empty }));
    empty.write('\r');
    expect((await problemOf(first)).code).to.equal('E_PASSWORD_MISSING');

    const closing = terminal();
    const second = readPassword(options({ input: closing }));
    closing.end();
    expect((await problemOf(second)).code).to.equal('E_PASSWORD_MISSING');
  });
});
