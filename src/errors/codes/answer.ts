// The codes of render (answer file, first boot). Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const answerCodes = {
  /** A text for the answer file has a character that XML 1.0 cannot hold, or that ends a line. Nothing was written. */
  E_ANSWER_CHARACTER: code<{ what: string; character: string }>({
    title: 'a character that an answer file cannot hold',
    message: ({ what, character }) =>
      `${what} holds the character ${codePoint(character)}, which cannot stand in an answer file.`,
    hint: () => 'Write it on one line, without control characters.',
    exit: 2,
  }),
  /** A text for the answer file is empty or longer than Windows takes. */
  E_ANSWER_LENGTH: code<{ what: string; length: number; limit: number }>({
    title: 'a text that is too long, or empty, for an answer file',
    message: ({ what, length, limit }) =>
      length === 0
        ? `${what} is empty, and Windows Setup takes no empty text there.`
        : `${what} has ${length} characters; Windows Setup takes up to ${limit}.`,
    exit: 2,
  }),
  /** The administrator's password cannot be set by an answer file. Its characters are never shown. */
  E_ANSWER_PASSWORD: code<{ problem: 'empty' | 'too-long' | 'characters' }>({
    title: 'a password that an answer file cannot set',
    message: ({ problem }) => {
      if (problem === 'empty') return "The administrator's password is empty, and a server needs one.";
      return problem === 'too-long'
        ? "The administrator's password has more than 127 characters."
        : "The administrator's password holds something other than printable ASCII characters.";
    },
    hint: () => 'Use 1 to 127 letters, digits, blanks and signs of a US keyboard.',
    exit: 2,
  }),
  /** A product key has another form. It is never shown. */
  E_ANSWER_PRODUCT_KEY: code<{ what: string }>({
    title: 'a product key of another form',
    message: ({ what }) => `${what} is not of the form XXXXX-XXXXX-XXXXX-XXXXX-XXXXX.`,
    hint: () => [
      'A key is five groups of five letters and digits, with a hyphen between them and nothing around it.',
      'For evaluation media set key: none; for a KMS host set key: kms.',
    ],
    exit: 2,
  }),
  /** A language or locale that is no name of one. */
  E_ANSWER_LOCALE: code<{ what: string; value: string }>({
    title: 'a language or locale that is none',
    message: ({ what, value }) => `${what} is ${quoted(value)}, which is no language with a country.`,
    hint: () => 'Windows writes them as en-US, de-DE, fr-CH.',
    exit: 2,
  }),
  /** A keyboard of another form, or none that is known for the locale. */
  E_ANSWER_KEYBOARD: code<{ locale: string; keyboard: string | null }>({
    title: 'a keyboard that is not known',
    message: ({ locale, keyboard }) =>
      keyboard === null
        ? `No keyboard is given, and none is known for the locale ${quoted(locale)}.`
        : `${quoted(keyboard)} is not a keyboard in the form that Windows Setup takes.`,
    hint: () =>
      'Set keyboard to language:layout in hexadecimal, e.g. 0407:00000407; Microsoft lists them as default input profiles.',
    exit: 2,
  }),
};

/** `U+001B`: never the character itself, which a terminal would obey. */
function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** As JSON, with every control character as an escape, and not without end. */
function quoted(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return JSON.stringify(short).replaceAll(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/gu, (character) =>
    codePoint(character),
  );
}
