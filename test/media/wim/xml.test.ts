import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LyncimgError } from '../../../src/errors/index.js';
import { wimImages, type WindowsImage } from '../../../src/media/wim/image.js';
import { parseWimXml } from '../../../src/media/wim/xml.js';
import { imageXml } from './kit.js';

const of = { file: 'w.iso', image: 'sources/install.wim' };
const read = (xml: string): WindowsImage[] => wimImages(parseWimXml(xml, of), of);

function refused(xml: string): string {
  try {
    read(xml);
  } catch (error) {
    expect(error).to.be.instanceOf(LyncimgError).and.to.include({ code: 'E_WIM_UNREADABLE' });
    return (error as Error).message;
  }
  throw new Error('it was read');
}

describe('the XML of a WIM', () => {
  it('lists its images, in the order of their indexes', () => {
    const [first, second] = read(
      `<WIM><TOTALBYTES>9</TOTALBYTES>${imageXml({ index: '2' })}${imageXml()}</WIM>`,
    );

    expect(second?.index).to.equal(2);
    expect(first).to.deep.equal({
      ...{ index: 1, name: 'Windows Server 2012 R2 SERVERSTANDARD' },
      displayName: 'Windows Server 2012 R2 Standard (Server with a GUI)',
      description: 'Windows Server 2012 R2 SERVERSTANDARD',
      ...{ editionId: 'ServerStandard', installationType: 'Server', productType: 'ServerNT' },
      ...{ architecture: 'amd64', build: 9600, version: '6.3.9600.17031', servicePack: 0 },
      ...{
        languages: ['en-US'],
        defaultLanguage: 'en-US',
        flags: 'ServerStandard',
        sizeBytes: 12_051_460_352,
      },
    });
  });

  it('says nothing of what is not in it', () => {
    expect(read('<WIM><IMAGE INDEX="1"/></WIM>')).to.deep.equal([
      {
        ...{
          index: 1,
          name: '',
          displayName: null,
          description: null,
          editionId: null,
          installationType: null,
        },
        ...{ productType: null, architecture: null, build: null, version: null, servicePack: null },
        ...{ languages: [], defaultLanguage: null, flags: null, sizeBytes: null },
      },
    ]);
    expect(read('<WIM/>')).to.deep.equal([]);
    expect(read('<constructor><IMAGE INDEX="1"/></constructor>')).to.deep.equal([]);
  });

  it('has every language, the first text of several, and texts with blanks, quotes and any letters', () => {
    const [image] = read(
      '<WIM><IMAGE INDEX="1"><NAME> "A" &amp; \'Ü\' 日本 <![CDATA[<b>]]> </NAME><NAME>B</NAME><WINDOWS><ARCH>0</ARCH>' +
        '<LANGUAGES><LANGUAGE>de-DE</LANGUAGE><LANGUAGE>en-US</LANGUAGE></LANGUAGES></WINDOWS></IMAGE></WIM>',
    );

    expect(image).to.include({ name: `"A" & 'Ü' 日本 <b>`, architecture: 'x86' });
    expect(image?.languages).to.deep.equal(['de-DE', 'en-US']);
  });

  for (const [number, name] of [
    ['5', 'arm'],
    ['6', 'ia64'],
    ['12', 'arm64'],
    ['99', 'other'],
    ['toString', 'other'],
  ] as const) {
    it(`has architecture ${number} as ${name}`, () => {
      expect(read(`<WIM>${imageXml({ arch: number })}</WIM>`)[0]?.architecture).to.equal(name);
    });
  }

  const spoiled: Record<string, [xml: string, says: string]> = {
    'it is not well-formed': ['<WIM><IMAGE>', 'not well-formed'],
    'it is no XML': ['hello', 'not well-formed'],
    'it is empty': ['', 'not well-formed'],
    'it has a DOCTYPE': ['<!DOCTYPE WIM [<!ENTITY a "b">]><WIM/>', 'has a DOCTYPE'],
    'it has an entity of its own': ['<WIM>&a;</WIM>', 'not well-formed'],
    'it is deep': ['<a>'.repeat(17), 'more than 16 elements deep'],
    'it is many elements': [`<WIM>${'<a/>'.repeat(100_001)}</WIM>`, 'more than 100000 elements'],
    'it has many images': [`<WIM>${'<IMAGE/>'.repeat(501)}</WIM>`, 'more than 500 images'],
    'it has a long text': [
      `<WIM><IMAGE><NAME>${'x'.repeat(4097)}</NAME></IMAGE></WIM>`,
      'more than 4096 characters',
    ],
    'it has many languages': [
      `<WIM><IMAGE><WINDOWS><LANGUAGES>${'<LANGUAGE/>'.repeat(201)}</LANGUAGES></WINDOWS></IMAGE></WIM>`,
      'more than 200 languages',
    ],
    'an image has no index': ['<WIM><IMAGE/></WIM>', 'index'],
    'an image has index 0': ['<WIM><IMAGE INDEX="0"/></WIM>', 'index is no number of an image'],
    'an index comes twice': ['<WIM><IMAGE INDEX="1"/><IMAGE INDEX="1"/></WIM>', 'two images 1'],
    'a build is no number': [`<WIM>${imageXml({ build: '9600x' })}</WIM>`, 'build is no number'],
    'a build is beyond any': [`<WIM>${imageXml({ build: '9'.repeat(16) })}</WIM>`, 'build is no number'],
  };
  for (const [when, [xml, says]] of Object.entries(spoiled)) {
    it(`is refused where ${when}`, () => {
      expect(refused(xml)).to.contain(says);
    });
  }

  it('never gets a control character into a message', () => {
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(refused('<WIM><\u009b31m\u202e></WIM>')).to.not.match(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});
