// The codes of Windows media: disc images, the WIM on them, and whether it is the one that is wanted. Codes are
// permanent: deprecate, never rename.
import { code } from '../code.js';

const fromMicrosoft = 'Give the ISO of Windows Server as Microsoft publishes it, not a copy in another form.';

export const windowsMediaCodes = {
  /** A file that should be a Windows ISO and holds no UDF volume. */
  E_ISO_NO_UDF: code<{ file: string; found: string }>({
    title: 'a file that is no Windows disc image',
    message: ({ file, found }) =>
      `${file} has no UDF volume: it is not Windows media as Microsoft publishes it. ${found}`,
    hint: () => fromMicrosoft,
    exit: 2,
  }),
  /** An ISO that ends before something that its own tables say is on it. */
  E_ISO_CUT_SHORT: code<{ file: string; what: string; endsAt: number; sizeBytes: number }>({
    title: 'a disc image that is cut short',
    message: ({ file, what, endsAt, sizeBytes }) =>
      `${file} is cut short: ${what} would end at byte ${endsAt}, and the file has ${sizeBytes} bytes.`,
    hint: () =>
      'The download or the copy broke off: get it again, and compare its SHA-256 with the published one.',
    exit: 2,
  }),
  /** The tables of the UDF volume contradict themselves, or their checksums do not match. */
  E_ISO_DAMAGED: code<{ file: string; what: string; at: number; why: string }>({
    title: 'a damaged disc image',
    message: ({ file, what, at, why }) => `${file} is damaged: ${what}, at byte ${at}, ${why}.`,
    hint: () => 'Get it again, and compare its SHA-256 with the published one.',
    exit: 2,
  }),
  /** A UDF volume of a form that no Windows media has: virtual or sparable partitions, other block sizes. */
  E_ISO_UNSUPPORTED: code<{ file: string; what: string }>({
    title: 'a UDF volume of a form that is not read',
    message: ({ file, what }) => `${file} is a UDF volume of a form that lyncimg does not read: ${what}.`,
    hint: () => fromMicrosoft,
    exit: 2,
  }),
  /** `sources/install.wim` (`.esd`, `.swm`) of a Windows ISO is no WIM, or its header or XML is broken. */
  E_WIM_UNREADABLE: code<{ file: string; image: string; why: string }>({
    title: 'an install image that cannot be read',
    message: ({ file, image, why }) => `${image} of ${file} cannot be read: ${why}.`,
    hint: () => 'Get the ISO again, and compare its SHA-256 with the published one.',
    exit: 2,
  }),
  /** Windows media that can be read, and from which the wanted Windows cannot be installed. */
  E_WINDOWS_MEDIA_UNFIT: code<{ file: string; wanted: string; reasons: string[] }>({
    title: 'Windows media that does not fit',
    message: ({ file, wanted, reasons }) => `${file} does not fit ${wanted}. ${reasons.join(' ')}`,
    hint: () => 'lyncimg media check ISO shows what is on it, and what it fits.',
    exit: 2,
  }),
  /** An edition that Lync Server 2013 is not supported on, or that there is none of. */
  E_WINDOWS_EDITION_UNKNOWN: code<{ os: string; edition: string; known: string[] }>({
    title: 'an edition that is not supported',
    message: ({ os, edition }) =>
      `${JSON.stringify(edition)} is no edition of ${os} that Lync is supported on.`,
    hint: ({ known }) => `There are ${known.join(', ')}.`,
    exit: 2,
  }),
};
