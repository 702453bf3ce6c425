import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MediaCheckCommand from '../../../src/commands/media/check.js';
import { mediaCheckJsonSchema, type MediaCheck } from '../../../src/media/index.js';
import { runCommandClass, type Outcome } from '../../helpers/run-command.js';
import { imagesOf, windowsIso } from '../../helpers/windows-iso.js';

describe('lyncimg media check', () => {
  let place: string;
  let volume: string;
  let evaluation: string;
  let nothing: string;
  before(async () => {
    place = await mkdtemp(join(tmpdir(), 'lyncimg-test-'));
    volume = await windowsIso(place, '2012r2');
    evaluation = await windowsIso(place, '2012', {
      evaluation: true,
      images: imagesOf('2012', { evaluation: true }),
    });
    nothing = join(place, 'nothing.iso');
    await writeFile(nothing, '<!DOCTYPE html><title>Sign in</title>');
  });
  after(async () => {
    await rm(place, { recursive: true });
  });
  const check = (...args: string[]): Promise<Outcome> => {
    process.exitCode = undefined;
    return runCommandClass(MediaCheckCommand, args);
  };

  it('ends with 0 and shows what is on the disc, where it has a supported Windows', async () => {
    const { exit, stdout, stderr } = await check(volume);

    expect(stderr).to.equal('');
    expect(exit).to.equal(0);
    expect(stdout).to.contain('IR5_SSS_X64FREV_EN-US_DV9').and.to.contain('volume licence');
    expect(stdout).to.match(
      /^1 +Windows Server 2012 R2 SERVERSTANDARDCORE +ServerStandard +Server Core +amd64/m,
    );
    expect(stdout).to.match(/^yes +2012r2 +standard +index 2, Windows Server 2012 R2 SERVERSTANDARD$/m);
    expect(stdout).to.match(/^yes +2012r2 +datacenter +index 4/m);
  });

  it('ends with 0 where the edition and the key that are asked for fit', async () => {
    const { exit, stdout } = await check(volume, '--os', '2012R2', '--edition', 'standard', '--key', 'kms');

    expect(exit).to.equal(0);
    expect(stdout).to.match(/It fits\.\n$/);
    expect(stdout).to.not.contain('datacenter');
  });

  it('ends with 1 where another Windows is asked for', async () => {
    const { exit, stdout } = await check(volume, '--os', '2012');

    expect(exit).to.equal(1);
    expect(stdout).to.contain('wrong-os (2012 standard, 2012 datacenter)').and.to.contain('It does not fit.');
  });

  it('ends with 1 where evaluation media would get a key', async () => {
    const { exit, stdout } = await check(evaluation, '--os', '2012', '--edition', 'standard', '--key', 'kms');

    expect(exit).to.equal(1);
    expect(stdout).to.contain('evaluation-key');
    expect((await check(evaluation, '--os', '2012', '--key', 'none')).exit).to.equal(0);
  });

  it('prints the same as data, by the published schema', async () => {
    const { exit, stdout } = await check(evaluation, '--key', 'own', '--json');
    const data = JSON.parse(stdout) as MediaCheck;
    const validate = new Ajv2020().compile(mediaCheckJsonSchema() as object);

    expect(exit).to.equal(1);
    expect(validate(data), JSON.stringify(validate.errors)).to.equal(true);
    expect(data).to.deep.include({ fits: false, asked: { os: null, edition: null, key: 'own' } });
    expect(data.media).to.include({ evaluation: true, volumeLicence: false, sxs: true });
    expect(data.judged.map(({ os, edition, findings }) => [os, edition, findings[0]?.code])).to.deep.equal([
      ['2012', 'standard', 'evaluation-key'],
      ['2012', 'datacenter', 'evaluation-key'],
    ]);
  });

  const wrong: Record<string, [args: () => string[], says: string]> = {
    'a file that is no ISO': [() => [nothing], 'It is a web page'],
    'a file that is not there': [() => [join(place, 'none.iso')], 'E_FILE_UNREADABLE'],
    'a folder': [() => [place], 'it is a folder'],
    'no file': [() => [], 'E_USAGE'],
    'a Windows that there is none of': [() => [volume, '--os', '2016'], 'E_OS_UNAVAILABLE'],
    'an edition that is not supported': [
      () => [volume, '--os', '2012r2', '--edition', 'web'],
      'E_WINDOWS_EDITION_UNKNOWN',
    ],
    'an edition of no Windows': [() => [volume, '--edition', 'standard'], 'E_USAGE'],
    'a key policy that there is none of': [() => [volume, '--key', 'mak'], 'E_USAGE'],
  };
  for (const [what, [args, says]] of Object.entries(wrong)) {
    it(`ends with 2 for ${what}`, async () => {
      const { exit, stdout, stderr } = await check(...args());

      expect(exit).to.equal(2);
      expect(stdout).to.equal('');
      expect(stderr).to.contain(says);
    });
  }
});
