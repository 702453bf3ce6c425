// The header of a WIM on somebody's disc.
import { LyncimgError } from '../../../src/errors/index.js';
import { longestXml, parseWimHeader } from '../../../src/media/wim/header.js';
import { wimHeader } from '../../media/wim/kit.js';
import type { Target } from '../target.js';

const sizeBytes = 5_000_000_000;

export function wimHeaderTarget(): Target {
  return {
    seeds: [
      wimHeader({ xml: { offset: 4_999_990_000, length: 9000 }, imageCount: 4 }),
      wimHeader({ xml: { offset: 208, length: 2000 }, part: 1, parts: 3, version: 0xe00 }),
    ],
    words: ['MSWIM\0\0\0', 'WLPWM\0\0\0'].map((word) => Buffer.from(word)),
    isRefusal: (error) => error instanceof LyncimgError && error.code === 'E_WIM_UNREADABLE',
    run: (input) => {
      const { xml, part, parts } = parseWimHeader(input, { file: 'w.iso', image: 'install.wim', sizeBytes });
      if (xml.length > longestXml || xml.offset + xml.length > sizeBytes)
        throw new Error('XML out of bounds');
      if (part < 1 || part > parts) throw new Error('a part that there is none of');
    },
  };
}
