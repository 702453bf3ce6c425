import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LyncimgError } from '../../../src/errors/index.js';
import {
  judgeMedia,
  requireFittingImage,
  type FittingImage,
  type KeyPolicy,
  type MediaFindings,
  type WantedWindows,
  type WindowsImage,
  type WindowsMedia,
} from '../../../src/media/index.js';
import { codeThrown, image, imagesOf, mediaWith, systems } from './kit.js';

type Os = keyof typeof systems;
interface Wish {
  os?: Os;
  edition?: string;
  key?: KeyPolicy | null;
  netfx3Elsewhere?: boolean;
}

function judge(media: WindowsMedia, wish: Wish = {}): MediaFindings {
  const { os = '2012r2', edition = 'standard', key = null, netfx3Elsewhere = false } = wish;
  return judgeMedia(media, { os: systems[os], edition, key, netfx3Elsewhere });
}

const codes = ({ findings }: MediaFindings): string[] => findings.map(({ code }) => code);

describe('media that fit', () => {
  for (const os of Object.keys(systems) as Os[]) {
    for (const { id, imageName } of systems[os].editions) {
      for (const evaluation of [false, true]) {
        for (const key of [null, 'kms', 'own', 'none'] as const) {
          const media = mediaWith(imagesOf(os, { evaluation }), {
            evaluation,
            volumeLicence: !evaluation,
            sxs: os !== '2008r2',
          });
          const takesKey = !evaluation || key === null || key === 'none';
          it(`${os} ${id} ${evaluation ? 'for evaluation' : 'of a volume licence'}, key ${key ?? 'not asked for'}: ${takesKey ? 'fits' : 'not'}`, () => {
            const { fits, image: found, findings } = judge(media, { os, edition: id, key });
            expect(fits).to.equal(takesKey);
            expect(findings.map(({ code }) => code)).to.deep.equal(takesKey ? [] : ['evaluation-key']);
            expect(found?.name ?? null).to.equal(takesKey ? imageName : null);
            if (found !== null) expect(media.images[found.index - 1]?.name).to.equal(imageName);
          });
        }
      }
    }
  }

  it('have an image by another name, where its EditionID is right', () => {
    const images = [image({ index: 3, name: 'Our Server 2012 R2' })];
    expect(judge(mediaWith(images)).image).to.deep.equal({ index: 3, name: 'Our Server 2012 R2' });
  });

  it('have an image by its name, where it has no EditionID', () => {
    expect(judge(mediaWith([image({ editionId: null })])).fits).to.equal(true);
    const other = image({ editionId: null, name: 'Windows Server 2012 R2 SERVERDATACENTER' });
    expect(codes(judge(mediaWith([other])))).to.deep.equal(['wrong-edition']);
  });

  it('have several of one edition, of which the one for amd64 and with the name of Microsoft is taken', () => {
    const images = [
      image({ index: 1, architecture: 'x86' }),
      image({ index: 2, name: 'Another name' }),
      image({ index: 3 }),
      image({ index: 4 }),
    ];
    expect(judge(mediaWith(images)).image?.index).to.equal(3);
  });

  it('have the service pack where their build says so and nothing else does', () => {
    const images = [image({ version: '6.1.7601.17514', servicePack: null })];
    expect(codes(judge(mediaWith(images), { os: '2008r2' }))).to.deep.equal([]);
    const older = [image({ version: '6.1.7600.16385', servicePack: null })];
    expect(codes(judge(mediaWith(older), { os: '2008r2' }))).to.deep.equal(['service-pack']);
  });

  it('take no notice of the case of an edition', () => {
    expect(judge(mediaWith([image()]), { edition: 'Standard' }).fits).to.equal(true);
  });
});

