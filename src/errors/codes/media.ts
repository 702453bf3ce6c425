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
  /** A file that installing needs is not here: nobody gave it, or it is no longer where the lock says. */
  E_MEDIA_MISSING: code<{
    path: string;
    title: string;
    at: string | null;
    published: string | null;
    url: string | null;
  }>({
    title: 'a media file is missing',
    message: ({ path, title, at }) =>
      at === null
        ? `${title} is needed, and neither media.lock.yaml nor the folder media has ${path}.`
        : `${title} is needed, and ${path} no longer lies at ${at}.`,
    hint: ({ path, at, published, url }) => [
      at === null
        ? `Say where you have it: lyncimg media add FILE. Or put it at media/${path}.`
        : 'Put it back, or say where it is now: lyncimg media add FILE. Or take it out of media.lock.yaml.',
      ...(published === null ? [] : [`Its publisher had it at ${published}`]),
      ...(url === null ? [] : ['lyncimg media fetch downloads it.']),
    ],
    exit: 2,
  }),
  /** A file is not the one that it should be: its SHA-256 differs. */
  E_MEDIA_CHECKSUM: code<{ path: string; expected: string; actual: string }>({
    title: 'a media file has the wrong checksum',
    message: ({ path, expected, actual }) => `${path} has the SHA-256 ${actual}; expected is ${expected}.`,
    hint: () => 'It is another version, or was damaged on its way: fetch it again from Microsoft.',
    exit: 2,
  }),
  /** A file is not the one that it should be: its size differs, so it was not even hashed. */
  E_MEDIA_SIZE: code<{ path: string; expected: number; actual: number }>({
    title: 'a media file has the wrong size',
    message: ({ path, expected, actual }) => `${path} has ${actual} bytes; expected are ${expected}.`,
    hint: () => 'It is another version, or was cut short on its way: fetch it again from Microsoft.',
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
  /** media.lock.yaml says something that it cannot say. */
  E_MEDIA_LOCK: code<{ path: string; message: string }>({
    title: 'a broken media.lock.yaml',
    message: ({ path, message }) => (path === '' ? `${message}.` : `${path}: ${message}.`),
    hint: () =>
      'lyncimg writes this file: take its last good version back, or delete it and add the files again.',
    exit: 2,
  }),
  /** `media add` was given a file that is none that any role needs. */
  E_MEDIA_UNKNOWN: code<{ file: string; near: string[] }>({
    title: 'a file that no role needs',
    message: ({ file }) => `${file} is no file that a role needs: neither its content nor its name is known.`,
    hint: ({ near }) => [
      ...(near.length > 0 ? [`Did you mean ${near.join(' or ')}?`] : []),
      'Say what it is with --as PATH; lyncimg media list shows the paths of what a role needs.',
    ],
    exit: 2,
  }),
  /** `media add --as` names a path that no role needs. */
  E_MEDIA_AS_UNKNOWN: code<{ path: string; near: string[] }>({
    title: 'a path that no role needs',
    message: ({ path }) => `No role needs a file at ${path}.`,
    hint: ({ near }) =>
      near.length > 0
        ? `Did you mean ${near.join(' or ')}?`
        : 'lyncimg media list shows the paths of what a role needs.',
    exit: 2,
  }),
  /** `media add` was given a file whose name several files on the media disc have. */
  E_MEDIA_AMBIGUOUS: code<{ file: string; paths: string[] }>({
    title: 'a file that could be several',
    message: ({ file, paths }) => `By its name ${file} could be ${paths.join(' or ')}.`,
    hint: ({ paths }) => `Say which with --as, e.g. --as ${paths[0] ?? ''}.`,
    exit: 2,
  }),
  /** `media add` was given two different files for the same path on the media disc. */
  E_MEDIA_TWICE: code<{ path: string; files: [string, string] }>({
    title: 'two files for one place',
    message: ({ path, files }) => `${files.join(' and ')} differ, and both would be ${path}.`,
    hint: () => 'Add the one that is meant.',
    exit: 2,
  }),
  /** An address, or one that it leads on to, from which nothing is downloaded. */
  E_FETCH_ADDRESS: code<{ path: string; url: string; why: string }>({
    title: 'an address that is not downloaded from',
    message: ({ path, url, why }) => `${path} is not fetched from ${url}: ${why}.`,
    hint: () => 'Download it by other means and say where it is: lyncimg media add FILE.',
    exit: 3,
  }),
  /** The server does not have the file, or does not give it out. */
  E_FETCH_STATUS: code<{ path: string; url: string; status: number }>({
    title: 'a server that does not give the file',
    message: ({ path, url, status }) => `${path} is not fetched: ${url} answers with HTTP status ${status}.`,
    hint: ({ status }) =>
      status >= 500 || status === 429
        ? 'Try again later.'
        : 'Microsoft may have moved it: download it by other means, then lyncimg media add FILE.',
    exit: 3,
  }),
  /** The server answers with something that is not the file, as a page with a form to sign in. */
  E_FETCH_ANSWER: code<{ path: string; url: string; why: string }>({
    title: 'an answer that is no file',
    message: ({ path, url, why }) => `${path} is not fetched: ${url} ${why}.`,
    hint: () => 'Look at the address in a browser; a proxy or a sign-in page may stand between.',
    exit: 3,
  }),
  /** What the server sends is larger or smaller than the file is. */
  E_FETCH_SIZE: code<{ path: string; url: string; expected: number; actual: string }>({
    title: 'a download of the wrong size',
    message: ({ path, url, expected, actual }) =>
      `${path} is not fetched: ${url} has ${actual} bytes, and ${expected} are expected. Nothing of it was kept.`,
    hint: () => 'It is another version: download the right one by other means, then lyncimg media add FILE.',
    exit: 3,
  }),
  /** What was downloaded has another SHA-256 than the file. It was removed. */
  E_FETCH_CHECKSUM: code<{ path: string; url: string; expected: string; actual: string }>({
    title: 'a download with the wrong checksum',
    message: ({ path, url, expected, actual }) =>
      `What ${url} gave for ${path} has the SHA-256 ${actual}; expected is ${expected}. It was removed.`,
    hint: () => 'It is another version, or somebody between changed it. Do not use it.',
    exit: 3,
  }),
  /** The download broke off, and did so again at each attempt. What arrived is kept, and the next fetch goes on there. */
  E_FETCH_BROKEN: code<{ path: string; url: string; reason: string; attempts: number; proxy: boolean }>({
    title: 'a download that broke off',
    message: ({ path, url, reason, attempts }) =>
      `${path} is not fetched from ${url}: ${reason} (${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}).`,
    hint: ({ proxy }) => [
      'Run it again: it goes on where this one stopped, if the server lets it.',
      ...(proxy ? ['lyncimg uses no proxy: download it by other means, then lyncimg media add FILE.'] : []),
    ],
    exit: 3,
  }),
  /** Nobody says what SHA-256 the file should have, so that a download could be anything. */
  E_FETCH_NO_HASH: code<{ path: string; url: string }>({
    title: 'a download that nothing could check',
    message: ({ path, url }) => `${path} is not fetched from ${url}: no SHA-256 is known to check it by.`,
    hint: () => 'Give --allow-unknown-hash to trust the server, and check its signature yourself.',
    exit: 2,
  }),
};
