// The XML of a WIM on somebody's disc.
import { LyncimgError } from '../../../src/errors/index.js';
import { wimImages, windowsImageSchema } from '../../../src/media/wim/image.js';
import { decodeXml } from '../../../src/media/wim/read.js';
import { parseWimXml } from '../../../src/media/wim/xml.js';
import { imageXml, xmlBytes } from '../../media/wim/kit.js';
import type { Random } from '../random.js';
import type { Target } from '../target.js';
import { changeXml } from '../xml-changes.js';

const of = { file: 'w.iso', image: 'install.wim' };

export function wimXml(): Target {
  const core = { name: 'Windows Server 2012 R2 SERVERSTANDARDCORE', type: 'Server Core' };
  return {
    seeds: [
      `<WIM>${imageXml(core)}${imageXml({ index: '2' })}<TOTALBYTES>9</TOTALBYTES></WIM>`,
      '<WIM/>',
    ].map(xmlBytes),
    words: [
      '<!DOCTYPE a>',
      '<![CDATA[',
      ']]>',
      '&#0;',
      '&lt;',
      '<IMAGE INDEX="3">',
      '</IMAGE>',
      '<?xml?>',
    ].map((word) => Buffer.from(word, 'utf16le')),
    change: (input: Buffer, random: Random) =>
      Buffer.from(changeXml(input.toString('utf16le'), random), 'utf16le'),
    isRefusal: (error) => error instanceof LyncimgError && error.code === 'E_WIM_UNREADABLE',
    run: (input) => {
      for (const image of wimImages(parseWimXml(decodeXml(input, of), of), of))
        windowsImageSchema.parse(image);
    },
  };
}