describe('media that do not fit', () => {
  const r2 = (more: Partial<WindowsImage>): WindowsMedia =>
    mediaWith([image({ editionId: 'ServerStandard', version: '6.1.7601.17514', servicePack: 1, ...more })]);
  const part = { path: 'sources/install.swm', kind: 'swm', sizeBytes: 9, parts: 3 } as const;
  const cases: Record<string, [media: WindowsMedia, wish: Wish, code: string, says: string]> = {
    'no image': [mediaWith([], { installImage: null }), {}, 'no-image', 'sources/install.wim'],
    'an empty image': [mediaWith([]), {}, 'no-image', 'sources/install.wim is empty'],
    'a missing part': [
      mediaWith([image()], { installImage: { ...part, missingParts: ['sources/install3.swm'] } }),
      {},
      'parts-missing',
      'the first of 3 parts, and sources/install3.swm is not there',
    ],
    'another Windows': [
      mediaWith(imagesOf('2012')),
      {},
      'wrong-os',
      'Windows Server 2012 R2 (6.3.9600) is not on it',
    ],
    'a client of that version': [
      mediaWith([image({ editionId: 'Professional', installationType: 'Client', productType: 'WinNT' })]),
      {},
      'wrong-os',
      'is not on it',
    ],
    'a preview of it': [mediaWith([image({ version: '6.3.9431.0' })]), {}, 'wrong-os', 'is not on it'],
    'a later build': [mediaWith([image({ version: '6.3.9700.0' })]), {}, 'wrong-os', 'is not on it'],
    'an image without a version': [mediaWith([image({ version: null })]), {}, 'wrong-os', 'is not on it'],
    'another edition': [
      mediaWith(imagesOf('2012r2').slice(0, 2)),
      { edition: 'datacenter' },
      'wrong-edition',
      'Windows Server 2012 R2 Datacenter is not on it',
    ],
    'Essentials alone': [
      mediaWith([image({ editionId: 'ServerSolution', name: 'Windows Server 2012 R2 SERVERSOLUTION' })]),
      {},
      'wrong-edition',
      'Windows Server 2012 R2 Standard is not on it',
    ],
    'Server Core alone': [
      mediaWith(imagesOf('2012r2').filter(({ index }) => index === 1)),
      {},
      'server-core',
      'as Server Core alone (index 1), on which Lync Server 2013 is not supported',
    ],
    'Server Core by its name alone': [
      mediaWith([image({ name: 'Windows Server 2012 R2 SERVERSTANDARDCORE', installationType: null })]),
      {},
      'server-core',
      'Server Core',
    ],
    'Server Core of 2008 R2, with its own EditionID': [
      r2({ editionId: 'ServerStandardCore', installationType: 'Server Core' }),
      { os: '2008r2' },
      'server-core',
      'Server Core',
    ],
    '32 bits': [mediaWith([image({ architecture: 'x86' })]), {}, 'architecture', 'is for x86'],
    Itanium: [r2({ architecture: 'ia64' }), { os: '2008r2' }, 'architecture', 'is for ia64'],
    'no architecture': [
      mediaWith([image({ architecture: null })]),
      {},
      'architecture',
      'an unknown architecture',
    ],
    '2008 R2 without its service pack': [
      r2({ version: '6.1.7600.16385', servicePack: 0 }),
      { os: '2008r2' },
      'service-pack',
      'has service pack 0, and Windows Server 2008 R2 is supported with service pack 1',
    ],
    'no .NET Framework 3.5': [
      mediaWith([image()], { sxs: false }),
      {},
      'sxs-missing',
      'no .NET Framework 3.5',
    ],
    'an evaluation, with the key of KMS clients': [
      mediaWith(imagesOf('2012r2', { evaluation: true }), { evaluation: true }),
      { key: 'kms' },
      'evaluation-key',
      'Setup stops at a product key',
    ],
    'an evaluation of 2008 R2, with a key': [
      r2Eval(),
      { os: '2008r2', key: 'own' },
      'evaluation-key',
      'Setup stops',
    ],
  };
  for (const [what, [media, wish, code, says]] of Object.entries(cases)) {
    it(`${what}: ${code}`, () => {
      const found = judge(media, wish);
      expect(found.fits).to.equal(false);
      expect(found.image).to.equal(null);
      expect(codes(found)).to.deep.equal([code]);
      expect(found.findings[0]?.severity).to.equal('error');
      expect(found.findings[0]?.reason).to.contain(says);
      expect(found.findings[0]?.found).to.have.length(media.images.length);
    });
  }

  it('are told of everything at once', () => {
    const bad = image({ architecture: 'x86', editionId: 'ServerStandardEval' });
    const media = mediaWith([bad], { sxs: false, evaluation: true });

    expect(codes(judge(media, { key: 'kms' }))).to.deep.equal([
      'sxs-missing',
      'architecture',
      'evaluation-key',
    ]);
  });

  it('list the images that there are, without what could reach a terminal', () => {
    const { findings } = judge(mediaWith([image({ name: 'x\u009b31m\u202ey' })], { sxs: false }));

    expect(findings[0]?.found).to.deep.equal([
      '1: x\ufffd31m\ufffdy (ServerStandard, Server, amd64, 6.3.9600.17031)',
    ]);
  });

  it('have no edition that is not supported', () => {
    expect(codeThrown(() => judge(mediaWith([image()]), { edition: 'web' }))).to.equal(
      'E_WINDOWS_EDITION_UNKNOWN',
    );
  });

  function r2Eval(): WindowsMedia {
    return mediaWith(imagesOf('2008r2'), { evaluation: true, volumeLicence: false, sxs: false });
  }
});

