import { expect } from 'chai';
import { describe, it } from 'mocha';
import { platformOf } from '../../src/platforms/index.js';
import { fixedAddress, limitsOf, sourceOf } from './asked-of.js';

describe('the platform twin', () => {
  const twin = platformOf('twin');

  it('is a rehearsal that every Packer can run without a plugin', () => {
    expect(twin.rehearsal).to.equal(true);
    expect(twin.packerAtLeast('first')).to.equal(null);
    expect(twin.plugins({} as never)).to.deep.equal([]);
  });

  it('lets Packer in over TLS with a checked certificate alone', () => {
    const { builder, attributes } = sourceOf(twin);

    expect(builder).to.equal('null');
    expect(attributes).to.include({
      winrm_host: 'local.host',
      winrm_port: 'local.port',
      winrm_use_ssl: true,
      winrm_insecure: false,
      winrm_no_proxy: true,
    });
  });

  it('looks the same to the first layer and to the next ones', () => {
    expect(sourceOf(twin, { layer: 'next' })).to.deep.equal(sourceOf(twin));
  });

  it('is un-keyed by the last provisioner, for its builder has no shutdown_command', () => {
    expect(twin.unkeyBy).to.equal('last-provisioner');
    expect(sourceOf(twin).attributes).not.to.have.property('shutdown_command');
  });

  it('models any machine', () => {
    const odd = { firmware: 'uefi' as const, drivers: true, network: { range: null, static: fixedAddress } };

    expect(limitsOf(twin, odd)).to.deep.equal([]);
  });
});
