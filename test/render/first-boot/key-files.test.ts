import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { LyncimgError } from '../../../src/errors/index.js';
import { passwordRoutine } from '../../../src/render/first-boot/access.js';
import { keyFiles } from '../../../src/render/first-boot/key-files.js';
import { script } from '../../../src/render/first-boot/script.js';
import { argvOf } from './argv.js';
import { runBatch } from './cmd.js';
import { certificatePassword, thumbprint } from './scenario.js';

function filesOf(password: string): Map<string, string> {
  return new Map(keyFiles({ password, certificatePassword, thumbprint }));
}

/** What net.exe gets from the script for a password. */
function arrived(password: string): string[] {
  const caller = [
    '@echo off',
    'setlocal',
    'set "ANSWER=E:"',
    'set "ACCOUNT=Admin & Co"',
    'call :password',
    'exit /b 0',
  ];
  const files = new Map([
    ['C:\\test.cmd', script([...caller, ...passwordRoutine])],
    ['E:\\lyncimg\\password', filesOf(password).get('lyncimg/password') ?? ''],
  ]);
  let argv: string[] = [];
  runBatch(
    {
      read: (path) => files.get(path),
      ...{ write: () => false, exists: (path) => files.has(path), remove: () => undefined },
      makeFolder: () => undefined,
      run: (name, { args }) => {
        argv = [name, ...argvOf(args)];
        return { code: 0 };
      },
    },
    'C:\\test.cmd',
  );
  return argv;
}

const anyPassword = fc
  .string({
    unit: fc.constantFrom(...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))),
    minLength: 1,
    maxLength: 127,
  })
  .filter((text) => !text.startsWith('/') && text !== '*');

describe('the files of the key', () => {
  it('bring any printable password to net.exe unchanged', () => {
    fc.assert(
      fc.property(anyPassword, (password) => {
        expect(arrived(password)).to.deep.equal(['net', 'user', 'Admin & Co', password, '/active:yes', '/y']);
      }),
    );
  });

  it('bring the ones that cmd.exe would like to read', () => {
    for (const password of [
      '%PATH%',
      '%ANSWER%!ANSWER!',
      '!',
      '^^!^^',
      '" & shutdown /s & "',
      '\\',
      '\\"',
      ' blanks at both ends ',
      '<nul >nul 2>&1 | (x)',
      "'`~@#$*-_=+[]{};:,.?/",
    ]) {
      expect(arrived(password)[3]).to.equal(password);
    }
  });

  it('are one line each, short enough for SET /P', () => {
    const files = filesOf('"'.repeat(127));

    for (const [path, text] of files) {
      expect(text, path).to.match(/^[ -~]+\r\n$/);
      expect(text.length, path).to.be.lessThan(1021);
    }
  });

  it('are refused for a password that Windows could not be given so (E_BUILD_PASSWORD_FORM)', () => {
    const wrong: [password: string, reason: RegExp][] = [
      ['', /it is empty/],
      ['a'.repeat(128), /128 characters/],
      ['Grüße', /not printable ASCII/],
      ['a\tb', /not printable ASCII/],
      ['a\nb', /not printable ASCII/],
      ['/add', /begins with \//],
      ['*', /Windows asks for one/],
    ];
    for (const [password, reason] of wrong) {
      let error: unknown;
      try {
        filesOf(password);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).to.be.instanceOf(LyncimgError);
      expect(error).to.deep.include({ code: 'E_BUILD_PASSWORD_FORM', exitCode: 2 });
      expect((error as LyncimgError).message).to.match(reason);
      if (password.length > 3) expect((error as LyncimgError).message).not.to.contain(password);
    }
    expect(filesOf('a'.repeat(127)).has('lyncimg/password')).to.equal(true);
  });

  it('are of keys that lyncimg made', () => {
    for (const more of [{ certificatePassword: 'a b' }, { certificatePassword: '' }, { thumbprint: 'ab' }]) {
      const key = { password: 'a', certificatePassword, thumbprint, ...more };
      expect(() => keyFiles(key)).to.throw('lyncimg did not make');
    }
  });
});
