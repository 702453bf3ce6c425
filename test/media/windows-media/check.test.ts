import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  checkMedia,
  type AskedOfMedia,
  type MediaCheck,
  type WindowsMedia,
} from '../../../src/media/index.js';
import { codeThrown, image, imagesOf, mediaWith, systems } from './kit.js';

function check(media: WindowsMedia, asked: Partial<AskedOfMedia> = {}): MediaCheck {
  const all = { systems: Object.values(systems), os: null, edition: null, key: null, ...asked };
  return checkMedia('w.iso', media, all);
}

const told = ({ judged }: MediaCheck) =>
  judged.map(({ os, edition, fits }) => `${os} ${edition} ${fits ? 'yes' : 'no'}`);

describe('media against what is asked for', () => {
  it('are judged by one edition, where that is asked for', () => {
    const { fits, judged, asked } = check(mediaWith(imagesOf('2012r2')), {
      ...{ os: systems['2012r2'], edition: 'DataCenter', key: 'kms' },
    });
    expect(fits).to.equal(true);
    expect(judged).to.have.length(1);
    expect(judged[0]).to.deep.include({ edition: 'datacenter', title: 'Windows Server 2012 R2 Datacenter' });
    expect(judged[0]?.image).to.deep.equal({ index: 4, name: 'Windows Server 2012 R2 SERVERDATACENTER' });
    expect(asked).to.deep.equal({ os: '2012r2', edition: 'datacenter', key: 'kms' });
  });

  it('fit by any edition, where only a system is asked for', () => {
    const result = check(mediaWith(imagesOf('2012r2').slice(0, 2)), { os: systems['2012r2'] });
    expect(told(result)).to.deep.equal(['2012r2 standard yes', '2012r2 datacenter no']);
    expect(result.fits).to.equal(true);

    expect(check(mediaWith(imagesOf('2012')), { os: systems['2012r2'] }).fits).to.equal(false);
  });

  it('are judged by the systems that are on them, where nothing is asked for', () => {
    const both = mediaWith([...imagesOf('2012').slice(0, 2), ...imagesOf('2012r2').slice(2)]);
    expect(told(check(both))).to.deep.equal([
      '2012 standard yes',
      '2012 datacenter no',
      '2012r2 standard no',
      '2012r2 datacenter yes',
    ]);
    const none = check(mediaWith([image({ version: '10.0.14393.0' })]));
    expect(none).to.deep.include({ fits: false, judged: [] });
  });

  it('have no edition that is not supported', () => {
    const wrong = (): unknown => check(mediaWith([image()]), { os: systems['2012r2'], edition: 'web' });
    expect(codeThrown(wrong)).to.equal('E_WINDOWS_EDITION_UNKNOWN');
  });
});
