import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkReportFiles, jsonText, writeReportFile } from '../../src/cli/report-files.js';

describe('report files', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-reports-'));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  async function errorOf(work: Promise<void>): Promise<unknown> {
    return work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
  }

  it('writes the whole file over the old one and leaves nothing beside it', async () => {
    const path = join(folder, 'report.json');
    await writeFile(path, 'old');

    await checkReportFiles([undefined, path]);
    await writeReportFile(path, () => jsonText({ a: 1 }));

    expect(await readFile(path, 'utf8')).to.equal('{\n  "a": 1\n}\n');
    expect(await readdir(folder)).to.deep.equal(['report.json']);
  });

  it('makes no text for a file that nobody wants', async () => {
    await writeReportFile(undefined, () => expect.fail('was made'));
  });

  it('knows before the work that a folder is missing', async () => {
    const error = await errorOf(checkReportFiles([join(folder, 'none', 'report.json')]));

    expect(error).to.include({ code: 'E_VERIFY_OUTPUT', exitCode: 2 });
  });

  it('does not put a file in the place of a folder or a device', async () => {
    expect(await errorOf(checkReportFiles([folder]))).to.include({ code: 'E_VERIFY_OUTPUT' });
    expect(await errorOf(checkReportFiles(['/dev/null']))).to.include({ code: 'E_VERIFY_OUTPUT' });
  });
});