describe('media that fit with a warning', () => {
  const cases: Record<string, [media: WindowsMedia, wish: Wish, code: string]> = {
    'the end of the image may be missing': [mediaWith([image()], { spanBytes: 9e9 }), {}, 'cut-short'],
    '.NET Framework 3.5 comes from elsewhere': [
      mediaWith([image()], { sxs: false }),
      { netfx3Elsewhere: true },
      'sxs-missing',
    ],
    'nobody knows whether a key is taken': [
      mediaWith(imagesOf('2008r2'), { evaluation: 'unknown', sxs: false }),
      { os: '2008r2', key: 'kms' },
      'evaluation-unknown',
    ],
    'Setup may ask for a key': [mediaWith([image()], { volumeLicence: false }), { key: 'none' }, 'key-asked'],
    'Setup may ask for a key, of unknown media': [
      mediaWith([image()], { volumeLicence: 'unknown' }),
      { key: 'none' },
      'key-asked',
    ],
  };
  for (const [what, [media, wish, code]] of Object.entries(cases)) {
    it(what, () => {
      const { fits, image: found, findings } = judge(media, wish);
      expect(fits).to.equal(true);
      expect(found).to.not.equal(null);
      expect(findings.map((one) => [one.code, one.severity])).to.deep.equal([[code, 'warning']]);
    });
  }

  it('none, where one image alone is for evaluation and another one is wanted', () => {
    const media = mediaWith([image({ editionId: 'ServerDatacenterEval' }), image({ index: 2 })], {
      evaluation: 'unknown',
    });
    expect(codes(judge(media, { key: 'kms' }))).to.deep.equal([]);
  });
});

describe('the image to install', () => {
  const wanted: WantedWindows = { os: systems['2012r2'], edition: 'standard', key: 'kms' };

  it('is the one that fits', () => {
    const found: FittingImage = requireFittingImage('w.iso', mediaWith(imagesOf('2012r2')), wanted);
    expect(found).to.deep.equal({ index: 2, name: 'Windows Server 2012 R2 SERVERSTANDARD' });
  });

  it('is none where something speaks against it, with all of it and what is on the disc', () => {
    const media = mediaWith(imagesOf('2012'), { sxs: false });
    let thrown: unknown;
    try {
      requireFittingImage('w.iso', media, wanted);
    } catch (error) {
      thrown = error;
    }
    expect(thrown)
      .to.be.instanceOf(LyncimgError)
      .and.to.include({ code: 'E_WINDOWS_MEDIA_UNFIT', exitCode: 2 });
    expect((thrown as Error).message)
      .to.contain('w.iso does not fit Windows Server 2012 R2 Standard.')
      .and.to.contain('Windows Server 2012 R2 (6.3.9600) is not on it.')
      .and.to.contain('no .NET Framework 3.5')
      .and.to.contain('On it are: 1: Windows Server 2012 SERVERSTANDARDCORE');
  });
});
