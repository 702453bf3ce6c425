import { expect } from 'chai';
import { describe, it } from 'mocha';
import { platformOf, settingsOf } from '../../src/platforms/index.js';
import { fixedAddress, guests, limitsOf, sourceOf } from './asked-of.js';

const vsphere = platformOf('vsphere');

describe('the platform vsphere', () => {
  it('makes the first layer from the medium and the next ones as clones of the layer below', () => {
    const first = sourceOf(vsphere);
    const next = sourceOf(vsphere, { layer: 'next' });

    expect(first.builder).to.equal('vsphere-iso');
    expect(first.attributes).to.include({ guest_os_type: 'windows8Server64Guest', vm_name: 'local.name' });
    expect(first.blocks['storage']).to.deep.equal([{ disk_size: 81_920, disk_thin_provisioned: true }]);
    expect(next.builder).to.equal('vsphere-clone');
    expect(next.attributes).to.include({ template: 'local.parent', vm_name: 'local.name' });
    expect(next.attributes).not.to.have.any.keys('iso_paths', 'guest_os_type', 'disk_controller_type');
  });

  it('boots from the first disc, which is the Windows medium, while the disk is empty', () => {
    const { attributes } = sourceOf(vsphere, { given: { windowsIso: '[store] iso/w.iso' } });

    expect(attributes['iso_paths']).to.deep.equal([
      '[store] iso/w.iso',
      '[] /vmimages/tools-isoimages/windows.iso',
    ]);
    expect(attributes['boot_order']).to.equal('disk,cdrom');
  });

  it('gives answer and media to the guest on one disc that Packer makes, and takes all discs out again', () => {
    for (const layer of ['first', 'next'] as const)
      expect(sourceOf(vsphere, { layer }).attributes).to.deep.include({
        cd_files: ['${local.answer_folder}/*', '${local.media_folder}/*'],
        cd_label: 'LYNCIMG',
        remove_cdrom: true,
      });
  });

  it('uses devices that this Windows brings drivers for, unless another card is asked for', () => {
    const card = (os: keyof typeof guests, given = {}): unknown =>
      sourceOf(vsphere, { machine: { os: guests[os] }, given }).blocks['network_adapters']?.[0]?.[
        'network_card'
      ];

    expect(card('2008r2')).to.equal('e1000');
    expect(card('2012')).to.equal('e1000e');
    expect(card('2012r2')).to.equal('e1000e');
    expect(card('2012r2', { networkCard: 'vmxnet3' })).to.equal('vmxnet3');
    expect(sourceOf(vsphere).attributes['disk_controller_type']).to.deep.equal(['lsilogic-sas']);
  });

  it('presses a key under UEFI, where the medium asks for one', () => {
    expect(sourceOf(vsphere, { machine: { firmware: 'uefi' } }).attributes).to.include.keys('boot_command');
    expect(sourceOf(vsphere, { machine: { firmware: 'uefi' } }).attributes).to.include({ firmware: 'efi' });
    expect(sourceOf(vsphere).attributes).not.to.have.any.keys('boot_command');
    expect(vsphere.firmwares(guests['2008r2'])).to.deep.equal(['bios']);
    expect(vsphere.firmwares(guests['2012'])).to.deep.equal(['bios', 'uefi']);
  });

  it('waits for an address of the declared network alone, and no longer than for the guest', () => {
    const { attributes } = sourceOf(vsphere);
    expect(attributes).to.include({ ip_wait_address: '10.1.2.0/24' });
    expect(attributes['ip_wait_timeout']).to.equal(attributes['winrm_timeout']);
    expect(attributes).not.to.have.any.keys('winrm_host');

    const fixed = sourceOf(vsphere, { machine: { network: { range: null, static: fixedAddress } } });
    expect(fixed.attributes).to.include({ ip_wait_address: '10.1.2.30/32', winrm_host: 'local.host' });
  });

  it('checks both certificates, that of vCenter and that of the guest', () => {
    const { attributes } = sourceOf(vsphere);
    expect(attributes).to.include({
      insecure_connection: false,
      winrm_use_ssl: true,
      winrm_insecure: false,
    });
  });

  it('takes account and password from the environment alone', () => {
    const { attributes } = sourceOf(vsphere);
    expect(attributes).to.include({ username: 'local.vsphere_username', password: 'local.vsphere_password' });
    expect(vsphere.secrets.map(({ variable }) => variable)).to.deep.equal([
      'vsphere_username',
      'vsphere_password',
    ]);
  });

  it('un-keys by the shutdown command and keeps a template, with a snapshot where clones are linked', () => {
    const plain = sourceOf(vsphere).attributes;
    expect(vsphere.unkeyBy).to.equal('shutdown-command');
    expect(plain['shutdown_command']).to.contain('\\lyncimg\\unkey');
    expect(plain).to.include({ create_snapshot: false, convert_to_template: true });

    const given = { linkedClones: true, convertToTemplate: false };
    expect(sourceOf(vsphere, { layer: 'next', given }).attributes).to.include({
      linked_clone: true,
      create_snapshot: true,
      convert_to_template: false,
    });
  });

  it('names each example, and leaves out what is optional and not set', () => {
    const { comments, attributes } = sourceOf(vsphere);
    for (const key of ['server', 'datastore', 'network', 'windowsIso', 'cluster'])
      expect(comments.join('\n')).to.contain(`platforms.vsphere.${key}`);
    expect(attributes).not.to.have.any.keys('datacenter', 'folder', 'resource_pool', 'vm_version');

    const given = {
      server: 'vc',
      datastore: 'd',
      network: 'n',
      windowsIso: '[d] w.iso',
      host: 'esx1',
      folder: 'lync/images',
      hardwareVersion: 13,
    };
    const set = sourceOf(vsphere, { given });
    expect(set.comments).to.deep.equal([]);
    expect(set.attributes).to.include({ host: 'esx1', folder: 'lync/images', vm_version: 13 });
    expect(set.attributes).not.to.have.any.keys('cluster');
  });

  it('brings VMware Tools itself, without which Packer never learns of an address', () => {
    expect(vsphere.address).to.equal('guest-tools');
    expect(vsphere.brings?.(settingsOf(vsphere, {}))).to.deep.equal(['guest-tools']);
    expect(vsphere.guestTools).to.deep.include({ find: 'setup64.exe', exitCodes: [0, 3010] });
  });

  it('refuses a machine that is placed nowhere, and one whose certificate could name no address', () => {
    expect(limitsOf(vsphere, {}, { cluster: 'c' })).to.deep.equal([]);
    expect(limitsOf(vsphere, {}, { host: 'h' })).to.deep.equal([]);
    expect(limitsOf(vsphere, {})[0]).to.deep.include({ code: 'E_PLATFORM_SETTINGS' });
    expect(limitsOf(vsphere, {})[0]?.message).to.contain('cluster (or host)');

    const nowhere = limitsOf(vsphere, { network: { range: null, static: null } }, { cluster: 'c' });
    expect(nowhere.map(({ code }) => code)).to.deep.equal(['E_PLATFORM_LIMIT']);
    expect(nowhere[0]?.suggestions.join()).to.contain('network.range');
  });

  it('refuses a disc of drivers, which nothing there needs', () => {
    expect(limitsOf(vsphere, { drivers: true }, { cluster: 'c' })[0]?.message).to.contain('vmxnet3');
  });

  it('refuses paths that are not on a datastore, and keys that it does not know', () => {
    for (const wrong of [
      { windowsIso: 'iso/w.iso' },
      { toolsIso: '' },
      { hardwareVersion: 3 },
      { datastor: 'd' },
    ])
      expect(vsphere.settings.safeParse(wrong).success, JSON.stringify(wrong)).to.equal(false);
  });

  it('takes its plugin from where the settings say', () => {
    const given = { pluginSource: 'github.com/vmware/vsphere', pluginVersion: '>= 2.1' };
    expect(vsphere.plugins(settingsOf(vsphere, given))).to.deep.equal([
      { name: 'vsphere', source: 'github.com/vmware/vsphere', version: '>= 2.1' },
    ]);
  });
});
