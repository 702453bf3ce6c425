import { expect } from 'chai';
import { describe, it } from 'mocha';
import { platformOf } from '../../src/platforms/index.js';
import { fixedAddress, guests, limitsOf, sourceOf, type Asked } from './asked-of.js';

describe('the platform virtualbox', () => {
  const virtualbox = platformOf('virtualbox');
  const noTools = { machine: { guestTools: false } };

  /** The commands of a list, each as one line after the machine's name. */
  function commands(list: 'vboxmanage' | 'vboxmanage_post', asked: Asked = {}): string[] {
    const lines = sourceOf(virtualbox, asked).attributes[list] as string[][];
    for (const line of lines) expect(line[1]).to.equal('{{ .Name }}');
    return lines.map(([verb, , ...rest]) => [verb, ...rest].join(' '));
  }

  it('makes the first layer from the medium of Windows, on devices that every Windows brings drivers for', () => {
    const { builder, attributes } = sourceOf(virtualbox);

    expect(builder).to.equal('virtualbox-iso');
    expect(attributes).to.include({
      iso_url: 'local.windows_iso',
      iso_checksum: 'local.windows_checksum',
      guest_os_type: 'Windows2012_64',
      disk_size: 81_920,
      hard_drive_interface: 'sata',
      iso_interface: 'sata',
    });
    expect(commands('vboxmanage')).to.include('modifyvm --nictype1 82540EM');
  });

  it('makes the next layers from the OVF that is kept, with the size that is asked for', () => {
    const { builder, attributes } = sourceOf(virtualbox, { layer: 'next' });

    expect(builder).to.equal('virtualbox-ovf');
    expect(attributes).to.include({ source_path: 'local.parent', format: 'ovf' });
    expect(virtualbox.keeps.parent).to.equal(`${String(attributes['output_filename'])}.ovf`);
    expect(commands('vboxmanage', { layer: 'next' })).to.include.members([
      'modifyvm --cpus 2',
      'modifyvm --memory 4096',
    ]);
  });

  it('puts the discs behind that of Windows, on the same ports in every layer, and takes them off for the export', () => {
    const disc = (port: number, medium: string): string =>
      `storageattach --storagectl SATA Controller --port ${String(port)} --device 0 --type dvddrive --medium ${medium}`;

    for (const layer of ['first', 'next'] as const) {
      expect(commands('vboxmanage', { ...noTools, layer })).to.include.members([
        disc(2, '${local.media_disc}'),
        disc(3, '${local.answer_disc}'),
      ]);
      expect(commands('vboxmanage_post', { ...noTools, layer })).to.deep.equal([
        disc(2, 'none'),
        disc(3, 'none'),
        'modifyvm --uart1 off',
      ]);
    }
    expect(commands('vboxmanage')).to.include(disc(4, '${local.tools_disc}'));
    expect(commands('vboxmanage', { layer: 'next' })).not.to.include(disc(4, '${local.tools_disc}'));
  });

  it('has a port for every disc', () => {
    expect(sourceOf(virtualbox).attributes['sata_port_count']).to.equal(5);
    expect(commands('vboxmanage', { layer: 'next' })).to.include(
      'storagectl --name SATA Controller --portcount 5',
    );
  });

  it('writes COM1 beside the output folder', () => {
    expect(commands('vboxmanage')).to.include.members([
      'modifyvm --uart1 0x3F8 4',
      'modifyvm --uartmode1 file ${dirname(abspath(local.output))}/serial.log',
    ]);
  });

  it('uploads nothing over WinRM', () => {
    expect(sourceOf(virtualbox).attributes).to.include({
      guest_additions_mode: 'disable',
      virtualbox_version_file: '',
    });
  });

  it('forwards the port that the build chose', () => {
    expect(sourceOf(virtualbox).attributes).to.include({
      host_port_min: 'local.port',
      host_port_max: 'local.port',
    });
  });

  it('starts under UEFI where Windows can, with a key for the medium that asks for one', () => {
    const uefi = { machine: { firmware: 'uefi' as const } };

    expect(virtualbox.firmwares(guests['2008r2'])).to.deep.equal(['bios']);
    expect(commands('vboxmanage')).to.include('modifyvm --firmware bios');
    expect(commands('vboxmanage', uefi)).to.include('modifyvm --firmware efi');
    expect(sourceOf(virtualbox, uefi).attributes).to.have.property('boot_command');
    expect(sourceOf(virtualbox, { ...uefi, layer: 'next' }).attributes).not.to.have.property('boot_command');
  });

  it('refuses a disc of drivers and an address of its own', () => {
    const network = { range: null, static: fixedAddress };

    expect(limitsOf(virtualbox, {})).to.deep.equal([]);
    expect(limitsOf(virtualbox, { drivers: true, network }).map(({ code }) => code)).to.deep.equal([
      'E_PLATFORM_LIMIT',
      'E_PLATFORM_LIMIT',
    ]);
  });
});
