import { expect } from 'chai';
import { describe, it } from 'mocha';
import { platformOf, settingsOf } from '../../src/platforms/index.js';
import { fixedAddress, guests, limitsOf, sourceOf } from './asked-of.js';

const proxmox = platformOf('proxmox');

describe('the platform proxmox', () => {
  it('makes the first layer from the medium and the next ones as clones of the template below', () => {
    const first = sourceOf(proxmox, { given: { windowsIso: 'local:iso/w.iso' } });
    const next = sourceOf(proxmox, { layer: 'next' });

    expect(first.builder).to.equal('proxmox-iso');
    expect(first.blocks['boot_iso']).to.deep.equal([
      { type: 'ide', index: 2, iso_file: 'local:iso/w.iso', unmount: true },
    ]);
    expect(next.builder).to.equal('proxmox-clone');
    expect(next.attributes).to.include({ clone_vm: 'local.parent', full_clone: true });
    expect(next.blocks).not.to.have.any.keys('boot_iso', 'disks', 'efi_config');
  });

  it('gives answer and media to the guest on a disc each, which Packer makes and takes out again', () => {
    for (const layer of ['first', 'next'] as const)
      expect(sourceOf(proxmox, { layer }).blocks['additional_iso_files']).to.deep.equal([
        {
          ...{ type: 'ide', index: 0, cd_files: ['${local.answer_folder}/*'], cd_label: 'LYNCIMG' },
          ...{ iso_storage_pool: 'local', unmount: true },
        },
        {
          ...{ type: 'ide', index: 1, cd_files: ['${local.media_folder}/*'], cd_label: 'LYNCIMG_MEDIA' },
          ...{ iso_storage_pool: 'local', unmount: true },
        },
      ]);
  });

  it('gives paravirtual devices and the VirtIO disc where one is named, else what Windows has drivers for', () => {
    const plain = sourceOf(proxmox);
    expect(plain.blocks['disks']?.[0]).to.include({ type: 'sata', disk_size: '80G', format: 'raw' });
    expect(plain.blocks['network_adapters']?.[0]).to.include({ model: 'e1000' });
    expect(plain.attributes['boot']).to.equal('order=sata0;ide2');

    const given = { virtioIso: 'local:iso/virtio-win.iso' };
    const rich = sourceOf(proxmox, { given, machine: { drivers: true } });
    expect(rich.blocks['disks']?.[0]).to.include({ type: 'virtio' });
    expect(rich.blocks['network_adapters']?.[0]).to.include({ model: 'virtio' });
    expect(rich.blocks['additional_iso_files']?.[2]).to.include({ index: 3, iso_file: given.virtioIso });
    expect(rich.attributes['boot']).to.equal('order=virtio0;ide2');
    expect(proxmox.brings?.(settingsOf(proxmox, given))).to.deep.equal(['drivers', 'guest-tools']);
    expect(proxmox.brings?.(settingsOf(proxmox, {}))).to.deep.equal([]);
  });

  it('lets setup load the drivers of disk, network card and the port of the guest agent', () => {
    expect(proxmox.driverFolders?.(guests['2012r2'])).to.deep.equal([
      'viostor\\2k12R2\\amd64',
      'NetKVM\\2k12R2\\amd64',
      'vioserial\\2k12R2\\amd64',
    ]);
  });

  it('asks the guest agent for the address, unless it is declared', () => {
    const { attributes } = sourceOf(proxmox);
    expect(attributes).to.include({ qemu_agent: true });
    expect(attributes).not.to.have.any.keys('winrm_host');

    const machine = { guestTools: false, network: { range: null, static: fixedAddress } };
    expect(sourceOf(proxmox, { machine }).attributes).to.include({
      qemu_agent: false,
      winrm_host: 'local.host',
    });
  });

  it('refuses a machine whose address nothing reports, and one whose certificate could name none', () => {
    const given = { virtioIso: 'local:iso/virtio-win.iso' };
    expect(limitsOf(proxmox, {}, given)).to.deep.equal([]);
    expect(limitsOf(proxmox, { guestTools: false })[0]?.suggestions.join()).to.contain('virtioIso');
    expect(limitsOf(proxmox, { network: { range: null, static: null } }, given)).to.have.length(1);
    const fixed = { guestTools: false, network: { range: null, static: fixedAddress } };
    expect(limitsOf(proxmox, fixed)).to.deep.equal([]);
  });

  it('refuses a disc of drivers that lies on this machine', () => {
    for (const machine of [{ drivers: true, guestTools: false }, { guestTools: true }])
      expect(limitsOf(proxmox, machine)[0]?.suggestions.join()).to.contain('Upload the VirtIO disc');
  });

  it('has no shutdown command: un-keying is the last provisioner', () => {
    expect(proxmox.unkeyBy).to.equal('last-provisioner');
    expect(sourceOf(proxmox).attributes).not.to.have.any.keys('shutdown_command', 'shutdown_timeout');
  });

  it("says for both layers that Debian's Packer cannot express the discs", () => {
    for (const layer of ['first', 'next'] as const)
      expect(proxmox.packerAtLeast(layer)?.version).to.equal('1.10.0');
  });

  it('sets UEFI up with a disk for its variables, and presses a key for the medium', () => {
    const { attributes, blocks } = sourceOf(proxmox, { machine: { firmware: 'uefi' } });
    expect(attributes).to.include({ bios: 'ovmf' }).and.to.include.keys('boot_command');
    expect(blocks['efi_config']).to.deep.equal([
      { efi_storage_pool: 'local-lvm', efi_type: '4m', pre_enrolled_keys: false },
    ]);
    expect(sourceOf(proxmox).attributes).to.include({ bios: 'seabios' });
    expect(proxmox.firmwares(guests['2008r2'])).to.deep.equal(['bios']);
  });

  it('calls each Windows what Proxmox calls it', () => {
    const family = (os: keyof typeof guests): unknown =>
      sourceOf(proxmox, { machine: { os: guests[os] } }).attributes['os'];
    expect([family('2008r2'), family('2012'), family('2012r2')]).to.deep.equal(['win7', 'win8', 'win8']);
  });

  it('takes the secret of its token from the environment alone and checks both certificates', () => {
    const { attributes } = sourceOf(proxmox);
    expect(attributes).to.include({
      token: 'local.proxmox_token',
      insecure_skip_tls_verify: false,
      winrm_insecure: false,
    });
    expect(attributes).not.to.have.any.keys('password');
  });

  it('puts the machine into the VLAN and pool that are asked for', () => {
    const { attributes, blocks } = sourceOf(proxmox, { given: { vlan: 12, pool: 'images' } });
    expect(blocks['network_adapters']?.[0]).to.include({ vlan_tag: 12 });
    expect(attributes).to.include({ pool: 'images' });
  });

  it('refuses what is no address of an API and no ISO on a storage', () => {
    for (const wrong of [
      { url: 'http://pve/api2/json' },
      { windowsIso: '/iso/w.iso' },
      { diskFormat: 'vmdk' },
    ])
      expect(proxmox.settings.safeParse(wrong).success, JSON.stringify(wrong)).to.equal(false);
  });
});
