import { expect } from 'chai';
import { describe, it } from 'mocha';
import { platformOf, settingsOf } from '../../src/platforms/index.js';
import { fixedAddress, guests, limitsOf, machineOf, sourceOf, type Asked } from './asked-of.js';

describe('the platform vmware', () => {
  const vmware = platformOf('vmware');

  function vmx(list: 'vmx_data' | 'vmx_data_post', asked: Asked = {}): Record<string, string> {
    return sourceOf(vmware, asked).attributes[list] as Record<string, string>;
  }

  it('makes the first layer from the medium of Windows, on devices that every Windows brings drivers for', () => {
    const { builder, attributes } = sourceOf(vmware);

    expect(builder).to.equal('vmware-iso');
    expect(attributes).to.include({
      iso_url: 'local.windows_iso',
      guest_os_type: 'windows8srv-64',
      disk_size: 81_920,
      disk_adapter_type: 'lsisas1068',
      network_adapter_type: 'e1000e',
      network: 'nat',
      version: 19,
    });
    expect(sourceOf(vmware, { machine: { os: guests['2008r2'] } }).attributes).to.include({
      guest_os_type: 'windows7srv-64',
      network_adapter_type: 'e1000',
    });
  });

  it('takes the paravirtual ones where the disc with their drivers is there', () => {
    const asked = { machine: { drivers: true } };

    expect(sourceOf(vmware, asked).attributes).to.include({
      disk_adapter_type: 'pvscsi',
      network_adapter_type: 'vmxnet3',
    });
    expect(vmx('vmx_data', asked)).to.include({ 'sata0:3.fileName': '${local.drivers_disc}' });
  });

  it('makes the next layers as clones of the VMX that is kept, with the size that is asked for', () => {
    const { builder, attributes } = sourceOf(vmware, { layer: 'next' });

    expect(builder).to.equal('vmware-vmx');
    expect(attributes).to.include({ source_path: 'local.parent', linked: false });
    expect(vmware.keeps.parent).to.equal(`${String(attributes['vm_name'])}.vmx`);
    expect(vmx('vmx_data', { layer: 'next' })).to.include({ numvcpus: '2', memsize: '4096' });
  });

  it('lets a layer hold only what differs where lyncimg.yaml asks for it', () => {
    const asked = { layer: 'next' as const, given: { linkedClones: true } };

    expect(sourceOf(vmware, asked).attributes['linked']).to.equal(true);
  });

  it('says that the layer below must be there when Packer validates', () => {
    const ask = (layer: 'first' | 'next') =>
      vmware.source({ layer, machine: machineOf(), settings: settingsOf(vmware, {}) }).mustExist;

    expect(ask('first')).to.equal(undefined);
    expect(ask('next')).to.deep.equal(['parent']);
  });

  it('puts the discs behind that of Windows, at the same places in every layer, and leaves none behind', () => {
    for (const layer of ['first', 'next'] as const) {
      expect(vmx('vmx_data', { layer })).to.include({
        'sata0:1.present': 'TRUE',
        'sata0:1.deviceType': 'cdrom-image',
        'sata0:1.fileName': '${local.media_disc}',
        'sata0:2.fileName': '${local.answer_disc}',
      });
      expect(vmx('vmx_data_post', { layer })).to.include({
        'sata0:1.present': 'FALSE',
        'sata0:2.present': 'FALSE',
        'serial0.present': 'FALSE',
      });
    }
    expect(vmx('vmx_data')).to.include({ 'sata0:4.fileName': '${local.tools_disc}' });
    expect(vmx('vmx_data', { layer: 'next' })).not.to.have.property('sata0:4.fileName');
    expect(sourceOf(vmware).attributes['cdrom_adapter_type']).to.equal('sata');
  });

  it('writes COM1 beside the output folder', () => {
    const log = '${dirname(abspath(local.output))}/serial.log';

    expect(sourceOf(vmware).attributes['serial']).to.equal(`FILE:${log}`);
    expect(vmx('vmx_data', { layer: 'next' })).to.include({
      'serial0.fileType': 'file',
      'serial0.fileName': log,
    });
  });

  it('starts under UEFI where Windows can, with a key for the medium that asks for one', () => {
    const uefi = { machine: { firmware: 'uefi' as const } };

    expect(vmware.firmwares(guests['2008r2'])).to.deep.equal(['bios']);
    expect(vmx('vmx_data', uefi)).to.include({ firmware: 'efi' });
    expect(vmx('vmx_data')).not.to.have.property('firmware');
    expect(sourceOf(vmware, uefi).attributes).to.have.property('boot_command');
  });

  it('goes to the fixed address where there is one, else to the one that the DHCP of VMware gave', () => {
    const fixed = { machine: { network: { range: null, static: fixedAddress } } };

    expect(sourceOf(vmware, fixed).attributes['winrm_host']).to.equal('local.host');
    expect(sourceOf(vmware).attributes).not.to.have.property('winrm_host');
  });

  it('needs to know the network that the certificate is for', () => {
    expect(limitsOf(vmware, {})).to.deep.equal([]);
    expect(
      limitsOf(vmware, { network: { range: null, static: null } }).map(({ code }) => code),
    ).to.deep.equal(['E_PLATFORM_LIMIT']);
  });
});
