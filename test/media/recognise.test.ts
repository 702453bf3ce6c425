import { expect } from 'chai';
import { describe, it } from 'mocha';
import { orThrow } from '../../src/errors/index.js';
import type { WantedFile } from '../../src/media/index.js';
import { recognise } from '../../src/media/recognise.js';
import { codesOf, problemsOf } from './kit.js';

const right = 'a'.repeat(64);
const known: WantedFile[] = [
  { path: 'hotfixes/Windows8.1-KB2919355-x64.msu', title: 'update', sha256: right.toUpperCase() },
  { path: 'hotfixes/Windows6.1-KB2646886-x64.msu', title: 'another' },
  { path: 'hotfixes/Windows6.1-KB3140245-x64.msu', title: 'of 2008 R2' },
  { path: 'hotfixes/Windows8-RT-KB3140245-x64.msu', title: 'of 2012' },
  { path: 'packages/vcredist_x64.exe', title: 'runtime', sizeBytes: 7 },
  { path: 'packages/2010/setup.exe', title: 'one' },
  { path: 'packages/2012/setup.exe', title: 'two' },
];

const of = (file: string, sha256 = 'b'.repeat(64), sizeBytes = 7) => ({ file, sha256, sizeBytes });
const found = (file: string, sha256?: string): [string, string] => {
  const { files, by } = orThrow(recognise(of(file, sha256), known, null));
  return [by, files.map(({ path }) => path).join()];
};

describe('a file is recognised', () => {
  it('by its content, whatever it is called', () => {
    expect(found('/tmp/download(3)', right)).to.deep.equal(['hash', known[0]?.path]);
  });

  it('by its content at every place that it belongs to', () => {
    const twice = [...known, { path: 'other/place.msu', title: 'same', sha256: right }];

    expect(orThrow(recognise(of('x', right), twice, null)).files).to.have.length(2);
  });

  for (const [file, path, by] of [
    ['some/folder/windows6.1-KB2646886-X64.msu', 'hotfixes/Windows6.1-KB2646886-x64.msu', 'name'],
    [
      'windows6.1-kb2646886-x64_e6f4da4d33564419065a7370865faacf9b40ff72.msu',
      'hotfixes/Windows6.1-KB2646886-x64.msu',
      'name',
    ],
    ['vcredist_x64_a7c83077b8a28d409e36316d2d7321fa0ccdb7e8.exe', 'packages/vcredist_x64.exe', 'name'],
    ['vcredist_x64 (1).exe', 'packages/vcredist_x64.exe', 'name'],
    ['Windows6.1-KB2646886-ENU-x64.msu', 'hotfixes/Windows6.1-KB2646886-x64.msu', 'KB number'],
    ['windows8-rt-kb3140245-x64-enu.msu', 'hotfixes/Windows8-RT-KB3140245-x64.msu', 'KB number'],
  ] as const) {
    it(`by its ${by}: ${file}`, () => {
      expect(found(file)).to.deep.equal([by, path]);
    });
  }

  it('by what the user says, with either slash and in any case', () => {
    const recognised = recognise(of('setup.exe'), known, 'Packages\\2012\\SETUP.exe');

    expect(orThrow(recognised).files[0]?.path).to.equal('packages/2012/setup.exe');
  });
});

describe('a file is refused', () => {
  for (const file of [
    'Windows6.1-KB2646886-x86.msu',
    'Windows6.1-KB2646886-v3-x64.msu',
    'Windows8-KB2646886-x64.msu',
    'Windows6.1-KB26468860-x64.msu',
    'Windows6.1-KB2646886-x64.exe',
    'notes.txt',
  ]) {
    it(`that is unknown: ${file}`, () => {
      expect(codesOf(recognise(of(file), known, null))).to.deep.equal(['E_MEDIA_UNKNOWN']);
    });
  }

  it('with near names', () => {
    const [problem] = problemsOf(recognise(of('vcredist_x68.exe'), known, null));

    expect(problem?.suggestions.join()).to.contain('vcredist_x64.exe');
  });

  it('whose name is known and whose hash is another', () => {
    const codes = (file: string, as: string | null): string[] => codesOf(recognise(of(file), known, as));

    expect(codes('Windows8.1-KB2919355-x64.msu', null)).to.deep.equal(['E_MEDIA_CHECKSUM']);
    expect(codes('x', 'hotfixes/Windows8.1-KB2919355-x64.msu')).to.deep.equal(['E_MEDIA_CHECKSUM']);
  });

  it('whose name is known and whose size is another', () => {
    expect(codesOf(recognise(of('vcredist_x64.exe', undefined, 8), known, null))).to.deep.equal([
      'E_MEDIA_SIZE',
    ]);
  });

  it('whose name could be several, which are named', () => {
    const refused = recognise(of('setup.exe'), known, null);

    expect(codesOf(refused)).to.deep.equal(['E_MEDIA_AMBIGUOUS']);
    expect(problemsOf(refused)[0]?.suggestions.join()).to.contain('--as packages/2010/setup.exe');
  });

  it('that is said to be what no role needs', () => {
    const refused = recognise(of('x'), known, 'packages/vcredist_x86.exe');

    expect(codesOf(refused)).to.deep.equal(['E_MEDIA_AS_UNKNOWN']);
    expect(problemsOf(refused)[0]?.suggestions.join()).to.contain('packages/vcredist_x64.exe');
  });

  it('only if no system has such a file: one path may be two files of two systems', () => {
    const two = [
      { path: 'sources/a.cab', title: 'of 2012', sha256: 'c'.repeat(64) },
      { path: 'sources/a.cab', title: 'of 2012 R2', sha256: 'd'.repeat(64) },
    ];

    expect(recognise(of('a.cab', 'd'.repeat(64)), two, null).ok).to.equal(true);
    expect(codesOf(recognise(of('a.cab'), two, null))).to.deep.equal(['E_MEDIA_CHECKSUM']);
  });
});
