// The codes of media (discs). Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const discsCodes = {
  /** A volume label that not every system shows as it was written. */
  E_DISC_LABEL: code<{ label: string }>({
    title: 'a disc label that cannot be used',
    message: ({ label }) => `"${label}" cannot be the label of a disc.`,
    hint: () => 'A label has 1 to 16 characters out of A to Z, 0 to 9 and _.',
    exit: 2,
  }),
  /** A file has a name that no disc can have, or that Windows would not find there. */
  E_DISC_PATH: code<{ path: string; why: string }>({
    title: 'a file name that cannot be on a disc',
    message: ({ path, why }) => `"${path}" cannot be on a disc: ${why}.`,
    hint: () => 'Give the file a shorter or plainer name where it is declared.',
    exit: 2,
  }),
  /** Two names on one disc that are one to Windows. */
  E_DISC_COLLISION: code<{ paths: [string, string] }>({
    title: 'two files in one place on a disc',
    message: ({ paths: [first, second] }) =>
      `"${first}" and "${second}" cannot be on one disc: to Windows they are the same place.`,
    hint: () =>
      'Windows does not tell case apart, and a file cannot be a folder: write a folder the same way everywhere, and rename one of two files.',
    exit: 2,
  }),
  /** A file that is too large for every form of disc. */
  E_DISC_SIZE: code<{ path: string; sizeBytes: number; limitBytes: number }>({
    title: 'a file too large for a disc',
    message: ({ path, sizeBytes, limitBytes }) =>
      `"${path}" has ${sizeBytes} bytes; a disc takes files of up to ${limitBytes} bytes.`,
    exit: 2,
  }),
  /** No program is here that makes the disc that is needed. */
  E_DISC_TOOL: code<{
    format: 'iso' | 'udf';
    because: string | null;
    passedOver: string[];
    install: string[];
  }>({
    title: 'no tool to make a disc with',
    message: ({ format, because, passedOver }) =>
      [
        `No program on the PATH makes ${format === 'iso' ? 'ISO 9660' : 'UDF'} discs${because === null ? '' : `, and nothing else will do: ${because}`}.`,
        ...passedOver,
      ].join('\n'),
    hint: ({ install }) => install,
    exit: 3,
  }),
  /** The program that makes discs failed. Nothing of the disc was kept. */
  E_DISC_FAILED: code<{ file: string; tool: string; how: string; said: string[] }>({
    title: 'a disc could not be made',
    message: ({ file, tool, how, said }) =>
      [`${file} was not made: ${tool} ${how}${said.length === 0 ? '.' : '. It said:'}`, ...said].join('\n'),
    exit: 3,
  }),
  /** A file is not what it was when it was checked; what the disc holds of it nobody knows. The disc was not kept. */
  E_DISC_SOURCE: code<{ path: string; source: string }>({
    title: 'a file changed while a disc was made of it',
    message: ({ path, source }) =>
      `${source} changed, or went away, while it was written onto a disc as ${path}. The disc was not kept.`,
    hint: () => 'Let whatever writes there end, then run the command again.',
    exit: 3,
  }),
};
