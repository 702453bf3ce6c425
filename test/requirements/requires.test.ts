import { expect } from 'chai';
import { describe, it } from 'mocha';
import { requiredIds, requiredPattern } from '../../src/requirements/requires.js';
import { osModelOf } from '../helpers/os-model.js';

describe('what must be there before', () => {
  const os = osModelOf({});

  it('is a KB number, which means that hotfix, or the id of a requirement', () => {
    expect(requiredIds(['kb2919442', 'Package/agent'.toLowerCase(), 'hotfix/kb2919355'], os)).to.deep.equal([
      'hotfix/KB2919355',
      'hotfix/KB2919442',
      'package/agent',
    ]);
  });

  it('keeps ids of kinds that are named with capitals', () => {
    for (const id of ['pendingReboot/none', 'sqlInstance/rtc']) {
      expect(requiredPattern.test(id)).to.equal(true);
      expect(requiredIds([id], os)).to.deep.equal([id]);
    }
  });
});
