import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkMedia, type AskedOfMedia, type WindowsMedia } from '../../src/media/index.js';
import { windowsMediaText } from '../../src/report/index.js';
import { image, imagesOf, mediaWith, systems } from '../media/windows-media/kit.js';

function textOf(media: WindowsMedia, asked: Partial<AskedOfMedia> = {}): string {
  const all = { systems: Object.values(systems), os: null, edition: null, key: null, ...asked };
  return windowsMediaText(checkMedia('w.iso', media, all));
}

describe('Windows media in words', () => {
  it('are the disc, its images, what fits and what speaks against it', () => {
    const evaluation = mediaWith(imagesOf('2012r2', { evaluation: true }), {
      ...{ label: 'IR3_SSS_X64FREE_EN-US_DV9', evaluation: true, volumeLicence: false },
    });
    expect(textOf(evaluation, { os: systems['2012r2'], key: 'kms' })).to.equal(`w.iso
  label     IR3_SSS_X64FREE_EN-US_DV9
  size      5,397,889,024 bytes
  image     sources/install.wim, 4,000,000,000 bytes
  licence   evaluation: takes no product key
  .NET 3.5  in sources/sxs

INDEX  NAME                                         EDITION ID            TYPE         FOR    VERSION         LANGUAGES
1      Windows Server 2012 R2 SERVERSTANDARDCORE    ServerStandardEval    Server Core  amd64  6.3.9600.17031  en-US
2      Windows Server 2012 R2 SERVERSTANDARD        ServerStandardEval    Server       amd64  6.3.9600.17031  en-US
3      Windows Server 2012 R2 SERVERDATACENTERCORE  ServerDatacenterEval  Server Core  amd64  6.3.9600.17031  en-US
4      Windows Server 2012 R2 SERVERDATACENTER      ServerDatacenterEval  Server       amd64  6.3.9600.17031  en-US

FITS  OS      EDITION     INSTALLS
NO    2012r2  standard
NO    2012r2  datacenter

evaluation-key (2012r2 standard, 2012r2 datacenter)
  It is evaluation media, and there Setup stops at a product key in the answer file: give none.

It does not fit.
`);
  });

  it('say what to install where an edition fits, and that the key may be judged too', () => {
    const text = textOf(mediaWith(imagesOf('2012r2')));
    expect(text).to.contain('yes   2012r2  standard    index 2, Windows Server 2012 R2 SERVERSTANDARD\n');
    expect(text).to.contain('yes   2012r2  datacenter  index 4, Windows Server 2012 R2 SERVERDATACENTER\n');
    expect(text).to.match(/It fits\. With --key the product key is judged too\.\n$/);
    expect(textOf(mediaWith(imagesOf('2012r2')), { key: 'kms' })).to.match(/\nIt fits\.\n$/);
  });

  it('have warnings behind what is wrong', () => {
    const media = mediaWith(imagesOf('2012r2').slice(0, 2), { sxs: true, volumeLicence: false });
    const text = textOf(media, { key: 'none' });
    expect(text).to.match(/^wrong-edition \(2012r2 datacenter\)$/m);
    expect(text).to.match(/^warning: key-asked \(2012r2 standard\)$/m);
    expect(text.indexOf('wrong-edition')).to.be.below(text.indexOf('warning:'));
  });

  it('without an image, or without a Windows that is supported, say so', () => {
    const empty = textOf(mediaWith([], { installImage: null, label: '' }));
    expect(empty).to.contain('label  none').and.to.contain('image  none');
    expect(empty).to.match(/It is no Windows media: there is no install image in sources\.\n$/);

    const other = textOf(mediaWith([image({ version: '10.0.14393.0' })]));
    expect(other).to.match(/no Windows Server that Lync Server 2013 is supported on is on it\.\n$/);
  });

  const licences: [
    evaluation: WindowsMedia['evaluation'],
    volume: WindowsMedia['volumeLicence'],
    says: string,
  ][] = [
    [false, true, 'volume licence'],
    [false, false, 'retail or OEM'],
    [false, 'unknown', 'not evaluation; volume licence or retail'],
    ['unknown', false, 'retail or OEM; perhaps evaluation'],
    ['unknown', 'unknown', 'nothing on the disc says which; perhaps evaluation'],
  ];
  for (const [evaluation, volumeLicence, says] of licences) {
    it(`tell the licence: ${says}`, () => {
      expect(textOf(mediaWith([image()], { evaluation, volumeLicence }))).to.match(
        new RegExp(`licence +${says}\n`),
      );
    });
  }

  it('have the first language first, and nothing of what is not known', () => {
    const facts = { editionId: null, installationType: null, architecture: null, version: null } as const;
    const text = textOf(
      mediaWith([
        image({ languages: ['de-DE', 'en-US', 'fr-FR'], defaultLanguage: 'en-US' }),
        image({ index: 2, name: 'Other', languages: [], defaultLanguage: null, ...facts }),
      ]),
    );
    expect(text).to.contain('en-US de-DE fr-FR\n');
    expect(text).to.match(/^2 +Other +- +- +- +- +-$/m);
  });

  it('let no control character through', () => {
    const text = textOf(mediaWith([image({ name: 'a\u001b[31mb' })], { label: 'x\u009b2Jy\nz' }));
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(text).to.not.match(/[\u001b\u009b]/);
    expect(text).to.contain('label     xy z\n');
  });
});
