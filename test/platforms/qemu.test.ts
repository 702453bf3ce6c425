import { expect } from 'chai';
import { describe, it } from 'mocha';
import { platformOf, settingsOf } from '../../src/platforms/index.js';
import { fixedAddress, guests, limitsOf, sourceOf, type Asked } from './asked-of.js';

describe('the platform qemu', () => {
  const qemu = platformOf('qemu');
  const plain = { guestTools: false };

  function argumentsOf(asked: Asked = {}): string[][] {
    return sourceOf(qemu, asked).attributes['qemuargs'] as string[][];
  }

  function drivesOf(asked: Asked = {}): string[] {
    return argumentsOf(asked).flatMap(([name, value]) => (name === '-drive' ? [value!] : []));
  }

  /** Which disc is where: name of the run value -> place on the IDE controllers. */
  function places(asked: Asked = {}): Record<string, string> {
    const found = drivesOf(asked).flatMap((drive) => {
      const match = /local\.(\w+),.*if=ide,index=(\d)/.exec(drive);
      return match === null ? [] : [[match[1]!, match[2]!]];
    });
    return Object.fromEntries(found) as Record<string, string>;
  }

  it('makes the first layer from the medium of Windows, which is checked', () => {
    const { builder, attributes } = sourceOf(qemu);

    expect(builder).to.equal('qemu');
    expect(attributes).to.include({
      iso_url: 'local.windows_iso',
      iso_checksum: 'local.windows_checksum',
      disk_size: '80G',
      output_directory: 'local.output',
    });
    expect(attributes).not.to.have.property('disk_image');
  });

  it('makes the next layers as overlays of the disk below, which qemu-img is told the format of', () => {
    const { attributes, blocks } = sourceOf(qemu, { layer: 'next' });

    expect(attributes).to.include({
      disk_image: true,
      use_backing_file: true,
      skip_resize_disk: true,
      iso_url: 'local.parent',
      // Packer cuts the overlay to this.
      disk_size: '80G',
    });
    expect(blocks['qemu_img_args']).to.deep.equal([{ create: ['-F', 'qcow2'] }]);
  });

  it('keeps the disk under the name that the next layer starts from', () => {
    expect(qemu.keeps).to.include({ as: 'files', parent: sourceOf(qemu).attributes['vm_name'] });
  });

  it('takes devices that every Windows brings drivers for', () => {
    expect(sourceOf(qemu).attributes).to.include({
      disk_interface: 'ide',
      net_device: 'e1000',
      machine_type: 'pc',
    });
    expect(drivesOf()[0]).to.contain('{{ .OutputDir }}/{{ .Name }},if=ide,index=0,format=qcow2');
  });

  it('takes VirtIO where the disc with its drivers is there, and puts that into the place of the disk', () => {
    const asked = { machine: { drivers: true } };

    expect(sourceOf(qemu, asked).attributes).to.include({
      disk_interface: 'virtio',
      net_device: 'virtio-net',
    });
    expect(drivesOf(asked)[0]).to.contain('if=virtio,format=qcow2');
    expect(places(asked)).to.include({ drivers_disc: '0' });
    expect(places({ ...asked, layer: 'next' })).not.to.have.property('drivers_disc');
  });

  it('spells every drive out, each at a place of its own and the same in every layer', () => {
    expect(places()).to.deep.equal({ windows_iso: '1', media_disc: '2', answer_disc: '3' });
    expect(places({ layer: 'next' })).to.deep.equal({ media_disc: '2', answer_disc: '3' });
    for (const drive of drivesOf().slice(1))
      expect(drive).to.contain('media=cdrom').and.contain('readonly=on');
  });

  it('doubles the commas of a path, so that it says nothing else to QEMU', () => {
    expect(drivesOf()[1]).to.match(/^file=\$\{replace\(local\.windows_iso, ",", ",,"\)\},/);
  });

  it('forwards the port of the listener on loopback alone', () => {
    expect(argumentsOf()).to.deep.include([
      '-netdev',
      'user,id=user.0,hostfwd=tcp:127.0.0.1:${local.port}-:5986',
    ]);
    expect(sourceOf(qemu).attributes).to.include({
      host_port_min: 'local.port',
      host_port_max: 'local.port',
      winrm_port: 5986,
    });
  });

  it('leaves the devices to Packer, which adds the network card', () => {
    expect(argumentsOf().map(([name]) => name)).not.to.include('-device');
  });

  it('writes COM1 beside the output folder, which Packer deletes after a failure', () => {
    expect(argumentsOf()).to.deep.include(['-serial', 'file:${dirname(abspath(local.output))}/serial.log']);
  });

  it('carries the name of the run, by which a machine is found that was left over', () => {
    expect(argumentsOf()).to.deep.include(['-name', 'local.name']);
  });

  it('is un-keyed by the command that switches the machine off', () => {
    expect(qemu.unkeyBy).to.equal('shutdown-command');
    expect(sourceOf(qemu).attributes['shutdown_command']).to.equal('schtasks.exe /run /tn \\lyncimg\\unkey');
  });

  describe('under UEFI', () => {
    const uefi = { machine: { firmware: 'uefi' as const } };

    it('gives the firmware and a throw-away copy of its variables', () => {
      const flash = drivesOf(uefi).filter((drive) => drive.includes('if=pflash'));

      expect(flash).to.have.length(2);
      expect(flash[0]).to.contain('/usr/share/OVMF/OVMF_CODE_4M.fd').and.contain('unit=0,readonly=on');
      expect(flash[1]).to.contain('/usr/share/OVMF/OVMF_VARS_4M.fd').and.contain('unit=1,snapshot=on');
    });

    it('presses a key where the medium of Windows asks for one, and only there', () => {
      expect(sourceOf(qemu, uefi).attributes).to.have.property('boot_command');
      expect(sourceOf(qemu, { ...uefi, layer: 'next' }).attributes).not.to.have.property('boot_command');
      expect(sourceOf(qemu).attributes).not.to.have.property('boot_command');
    });

    it('is not offered to 2008 R2', () => {
      expect(qemu.firmwares(guests['2008r2'])).to.deep.equal(['bios']);
      expect(qemu.firmwares(guests['2012'])).to.deep.equal(['bios', 'uefi']);
    });
  });

  it('runs under the accelerator that lyncimg.yaml names, by default KVM', () => {
    expect(sourceOf(qemu).attributes).to.include({ accelerator: 'kvm', headless: true });
    expect(sourceOf(qemu, { given: { accelerator: 'tcg' } }).attributes).to.include({ accelerator: 'tcg' });
    expect(argumentsOf({ given: { cpu: 'host' } })).to.deep.include(['-cpu', 'host']);
  });

  it('takes the plugin from where lyncimg.yaml says', () => {
    const given = { pluginSource: 'example.org/own/qemu', pluginVersion: '= 2.0.0' };

    expect(qemu.plugins(settingsOf(qemu, {}))).to.deep.equal([
      { name: 'qemu', source: 'github.com/hashicorp/qemu', version: '~> 1.0' },
    ]);
    expect(qemu.plugins(settingsOf(qemu, given))).to.deep.equal([
      { name: 'qemu', source: 'example.org/own/qemu', version: '= 2.0.0' },
    ]);
  });

  it('refuses an address of its own and a disc of guest tools', () => {
    const network = { range: null, static: fixedAddress };

    expect(limitsOf(qemu, plain)).to.deep.equal([]);
    expect(limitsOf(qemu, { ...plain, network }).map(({ message }) => message)).to.deep.equal([
      'qemu cannot make a machine with the address 10.1.2.30: it is behind a NAT that gives it an address, and is reached by a port on loopback.',
    ]);
    expect(limitsOf(qemu, { guestTools: true }).map(({ code }) => code)).to.deep.equal(['E_PLATFORM_LIMIT']);
  });

  it('needs no network in lyncimg.yaml: its address is known', () => {
    expect(limitsOf(qemu, { ...plain, network: { range: null, static: null } })).to.deep.equal([]);
  });
});
