import { expect } from 'chai';
import { describe, it } from 'mocha';
import { platformOf, settingsOf } from '../../src/platforms/index.js';
import { fixedAddress, guests, limitsOf, machineOf, sourceOf } from './asked-of.js';

describe('the platform hyperv', () => {
  const hyperv = platformOf('hyperv');
  const plain = { guestTools: false };
  const uefi = { machine: { firmware: 'uefi' as const } };

  it('makes the first layer from the medium of Windows and the next ones from the export that is kept', () => {
    const next = sourceOf(hyperv, { layer: 'next' });

    expect(sourceOf(hyperv).builder).to.equal('hyperv-iso');
    expect(sourceOf(hyperv).attributes).to.include({ iso_url: 'local.windows_iso', disk_size: 81_920 });
    expect(next.builder).to.equal('hyperv-vmcx');
    expect(next.attributes).to.include({ clone_from_vmcx_path: 'local.parent' });
    expect(hyperv.keeps.parent).to.equal('.');
  });

  it('attaches the discs as they are, in every layer', () => {
    for (const layer of ['first', 'next'] as const) {
      expect(sourceOf(hyperv, { layer }).attributes['secondary_iso_images']).to.deep.equal([
        'local.media_disc',
        'local.answer_disc',
      ]);
    }
  });

  it('says what must be there when Packer validates', () => {
    const ask = (layer: 'first' | 'next') =>
      hyperv.source({ layer, machine: machineOf(), settings: settingsOf(hyperv, {}) }).mustExist;

    expect(ask('first')).to.deep.equal(['media_disc', 'answer_disc']);
    expect(ask('next')).to.deep.equal(['media_disc', 'answer_disc', 'parent']);
  });

  it('lets an old host attach no disc of its own, for which generation 1 has no room', () => {
    expect(sourceOf(hyperv).attributes['guest_additions_mode']).to.equal('none');
  });

  it('makes generation 2 with Secure Boot, and presses a key where the medium asks for one', () => {
    expect(sourceOf(hyperv, uefi).attributes).to.include({
      generation: 2,
      enable_secure_boot: true,
      secure_boot_template: 'MicrosoftWindows',
      first_boot_device: 'DVD',
    });
    expect(sourceOf(hyperv, uefi).attributes).to.have.property('boot_command');
    expect(sourceOf(hyperv, { ...uefi, layer: 'next' }).attributes)
      .to.include({ generation: 2, enable_secure_boot: true })
      .and.not.have.any.keys('boot_command', 'first_boot_device');
  });

  it('makes generation 1 for a BIOS, and for 2008 R2 nothing else', () => {
    expect(sourceOf(hyperv).attributes).to.include({ generation: 1 });
    expect(sourceOf(hyperv).attributes).not.to.have.any.keys('enable_secure_boot', 'boot_command');
    expect(hyperv.firmwares(guests['2008r2'])).to.deep.equal(['bios']);
    expect(hyperv.firmwares(guests['2012r2'])).to.deep.equal(['uefi', 'bios']);
  });

  it('takes switch, VLAN and folder from lyncimg.yaml, and says where an example stands in', () => {
    const given = { switch: 'External', vlan: 12, temporaryFolder: 'D:\\packer' };

    expect(sourceOf(hyperv, { given }).attributes).to.include({
      switch_name: 'External',
      vlan_id: '12',
      temp_path: 'D:\\packer',
    });
    expect(sourceOf(hyperv, { given }).comments.join()).not.to.contain('Example');
    expect(sourceOf(hyperv).attributes).to.include({ switch_name: 'Default Switch' });
    expect(sourceOf(hyperv).comments.join()).to.contain('Example: set platforms.hyperv.switch');
  });

  it('goes to the fixed address where there is one, by both names that Packer has looked for it', () => {
    const fixed = { machine: { network: { range: null, static: fixedAddress } } };

    expect(sourceOf(hyperv, fixed).attributes).to.include({
      winrm_host: 'local.host',
      ssh_host: 'local.host',
    });
    expect(sourceOf(hyperv).attributes).not.to.have.any.keys('winrm_host', 'ssh_host');
  });

  it('refuses discs that nobody needs there, more memory than Packer gives, and a network that is not known', () => {
    expect(limitsOf(hyperv, plain)).to.deep.equal([]);
    expect(limitsOf(hyperv, { drivers: true, guestTools: true })).to.have.length(2);
    expect(limitsOf(hyperv, { ...plain, memoryMb: 32_768 })).to.deep.equal([]);
    expect(limitsOf(hyperv, { ...plain, memoryMb: 65_536 })[0]?.message).to.equal(
      'hyperv cannot make a machine with 65536 MB of memory: Packer makes none with more than 32768 MB there.',
    );
    expect(limitsOf(hyperv, { ...plain, network: { range: null, static: null } })).to.have.length(1);
  });
});
