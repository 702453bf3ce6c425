// The codes of the room `images`. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const imagesCodes = {
  /** Something in the store is not what was put there: damaged, changed by hand, or not by lyncimg. */
  E_STORE_CORRUPT: code<{ path: string; why: string; rebuild: string }>({
    title: 'a layer or image in the store is damaged',
    message: ({ path, why }) => `${path} ${why}, so what it belongs to cannot be used.`,
    hint: ({ rebuild }) => `Build it anew: ${rebuild}`,
    exit: 3,
  }),
  /** Something in the store was written by a later lyncimg, in a form that this one does not know. */
  E_STORE_VERSION: code<{ path: string; version: string }>({
    title: 'an entry of the store is of a later lyncimg',
    message: ({ path, version }) => `${path} is written as ${version}, which this lyncimg cannot read.`,
    hint: () => 'Use the lyncimg that made it, or another folder: LYNCIMG_HOME or --output.',
    exit: 3,
  }),
  /** The folder of the store is open to everybody, or is somebody else's. */
  E_STORE_UNSAFE: code<{ folder: string; why: string; fix: string }>({
    title: 'the state folder is not safe',
    message: ({ folder, why }) =>
      `${folder} ${why}: others could change images there, or read the secrets of a build.`,
    hint: ({ fix }) => fix,
    exit: 3,
  }),
  /** No image of the store is meant by this reference. */
  E_IMAGE_UNKNOWN: code<{ reference: string; near: string[]; any: boolean; folder: string }>({
    title: 'an unknown image',
    message: ({ reference, any, folder }) =>
      any ? `No image in ${folder} is ${reference}.` : `${reference} is not there: ${folder} holds no image.`,
    hint: ({ near, any }) =>
      near.length > 0
        ? `Did you mean ${near.join(' or ')}?`
        : any
          ? 'lyncimg images list shows what is there.'
          : 'lyncimg build --os 2012r2 makes one.',
    exit: 2,
  }),
  /** Several images are meant by this reference. */
  E_IMAGE_AMBIGUOUS: code<{ reference: string; candidates: string[] }>({
    title: 'a reference that means several images',
    message: ({ reference, candidates }) => `${reference} can mean ${candidates.join(' or ')}.`,
    hint: () => 'Name one of them in full.',
    exit: 2,
  }),
  /** There is no such run. */
  E_RUN_UNKNOWN: code<{ id: string; near: string[]; folder: string }>({
    title: 'an unknown run',
    message: ({ id, folder }) => `${folder} holds no run ${id}.`,
    hint: ({ near }) => (near.length > 0 ? `Did you mean ${near.join(' or ')}?` : []),
    exit: 2,
  }),
};
