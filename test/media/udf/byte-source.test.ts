import { expect } from 'chai';
import { describe, it } from 'mocha';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFile } from '../../../src/media/udf/byte-source.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { codeOf, errorOf } from '../windows-media/kit.js';

describe('bytes of a file', () => {
  const folder = temporaryFolder();
  const make = async (text: string): Promise<{ path: string; sizeBytes: number }> => {
    const path = join(folder.path, 'disc.iso');
    await writeFile(path, text);
    return { path, sizeBytes: text.length };
  };

  it('are read at their place', async () => {
    const text = await withFile(await make('0123456789'), undefined, async (source) => {
      expect(source.sizeBytes).to.equal(10);
      return (await source.read(3, 4, 'it')).toString();
    });
    expect(text).to.equal('3456');
  });

  it('behind its end are none: it is cut short', async () => {
    const error = await errorOf(
      withFile(await make('0123'), undefined, (source) => source.read(2, 3, 'the table')),
    );

    expect(error.code).to.equal('E_ISO_CUT_SHORT');
    expect(error.message).to.contain('the table would end at byte 5, and the file has 4 bytes');
  });

  it('of a file that becomes shorter meanwhile cannot be read', async () => {
    const file = await make('0123456789');
    await truncate(file.path, 5);

    expect(await codeOf(withFile(file, undefined, (source) => source.read(0, 10, 'it')))).to.equal(
      'E_FILE_UNREADABLE',
    );
  });

  it('of a file that is gone cannot be read', async () => {
    const path = join(folder.path, 'gone.iso');
    expect(await codeOf(withFile({ path, sizeBytes: 9 }, undefined, () => Promise.resolve()))).to.equal(
      'E_FILE_UNREADABLE',
    );
  });

  it('are no longer read once the command is interrupted', async () => {
    const interrupted = new Error('Ctrl-C');
    const reading = withFile(await make('0123'), AbortSignal.abort(interrupted), (source) =>
      source.read(0, 1, 'it'),
    );

    expect(await reading.catch((error: unknown) => error)).to.equal(interrupted);
  });
});
