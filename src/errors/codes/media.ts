// The codes of the room `media`. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const mediaCodes = {
  /** A media path that would lead out of the media folder, or that Windows cannot have. */
  E_MEDIA_PATH: code<{ path: string }>({
    title: 'a media path that cannot be used',
    message: ({ path }) => `${JSON.stringify(path)} is no path on the media disc.`,
    hint: () =>
      'Write it relative to the disc, with forward slashes, such as hotfixes/Windows8.1-KB2919355-x64.msu.',
    exit: 2,
  }),
  /** A file that installing needs was not given, and what is built is no rehearsal. */
  E_MEDIA_MISSING: code<{ path: string; title: string; folder: string | null }>({
    title: 'a media file is missing',
    message: ({ path, title, folder }) =>
      `${title} is needed, and ${folder === null ? 'no media folder was given' : `${folder} holds no ${path}`}.`,
    hint: ({ path }) => `Put the file that Microsoft publishes at ${path} of the media folder.`,
    exit: 2,
  }),
  /** A file is not the one that it should be: its SHA-256 differs. */
  E_MEDIA_CHECKSUM: code<{ path: string; expected: string; actual: string }>({
    title: 'a media file has the wrong checksum',
    message: ({ path, expected, actual }) => `${path} has the SHA-256 ${actual}; expected is ${expected}.`,
    hint: () => 'It is another version, or was damaged on its way: fetch it again from Microsoft.',
    exit: 2,
  }),
  /** A placeholder of a rehearsal lies where a real file has to be. */
  E_MEDIA_PLACEHOLDER: code<{ path: string }>({
    title: 'a placeholder where a real file is needed',
    message: ({ path }) =>
      `${path} is a placeholder that lyncimg made for a rehearsal. Only a twin may take it.`,
    hint: () => 'Replace it by the file that Microsoft publishes.',
    exit: 2,
  }),
};
