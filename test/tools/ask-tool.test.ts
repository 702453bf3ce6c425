import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { join } from 'node:path';
import { LyncimgError } from '../../src/errors/index.js';
import { askTool } from '../../src/tools/ask-tool.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const before = process.env['TMPDIR'];

describe('a question to a tool', () => {
  const folder = temporaryFolder();
  afterEach(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });

  it('cannot be asked without a temporary folder, which is no defect', async () => {
    process.env['TMPDIR'] = join(folder.path, 'gone');

    const error = await askTool({ file: '/bin/true', args: [], env: {}, timeoutMs: 1000 }).catch(
      (caught: unknown) => caught,
    );

    expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_FILE_ACCESS');
    expect((error as LyncimgError).message).to.contain(join(folder.path, 'gone'));
  });
});
