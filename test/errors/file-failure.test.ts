import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, fileFailure, formatError, LyncimgError } from '../../src/errors/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const refused = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code });

describe('a failed file operation', () => {
  const folder = temporaryFolder();

  for (const [reason, code, wording] of [
    ['ENOSPC', 'E_DISK_FULL', 'No space is left'],
    ['EDQUOT', 'E_DISK_FULL', 'quota'],
    ['EACCES', 'E_FILE_ACCESS', 'refused (EACCES)'],
    ['EPERM', 'E_FILE_ACCESS', 'refused (EPERM)'],
    ['EROFS', 'E_FILE_ACCESS', 'read-only'],
    ['ENOTDIR', 'E_FILE_ACCESS', 'a file is in its way'],
    ['ENOENT', 'E_FILE_ACCESS', 'is not there'],
  ] as const) {
    it(`is ${code} where the system says ${reason}`, () => {
      const error = fileFailure(refused(reason), '/a/place');

      expect(error).to.be.instanceOf(LyncimgError).with.property('code', code);
      expect((error as LyncimgError).message)
        .to.contain('/a/place')
        .and.to.contain(wording);
    });
  }

  it('in a folder that is not there names the setting to correct', async () => {
    const place = join(folder.path, 'gone', 'lyncimg-');
    const error = await mkdtemp(place).catch((caught: unknown) => fileFailure(caught, place));

    expect(formatError(error as LyncimgError))
      .to.contain(place)
      .and.to.contain('TMPDIR');
  });

  it('stays what it is where it has a code already, or is none of these', () => {
    const own = fail('E_USAGE', { message: 'x' });

    expect(fileFailure(own, '/a/place')).to.equal(own);
    expect(fileFailure(refused('EBADF'), '/a/place')).to.have.property('code', 'EBADF');
    expect(fileFailure('text', '/a/place')).to.equal('text');
  });
});
