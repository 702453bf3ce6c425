import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { platformNames, platformOf } from '../../src/platforms/index.js';

describe('platformOf', () => {
  it('finds each platform by its name', () => {
    for (const name of platformNames) expect(platformOf(name).name).to.equal(name);
  });

  it('names the known ones for an unknown one', () => {
    let caught: unknown;
    try {
      platformOf('cloud');
    } catch (error) {
      caught = error;
    }

    expect(caught).to.be.instanceOf(LyncimgError);
    const error = caught as LyncimgError;
    expect(error.code).to.equal('E_PLATFORM_UNKNOWN');
    expect(error.exitCode).to.equal(2);
    expect(error.message).to.contain('"cloud"');
    expect(error.suggestions.join()).to.contain('twin');
  });
});

describe('the platform twin', () => {
  const twin = platformOf('twin');

  it('is a rehearsal that every Packer can run without a plugin', () => {
    expect(twin.rehearsal).to.equal(true);
    expect(twin.plugins).to.deep.equal([]);
  });

  it('lets Packer in over TLS with a checked certificate alone', () => {
    const { builder, body } = twin.source('first');

    expect(builder).to.equal('null');
    expect(body).to.deep.include({ attribute: 'winrm_use_ssl', value: true });
    expect(body).to.deep.include({ attribute: 'winrm_insecure', value: false });
  });

  it('looks the same to the first layer and to the next ones', () => {
    expect(twin.source('next')).to.deep.equal(twin.source('first'));
  });
});
