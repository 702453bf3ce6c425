// The codes of the room `render`. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const renderCodes = {
  /** The folder to write into holds something that lyncimg did not write, or that was changed since. */
  E_OUTPUT_NOT_OURS: code<{ folder: string; path: string | null; changed: boolean }>({
    title: 'an output folder that holds something of yours',
    message: ({ folder, path, changed }) => {
      if (path === null) return `${folder} is not a folder.`;
      return changed
        ? `${folder} was written by lyncimg, but ${path} was changed since. Nothing was written.`
        : `${folder} is not empty: ${path} was not written by lyncimg. Nothing was written.`;
    },
    hint: () => 'Name another folder with --output, or move that one away.',
    exit: 2,
  }),
};
