import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { platformNames, platformOf, platformSchemas, settingsOf } from '../../src/platforms/index.js';
import { guests, sourceOf } from './asked-of.js';

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

describe('every platform', () => {
  const each = platformNames.map(platformOf);

  it('has a schema of its settings, each of them optional and described', () => {
    expect(Object.keys(platformSchemas)).to.deep.equal([...platformNames]);
    for (const { name, settings } of each) {
      expect(settings.safeParse({}).success, name).to.equal(true);
      for (const [key, schema] of Object.entries(settings.shape)) {
        const { description } = (schema as { meta(): { description?: string } | undefined }).meta() ?? {};
        expect(description, `${name}.${key}`).to.be.a('string');
      }
      expect(settings.safeParse({ 'no such key': 1 }).success, name).to.equal(false);
    }
  });

  it('has examples that its own schema would take', () => {
    for (const { name, settings, examples } of each) {
      expect(settings.safeParse(examples).error, name).to.equal(undefined);
    }
  });

  it('offers BIOS alone to 2008 R2, which has no UEFI without one', () => {
    for (const platform of each) {
      if (platform.rehearsal || platform.layering === 'none') continue;
      expect(platform.firmwares(guests['2008r2']), platform.name).to.deep.equal(['bios']);
    }
  });

  it('un-keys either by its shutdown_command or by the last provisioner', () => {
    for (const platform of each) {
      if (platform.layering === 'none') continue;
      for (const layer of ['first', 'next'] as const) {
        const { attributes } = sourceOf(platform, { layer });
        expect('shutdown_command' in attributes, platform.name).to.equal(
          platform.unkeyBy === 'shutdown-command',
        );
      }
    }
  });

  it('checks the certificate of the guest, except where only Packer knows it', () => {
    for (const platform of each) {
      if (platform.layering === 'none') continue;
      expect(sourceOf(platform).attributes, platform.name).to.include({
        communicator: 'winrm',
        winrm_use_ssl: true,
        winrm_insecure: platform.certificate === 'packer',
      });
    }
  });

  it('says what of its files the next layer starts from', () => {
    for (const { name, keeps } of each) {
      expect(keeps.parent !== undefined, name).to.equal(keeps.as === 'files');
    }
  });

  it('names a plugin for every Packer that has it outside, except where the builder is its own', () => {
    for (const platform of each) {
      const named = platform.plugins(settingsOf(platform, {})).map(({ source }) => source);
      const own = platform.rehearsal || platform.layering === 'none';
      expect(named.length, platform.name).to.equal(own ? 0 : 1);
      for (const source of named) expect(source).to.match(/^[\w.-]+\/[\w.-]+\/[\w.-]+$/);
    }
  });
});
