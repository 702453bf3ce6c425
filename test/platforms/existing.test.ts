import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { platformOf } from '../../src/platforms/index.js';
import { limitsOf, sourceOf } from './asked-of.js';

const existing = platformOf('existing');

describe('the platform existing', () => {
  it('bakes nothing and says what serves such a machine', () => {
    expect(existing.layering).to.equal('none');
    expect(existing.noBake?.instead).to.contain('lyncimg apply').and.to.contain('lyncimg verify');
    expect(limitsOf(existing, {})).to.deep.equal([]);
  });

  it('has no template: its end would switch the machine off and take its password', () => {
    let caught: unknown;
    try {
      sourceOf(existing);
    } catch (error) {
      caught = error;
    }
    expect(caught).to.be.instanceOf(LyncimgError);
    expect((caught as LyncimgError).code).to.equal('E_PLATFORM_NO_BAKE');
    expect((caught as LyncimgError).exitCode).to.equal(2);
  });

  it('leaves address, certificate and account to their owner', () => {
    expect(existing).to.include({ address: 'given', certificate: 'owner', discs: 'download' });
    expect(existing.secrets).to.deep.equal([]);
    expect(existing.mediaDrive).to.equal('C:\\ProgramData\\lyncimg\\media');
  });
});
