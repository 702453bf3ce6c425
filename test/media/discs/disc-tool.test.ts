import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LyncimgError, ProblemsError } from '../../../src/errors/index.js';
import { makeAnswerDisc } from '../../../src/media/index.js';
import { discToolFor, findDiscTool } from '../../../src/media/discs/disc-tool.js';
import { scriptTool } from '../../helpers/fake-tool.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { jolietLabel, onlyTools, readDisc, realEnv } from './kit.js';

const iso = { name: 'iso', because: null } as const;
const udf = { name: 'udf', because: 'install.wim is large' } as const;

async function refusal(promise: Promise<unknown>): Promise<LyncimgError> {
  const error = await promise.catch((caught: unknown) => caught);
  expect(error).to.be.instanceOf(LyncimgError);
  return error as LyncimgError;
}

describe('the tool that makes a disc', () => {
  const folder = temporaryFolder();

  it('is xorriso where there are several, and genisoimage where it has to be UDF', async () => {
    expect((await findDiscTool(iso, realEnv)).name).to.equal('xorriso');
    expect((await findDiscTool(udf, realEnv)).name).to.equal('genisoimage');
  });

  for (const name of ['xorriso', 'genisoimage', 'mkisofs']) {
    it(`can be ${name} alone`, async () => {
      const env = await onlyTools(folder.path, name);
      const file = join(folder.path, 'answer.iso');

      await makeAnswerDisc({ files: new Map([['Autounattend.xml', '<unattend/>']]), file, env });

      expect(await readDisc(file)).to.deep.equal(new Map([['Autounattend.xml', '<unattend/>']]));
      expect(await jolietLabel(file)).to.equal('LYNCIMG');
    });
  }

  it('is named with how to install it where there is none', async () => {
    const error = await refusal(findDiscTool(iso, { PATH: folder.path }));

    expect(error).to.include({ code: 'E_DISC_TOOL', exitCode: 3 });
    expect(error.message).to.equal('No program on the PATH makes ISO 9660 discs.');
    expect(error.suggestions).to.deep.equal(['Install xorriso: apt-get install xorriso']);
  });

  it('is genisoimage for UDF, and its lack is told with what asks for UDF', async () => {
    const env = await onlyTools(folder.path, 'xorriso', 'mkisofs');
    const files = [{ path: 'x'.repeat(104), sizeBytes: 1 }];

    const error = await refusal(discToolFor({ label: 'LYNCIMG', files, env }));

    expect(error.message).to.include('UDF').and.include('more than 103 characters');
    expect(error.suggestions).to.deep.equal(['Install genisoimage: apt-get install genisoimage']);
  });

  it('is not another program of that name, and that one is told', async () => {
    const bin = join(folder.path, 'bin');
    await mkdir(bin);
    const path = await scriptTool(bin, 'xorriso', 'echo something else');

    const error = await refusal(findDiscTool(iso, { PATH: bin }));

    expect(error.message).to.include(path).and.include('something else');
  });

  it('is looked for only where the disc can be at all', async () => {
    const files = [{ path: 'a;1', sizeBytes: 1 }];
    const error = await discToolFor({ label: 'x', files, env: { PATH: '' } }).catch(
      (caught: unknown) => caught,
    );

    expect(error).to.be.instanceOf(ProblemsError);
    expect((error as ProblemsError).problems.map(({ code }) => code)).to.deep.equal([
      'E_DISC_LABEL',
      'E_DISC_PATH',
    ]);
  });

  it('takes no settings of the user', async () => {
    await writeFile(join(folder.path, '.mkisofsrc'), 'PUBL=SOMEBODY\n');
    await writeFile(join(folder.path, '.genisoimagerc'), 'PUBL=SOMEBODY\n');
    await writeFile(join(folder.path, '.xorrisorc'), '-publisher SOMEBODY\n');
    for (const name of ['xorriso', 'genisoimage']) {
      const home = join(folder.path, name);
      await mkdir(home);
      const env = { ...(await onlyTools(home, name)), HOME: folder.path };
      const file = join(home, 'answer.iso');

      await makeAnswerDisc({ files: new Map([['a', 'A']]), file, env });

      expect((await readFile(file)).includes('SOMEBODY')).to.equal(false);
    }
  });
});
