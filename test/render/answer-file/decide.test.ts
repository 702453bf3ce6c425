import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatError, ProblemsError } from '../../../src/errors/index.js';
import { renderAnswerFile, renderGeneralizeFile } from '../../../src/render/answer-file/index.js';
import { childOf, componentOf, readUnattend } from './model/unattend.js';
import { generalizeRequest, installRequest } from './requests.js';

type Change = NonNullable<Parameters<typeof installRequest>[1]>;

/** Code and message of each problem. */
function problemsOf(change: Change): [code: string, message: string][] {
  return refused(() => renderAnswerFile(installRequest('2012r2', change)));
}

function refused(render: () => string): [code: string, message: string][] {
  try {
    render();
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems.map(({ code, message }) => [code, message]);
    throw error;
  }
  return [];
}

const codesOf = (change: Change): string[] => problemsOf(change).map(([code]) => code);

describe('a request for an answer file', () => {
  it('is refused with all that is wrong with it, not only the first', () => {
    const codes = codesOf({
      language: 'english',
      locale: 'de',
      timeZone: '',
      key: { policy: 'own', productKey: 'abc' },
      administratorPassword: '',
    });

    expect(codes).to.deep.equal([
      'E_ANSWER_LOCALE',
      'E_ANSWER_LOCALE',
      'E_ANSWER_KEYBOARD',
      'E_ANSWER_LENGTH',
      'E_ANSWER_PRODUCT_KEY',
      'E_ANSWER_PASSWORD',
    ]);
  });

  it('is refused where sysprep is to have it, by the same rules', () => {
    const problems = refused(() => renderGeneralizeFile(generalizeRequest('2012', { timeZone: 'a\u0007b' })));

    expect(problems).to.deep.equal([
      [
        'E_ANSWER_CHARACTER',
        'The time zone holds the character U+0007, which cannot stand in an answer file.',
      ],
    ]);
  });

  for (const [name, change] of [
    ['the first-logon command', { firstLogonCommand: 'cmd\u0000' }],
    ["the owner's name", { owner: { name: 'a\nb', organization: 'c' } }],
    ["the owner's organisation", { owner: { name: 'a', organization: '\uD800' } }],
    ['a folder of drivers', { drivers: ['viostor\t'] }],
    ['the title of the edition', { edition: { ...installRequest('2012r2').edition, title: '\u001B[2J' } }],
  ] as [string, Change][]) {
    it(`is refused for a control character in ${name}`, () => {
      expect(codesOf(change)).to.deep.equal(['E_ANSWER_CHARACTER']);
    });
  }

  it('is refused for any text that XML cannot hold, and takes any other, which arrives as it is', () => {
    const unit = fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        ']]>',
        '--',
        '<',
        '&',
        ' ',
        '\u0000',
        '\u001F',
        '\uFFFF',
        '\uDC00',
        'ä',
        '😀',
      ),
      fc.integer({ min: 0, max: 0x10_ff_ff }).map((point) => String.fromCodePoint(point)),
    );
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 15 }), (name) => {
        const owner = { name, organization: 'x' };
        // eslint-disable-next-line no-control-regex -- naming the control characters is the point
        const isImpossible = /[\u0000-\u001F\u007F-\u009F\uFFFE\uFFFF]|\p{Surrogate}/u.test(name);
        if (isImpossible) {
          expect(codesOf({ owner })).to.deep.equal(['E_ANSWER_CHARACTER']);
          return;
        }
        const root = readUnattend(renderAnswerFile(installRequest('2012r2', { owner })));
        const setup = componentOf(root, 'windowsPE', 'Microsoft-Windows-Setup');
        expect(childOf(setup, 'UserData', 'FullName')?.text).to.equal(name);
      }),
      { numRuns: 40 },
    );
  });

  for (const [name, change, message] of [
    [
      'a command of more than 1024 characters',
      { firstLogonCommand: 'x'.repeat(1025) },
      'has 1025 characters',
    ],
    ['no command', { firstLogonCommand: '' }, 'is empty'],
    [
      'an owner of more than 63 characters',
      { owner: { name: 'x'.repeat(64), organization: 'x' } },
      'up to 63',
    ],
    ['an empty organisation', { owner: { name: 'x', organization: '' } }, 'is empty'],
    ['a path of drivers of more than 259 characters', { drivers: ['x'.repeat(257)] }, 'up to 256'],
  ] as [string, Change, string][]) {
    it(`is refused for ${name}`, () => {
      const [[code, text] = ['', '']] = problemsOf(change);

      expect(code).to.equal('E_ANSWER_LENGTH');
      expect(text).to.contain(message);
    });
  }

  it('takes texts as long as Windows does', () => {
    const longest = {
      firstLogonCommand: 'x'.repeat(1024),
      owner: { name: 'x'.repeat(63), organization: 'x'.repeat(63) },
      drivers: ['x'.repeat(256)],
      administratorPassword: 'x'.repeat(127),
    };

    expect(problemsOf(longest)).to.deep.equal([]);
  });

  for (const password of ['', 'x'.repeat(128), 'pässword', 'a\tb', 'a\u0000', '😀']) {
    it(`is refused for the password ${JSON.stringify(password.slice(0, 12))}, without showing it`, () => {
      const [[code, message] = ['', '']] = problemsOf({ administratorPassword: password });

      expect(code).to.equal('E_ANSWER_PASSWORD');
      if (password !== '') expect(message).not.to.contain(password);
    });
  }

  for (const productKey of [
    '',
    'ABCDE',
    'ABCDE-FGHIJ-KLMNO-PQRST-UVWX',
    'abcde-fghij-klmno-pqrst-uvwxy',
    ' ABCDE-FGHIJ-KLMNO-PQRST-UVWXY',
    'ABCDE-FGHIJ-KLMNO-PQRST-UVWXY\n',
    'ABCDE-FGHIJ-KLMNO-PQRST-UVWX<',
  ]) {
    it(`is refused for the product key ${JSON.stringify(productKey)}, without showing it`, () => {
      const [[code, message] = ['', '']] = problemsOf({ key: { policy: 'own', productKey } });

      expect(code).to.equal('E_ANSWER_PRODUCT_KEY');
      expect(message).to.equal('LYNCIMG_PRODUCT_KEY is not of the form XXXXX-XXXXX-XXXXX-XXXXX-XXXXX.');
    });
  }

  for (const locale of ['', 'de', 'DE-de', 'de_DE', 'de-DE ', 'de-DE;en-US', 'x'.repeat(100)]) {
    it(`is refused for the locale ${JSON.stringify(locale.slice(0, 12))}`, () => {
      expect(codesOf({ locale, keyboard: '0407:00000407' })).to.deep.equal(['E_ANSWER_LOCALE']);
    });
  }

  it('takes the keyboard of the locale where none is given, and asks where none is known', () => {
    expect(codesOf({ locale: 'de-CH' })).to.deep.equal([]);
    expect(problemsOf({ locale: 'ja-JP' })).to.deep.equal([
      ['E_ANSWER_KEYBOARD', 'No keyboard is given, and none is known for the locale "ja-JP".'],
    ]);
    expect(codesOf({ locale: 'ja-JP', keyboard: '0411:00000411' })).to.deep.equal([]);
  });

  for (const keyboard of ['', 'de-DE', '407:407', '0407:00000407;0409:00000409', '0407:0000040g']) {
    it(`is refused for the keyboard ${JSON.stringify(keyboard)}`, () => {
      expect(codesOf({ keyboard })).to.deep.equal(['E_ANSWER_KEYBOARD']);
    });
  }

  it('shows no control character of a wrong value to a terminal', () => {
    const hostile = 'de\u001B[2J\u009B\u202E';
    try {
      renderAnswerFile(installRequest('2012r2', { locale: hostile, keyboard: hostile }));
      expect.fail('it was taken');
    } catch (error) {
      expect(formatError(error as ProblemsError)).not.to.match(/[^\P{Cc}\n]|\p{Cf}/u);
    }
  });

  it('is a defect where a platform names drivers by another path than a folder on a disc', () => {
    for (const folder of ['', 'D:\\viostor', 'viostor/2k12', '\\viostor', 'viostor\\', 'a\\\\b']) {
      expect(() => renderAnswerFile(installRequest('2012r2', { drivers: [folder] })), folder).to.throw(
        'not a folder',
      );
    }
  });
});
