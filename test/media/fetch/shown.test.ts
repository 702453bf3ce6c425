import { expect } from 'chai';
import { describe, it } from 'mocha';
import { packageFileSchema } from '../../../src/catalog/schemas/package.js';
import { shownAddress, shownText } from '../../../src/media/fetch/shown.js';

describe('an address', () => {
  for (const [text, shown] of [
    ['https://example:8443/a/b.msu', 'https://example:8443/a/b.msu'],
    ['https://me:secret@example/a.msu?sig=secret#secret', 'https://example/a.msu'],
    ['https:\\\\me:secret@example\\a', 'https://example/a'],
    ['https://me:secret@example:99999/a?sig=secret', '…@example:99999/a'],
    ['ftp://me:secret@example/a', '…@example/a'],
    ['/next?sig=secret', '/next'],
    ['file:///etc/passwd', 'file:///etc/passwd'],
    ['\u001b[31m', String.raw`\u001b[31m`],
  ] as const) {
    it(`is shown without what may be a secret: ${JSON.stringify(text)}`, () => {
      expect(shownAddress(text)).to.equal(shown);
    });
  }

  it('of a package holds no user name and no password', () => {
    const problemsWith = (url: string): string[] =>
      (packageFileSchema.safeParse({ files: [{ os: ['2012r2'], file: 'a.msu', url }] }).error?.issues ?? [])
        .filter(({ path }) => path.includes('url'))
        .map(({ message }) => message);

    expect(problemsWith('https://example/a.msu?a=b@c')).to.deep.equal([]);
    for (const userinfo of ['me', 'me:secret', ':secret'])
      expect(problemsWith(`https://${userinfo}@example/a.msu`)).to.deep.equal([
        'An address holds no user name and no password.',
      ]);
  });
});

describe("a server's word", () => {
  it('is shown with escapes for control characters', () => {
    expect(shownText('a\u009b31m\r\nü')).to.equal(String.raw`a\u009b31m\u000d\u000aü`);
  });
});
