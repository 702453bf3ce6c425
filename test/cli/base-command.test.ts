import { expect } from 'chai';
import { execa } from 'execa';
import { join } from 'node:path';

const fixture = join(import.meta.dirname, '../fixtures/commands/waiting.ts');

function start(...args: string[]) {
  return execa(process.execPath, ['--import', 'tsx', fixture, ...args], { reject: false });
}

describe('BaseCommand', () => {
  for (const [signal, exitCode, code] of [
    ['SIGINT', 130, 'E_INTERRUPTED'],
    ['SIGTERM', 143, 'E_TERMINATED'],
    ['SIGHUP', 143, 'E_TERMINATED'],
  ] as const) {
    it(`ends with ${exitCode} and ${code} after ${signal}`, async () => {
      const child = start();
      child.stdout.once('data', () => child.kill(signal));

      const result = await child;

      expect(result.exitCode).to.equal(exitCode);
      expect(result.stderr).to.contain(code);
    });
  }

  it('names the terminal that was closed', async () => {
    const child = start();
    child.stdout.once('data', () => child.kill('SIGHUP'));

    expect((await child).stderr).to.contain('terminal was closed');
  });

  it('says E_INTERNAL and 70 for what nobody foresaw, without a stack', async () => {
    const result = await start('bug');

    expect(result.exitCode).to.equal(70);
    expect(result.stderr)
      .to.contain('E_INTERNAL')
      .and.to.contain('x is not a function')
      .and.not.to.match(/^\s+at /m);
  });

  it('shows the stack where it is asked for', async () => {
    const result = await start('bug', '--verbose');

    expect(result.stderr).to.match(/at .*waiting\.ts/);
  });

  it('takes an unknown flag as wrong use: E_USAGE and 2', async () => {
    const result = await start('--no-such-flag');

    expect(result.exitCode).to.equal(2);
    expect(result.stderr).to.equal(
      'E_USAGE\n  Nonexistent flag: --no-such-flag\n  -> Run the command with --help.',
    );
  });

  for (const [what, args, message] of [
    ['an option without its value', ['--count'], 'Flag --count expects a value'],
    ['a value that cannot be read', ['--count', 'many'], 'Parsing --count'],
    ['a value out of range', ['--count', '-1'], 'Parsing --count'],
    ['an argument that is none of those', ['sleep'], 'Expected sleep to be one of: wait, bug'],
    ['two flags that exclude each other', ['--count', '1', '--endless'], '--endless'],
  ] as const) {
    it(`says of ${what} only what is wrong, and where help is`, async () => {
      const result = await start(...args);

      expect(result.exitCode).to.equal(2);
      const [code, first, ...rest] = result.stderr.split('\n');
      expect(code).to.equal('E_USAGE');
      expect(first).to.contain(message);
      expect(result.stderr).not.to.match(/following error|See more help/);
      expect(rest.at(-1)).to.equal('  -> Run the command with --help.');
    });
  }

  it('keeps exit code and message in --json', async () => {
    const result = await start('bug', '--json');

    expect(result.exitCode).to.equal(70);
    expect(JSON.parse(result.stdout)).to.have.nested.property('error.code', 'E_INTERNAL');
  });
});
