import { expect } from 'chai';
import { describe, it } from 'mocha';
import { keyboardOf } from '../../../src/render/answer-file/keyboards.js';

describe('the keyboard of a locale', () => {
  it('is the one that Windows gives to it', () => {
    expect(keyboardOf('en-US')).to.equal('0409:00000409');
    expect(keyboardOf('de-DE')).to.equal('0407:00000407');
    expect(keyboardOf('de-CH')).to.equal('0807:00000807');
    expect(keyboardOf('nl-NL')).to.equal('0413:00020409');
  });

  it('is not guessed: none for a locale that is not in the table, nor for what every object has', () => {
    for (const locale of ['ja-JP', 'el-GR', 'xx-XX', 'en-us', '', 'constructor', '__proto__']) {
      expect(keyboardOf(locale), locale).to.equal(null);
    }
  });
});
