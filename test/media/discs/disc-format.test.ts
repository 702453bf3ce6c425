import { expect } from 'chai';
import { describe, it } from 'mocha';
import { discFormat, type DiscFormat } from '../../../src/media/discs/disc-format.js';
import { codesOf, problemsOf } from '../kit.js';

const decide = (...paths: string[]): ReturnType<typeof discFormat> =>
  discFormat({ label: 'LYNCIMG', files: paths.map((path) => ({ path, sizeBytes: 1 })) });

const sized = (sizeBytes: number): ReturnType<typeof discFormat> =>
  discFormat({ label: 'LYNCIMG', files: [{ path: 'a.wim', sizeBytes }] });

function formatOf(checked: ReturnType<typeof discFormat>): DiscFormat {
  if (!checked.ok) throw checked.problems[0] ?? new Error('no problem');
  return checked.value;
}

describe('the format of a disc', () => {
  it('is ISO 9660 for what Microsoft publishes, and for nothing at all', () => {
    const hotfix = 'hotfixes/windows8.1-kb2919355-x64_e6f4da4d33564419065a7370865faacf9b40ff72.msu';
    expect(formatOf(decide(hotfix, 'packages/vcredist_x64.exe'))).to.deep.equal({
      name: 'iso',
      because: null,
    });
    expect(formatOf(decide()).name).to.equal('iso');
  });

  describe('by the length of a name', () => {
    const lengths: [string, DiscFormat['name'] | null][] = [
      ['n'.repeat(103), 'iso'],
      ['n'.repeat(104), 'udf'],
      ['n'.repeat(200), 'udf'],
      ['n'.repeat(254), 'udf'],
      ['n'.repeat(255), null],
      ['n'.repeat(300), null],
      [`${'f'.repeat(104)}/a.msu`, 'udf'],
      ['\u00e4'.repeat(104), 'udf'],
      // 255 bytes of UTF-8, and 258.
      ['\u65e5'.repeat(85), 'iso'],
      ['\u65e5'.repeat(86), null],
      // Narrow enough for a file system here, too long for UDF, which then takes two bytes for each.
      [`\u0100${'n'.repeat(126)}`, 'udf'],
      [`\u0100${'n'.repeat(127)}`, null],
    ];
    for (const [name, format] of lengths) {
      const what = `${name.slice(0, 2)}… of ${name.length} characters`;
      it(`${what} is ${format ?? 'refused'}`, () => {
        if (format === null) expect(codesOf(decide(name))).to.deep.equal(['E_DISC_PATH']);
        else expect(formatOf(decide(name)).name).to.equal(format);
      });
    }
  });

  describe('by the size of a file', () => {
    const gib = 2 ** 30;
    const sizes: [string, number, DiscFormat['name']][] = [
      ['nothing', 0, 'iso'],
      ['4 GiB less a block', 4 * gib - 2048, 'iso'],
      ['a byte more, whose last block CDFS would count as none', 4 * gib - 2047, 'udf'],
      ['4 GiB', 4 * gib, 'udf'],
      ['200 GiB', 200 * gib, 'udf'],
    ];
    for (const [what, size, format] of sizes) {
      it(`${what} is ${format}`, () => {
        expect(formatOf(sized(size)).name).to.equal(format);
      });
    }

    it('more than genisoimage can describe is refused', () => {
      expect(codesOf(sized(250 * gib))).to.deep.equal(['E_DISC_SIZE']);
    });
  });

  it('says why it is not ISO 9660', () => {
    expect(formatOf(sized(2 ** 32)).because).to.equal(
      'a.wim has more than 4294965248 bytes (4 GiB less 2 KiB)',
    );
    expect(formatOf(decide('x'.repeat(104))).because).to.include('more than 103 characters');
  });

  describe('is none for a path', () => {
    const refused: [string, RegExp][] = [
      ['../a', /no such path/],
      ['/etc/passwd', /no such path/],
      ['a:b', /no such path/],
      ['what"', /no such path/],
      ['folder./a', /no such path/],
      ['a\nb', /no such path/],
      ['a;1', /semicolon/],
      ['a\u0085b', /control character/],
      ['a\u007fb', /control character/],
      ['a\u{1f600}.txt', /U\+FFFF/],
      ['a\ud800.txt', /U\+FFFF/],
      ['nul', /device/],
      ['sub/Com1.txt', /device/],
      ['LPT\u00b2.log.gz', /device/],
      [Array(129).fill('d').join('/'), /257 characters, and Windows takes 256/],
    ];
    for (const [path, why] of refused) {
      it(`like ${JSON.stringify(path).slice(0, 40)}`, () => {
        const [problem, ...others] = problemsOf(decide(path));
        expect(others).to.deep.equal([]);
        expect(problem?.code).to.equal('E_DISC_PATH');
        expect(problem?.message)
          .to.match(why)
          .and.not.match(/\p{Cc}/u);
      });
    }

    for (const path of [
      'console.txt',
      'com10',
      'nullable',
      "it's = 100% {a}[b] #1~.msu",
      Array(128).fill('d').join('/'),
    ])
      it(`but not for ${path.slice(0, 40)}`, () => {
        expect(formatOf(decide(path)).name).to.equal('iso');
      });
  });

  describe('is none under a label', () => {
    for (const label of ['', 'lyncimg', 'A'.repeat(17), 'TWO WORDS', 'A"B', 'A=B', 'L\u00c4NC', '-O', 'A\n'])
      it(`like ${JSON.stringify(label)}`, () => {
        expect(codesOf(discFormat({ label, files: [] }))).to.deep.equal(['E_DISC_LABEL']);
      });

    for (const label of ['A', 'LYNCIMG_MEDIA', '_'.repeat(16)])
      it(`but is one under ${label}`, () => {
        expect(formatOf(discFormat({ label, files: [] })).name).to.equal('iso');
      });
  });

  it('is none where two names are one to Windows', () => {
    const [problem] = problemsOf(decide('hotfixes/A.msu', 'Hotfixes/b.msu', 'hotfixes/c.msu'));
    expect(problem?.code).to.equal('E_DISC_COLLISION');
    expect(problem?.message).to.include('"Hotfixes" and "hotfixes"');
  });

  it('is refused with every problem at once', () => {
    const checked = discFormat({
      label: 'a label',
      files: [
        { path: 'a;1', sizeBytes: 1 },
        { path: 'B', sizeBytes: 1 },
        { path: 'b', sizeBytes: 2 ** 50 },
      ],
    });
    expect(codesOf(checked)).to.deep.equal([
      'E_DISC_LABEL',
      'E_DISC_PATH',
      'E_DISC_SIZE',
      'E_DISC_COLLISION',
    ]);
  });
});
