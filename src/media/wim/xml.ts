// The XML of a WIM: what images are in it. It comes from whoever made the disc: no DOCTYPE, and everything is bounded.
import { SaxesParser } from 'saxes';
import { wimUnreadable, type WimName } from './header.js';

/** The texts of one image by the names below; what it does not say is not there. */
export interface RawWimImage {
  index?: string;
  languages: string[];
  texts: Partial<Record<WimText, string>>;
}

const texts = {
  'WIM/IMAGE/NAME': 'name',
  'WIM/IMAGE/DESCRIPTION': 'description',
  'WIM/IMAGE/DISPLAYNAME': 'displayName',
  'WIM/IMAGE/FLAGS': 'flags',
  'WIM/IMAGE/TOTALBYTES': 'totalBytes',
  'WIM/IMAGE/WINDOWS/ARCH': 'arch',
  'WIM/IMAGE/WINDOWS/EDITIONID': 'editionId',
  'WIM/IMAGE/WINDOWS/INSTALLATIONTYPE': 'installationType',
  'WIM/IMAGE/WINDOWS/PRODUCTTYPE': 'productType',
  'WIM/IMAGE/WINDOWS/LANGUAGES/DEFAULT': 'defaultLanguage',
  'WIM/IMAGE/WINDOWS/VERSION/MAJOR': 'major',
  'WIM/IMAGE/WINDOWS/VERSION/MINOR': 'minor',
  'WIM/IMAGE/WINDOWS/VERSION/BUILD': 'build',
  'WIM/IMAGE/WINDOWS/VERSION/SPBUILD': 'servicePackBuild',
  'WIM/IMAGE/WINDOWS/VERSION/SPLEVEL': 'servicePack',
} as const;

export type WimText = (typeof texts)[keyof typeof texts];

const textOf: ReadonlyMap<string, WimText> = new Map(Object.entries(texts));

const languagePath = 'WIM/IMAGE/WINDOWS/LANGUAGES/LANGUAGE';

/** Windows Server media have up to ten images, of some sixty elements each. */
const mostImages = 500;
const mostLanguages = 200;
const mostNodes = 100_000;
const deepest = 16;
const longestText = 4096;

/** In the order of the document. */
export function parseWimXml(xml: string, of: WimName): RawWimImage[] {
  const no = (why: string): Error => wimUnreadable(of, `its XML ${why}`);
  // XML 1.1 would let control characters in.
  const parser = new SaxesParser({ defaultXMLVersion: '1.0', forceXMLVersion: true });
  const images: RawWimImage[] = [];
  const open: string[] = [];
  let path = '';
  let text = '';
  let nodes = 0;
  const count = (): void => {
    nodes += 1;
    if (nodes > mostNodes) throw no(`has more than ${mostNodes} elements and attributes`);
  };
  parser.on('error', (error) => {
    // It may quote the document.
    throw no(`is not well-formed (${error.message.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 200)})`);
  });
  parser.on('doctype', () => {
    throw no('has a DOCTYPE');
  });
  parser.on('attribute', count);
  parser.on('opentag', ({ name, attributes }) => {
    count();
    if (open.push(name) > deepest) throw no(`is more than ${deepest} elements deep`);
    path = open.join('/');
    text = '';
    if (path !== 'WIM/IMAGE') return;
    if (images.length === mostImages) throw no(`has more than ${mostImages} images`);
    const index = attributes['INDEX'];
    images.push({ ...(typeof index === 'string' && { index }), languages: [], texts: {} });
  });
  const add = (piece: string): void => {
    const isWanted = textOf.has(path) || path === languagePath;
    if (isWanted && (text += piece).length > longestText)
      throw no(`has a text of more than ${longestText} characters`);
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const image = images.at(-1);
    const name = textOf.get(path);
    // The first counts, as wimlib has it.
    if (image !== undefined && name !== undefined) image.texts[name] ??= text.trim();
    if (image !== undefined && path === languagePath && image.languages.push(text.trim()) > mostLanguages)
      throw no(`has more than ${mostLanguages} languages`);
    open.pop();
    path = open.join('/');
    text = '';
  });
  parser.write(xml).close();
  return images;
}
