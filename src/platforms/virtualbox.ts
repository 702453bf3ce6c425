// Oracle VirtualBox on this machine, behind VirtualBox's NAT: the guest is reached through a forwarded port on loopback.
//
// Discs. The builder attaches Windows' medium itself, on port 1 of the SATA controller; the other discs are put on the
// ports after it by `vboxmanage`, and taken off again before the machine is exported.
import { z } from 'zod';
import { behindNat } from './behind-nat.js';
import { attributes, local, template, type HclItem, type HclTemplate, type HclValue } from './hcl.js';
import type { MachineSpec } from './machine.js';
import { needlessDiscs } from './needless-discs.js';
import type { Platform, SourceRequest } from './platform.js';
import { pluginOf, pluginSettings } from './plugin.js';
import { pressAnyKey } from './press-any-key.js';
import type { RunValueName } from './run-values.js';
import { serialLog } from './serial-log.js';
import { unKeyShutdown } from './un-key.js';
import { bootTimeout, winrm } from './winrm.js';

/** What the builder calls it, and what it is called in a machine that was exported from there. */
const controller = 'SATA Controller';
const ports = 5;

const settings = z.strictObject({
  headless: z.boolean().default(true).meta({ description: 'No window on this machine.' }),
  ...pluginSettings('github.com/hashicorp/virtualbox', '~> 1.0'),
});

export const virtualbox: Platform = {
  name: 'virtualbox',
  summary: 'Virtual machines of Oracle VirtualBox on this machine, kept as OVF with their disks.',
  rehearsal: false,
  layering: 'chain',
  discs: 'images',
  address: 'forwarded',
  guestTools: {
    disc: 'the VirtualBox Guest Additions ISO (VBoxGuestAdditions.iso)',
    find: 'VBoxWindowsAdditions.exe',
    // Windows asks whether to trust the publisher of a driver that it does not know (VirtualBox User Manual, unattended
    // installation of the Windows Guest Additions).
    install:
      '"%DISC%\\cert\\VBoxCertUtil.exe" add-trusted-publisher "%DISC%\\cert\\vbox*.cer" --root "%DISC%\\cert\\vbox*.cer" & "%DISC%\\VBoxWindowsAdditions.exe" /S',
    exitCodes: [0, 3010],
  },
  certificate: 'build',
  mediaDrive: 'M:',
  sxsPath: (os) => `M:\\sources\\${os}\\sxs`,
  settings,
  examples: {},
  secrets: [],
  tools: [
    {
      command: 'VBoxManage',
      what: 'makes and runs the machine',
      install: 'install Oracle VirtualBox from virtualbox.org',
    },
  ],
  packerAtLeast: () => null,
  plugins: (given) => pluginOf('virtualbox', given),
  // As for Hyper-V's generation 2: 2008 R2 wants a BIOS behind its UEFI.
  firmwares: (os) => (os.generation2 ? ['bios', 'uefi'] : ['bios']),
  limits: (machine) => [
    ...behindNat('virtualbox', machine),
    ...needlessDiscs('virtualbox', machine, { drivers: 'Windows brings drivers for all that it has there' }),
  ],
  unkeyBy: 'shutdown-command',
  keeps: {
    as: 'files',
    layer: 'an OVF description and its disk (VMDK)',
    image: 'an OVF description and its disk (VMDK)',
    parent: 'machine.ovf',
  },
  proof: 'packer validate on every role and system. It has not run on a real VirtualBox.',
  startByHand: () =>
    [
      'Packer makes and starts the guest. Name the discs, and from the second layer on the OVF of the layer below, in the',
      'environment; LYNCIMG_PORT is a port of this machine that is free.',
    ].join('\n'),
  source: (request) => ({
    builder: request.layer === 'first' ? 'virtualbox-iso' : 'virtualbox-ovf',
    body: [
      ...(request.layer === 'first' ? newMachine(request) : importedMachine()),
      { blank: true },
      ...attributes({
        vm_name: local('name'),
        output_directory: local('output'),
        output_filename: 'machine',
        format: 'ovf',
        headless: request.settings.value('headless'),
        // Packer uploads neither the Guest Additions nor a note of the version.
        guest_additions_mode: 'disable',
        virtualbox_version_file: '',
      }),
      { blank: true },
      { comment: 'The discs, on the same ports in every layer. COM1 tells how far first boot is.' },
      { attribute: 'vboxmanage', value: before(request) },
      { comment: 'Nothing of this machine goes into the export.' },
      { attribute: 'vboxmanage_post', value: after(request) },
      ...(request.layer === 'first' && request.machine.firmware === 'uefi' ? pressAnyKey() : []),
      { blank: true },
      ...attributes({ host_port_min: local('port'), host_port_max: local('port') }),
      ...winrm({ timeout: bootTimeout(request.layer) }),
      ...unKeyShutdown(),
    ],
  }),
};

function newMachine({ machine }: SourceRequest): HclItem[] {
  return attributes({
    iso_url: local('windows_iso'),
    iso_checksum: local('windows_checksum'),
    guest_os_type: machine.os.guestIds.virtualbox,
    cpus: machine.cpus,
    memory: machine.memoryMb,
    disk_size: machine.diskGb * 1024,
    // In-box: AHCI.
    hard_drive_interface: 'sata',
    iso_interface: 'sata',
    sata_port_count: ports,
  });
}

function importedMachine(): HclItem[] {
  return attributes({ source_path: local('parent'), checksum: 'none' });
}

function before({ layer, machine }: SourceRequest): HclValue[] {
  const hardware =
    layer === 'first'
      ? [
          modify('--firmware', machine.firmware === 'uefi' ? 'efi' : 'bios'),
          // In-box: Intel PRO/1000 MT Desktop.
          modify('--nictype1', '82540EM'),
        ]
      : [
          modify('--cpus', String(machine.cpus)),
          modify('--memory', String(machine.memoryMb)),
          ['storagectl', '{{ .Name }}', '--name', controller, '--portcount', String(ports)],
        ];
  return [
    ...hardware,
    ...discs(layer, machine).map(([name, port]) => attach(port, template(local(name)))),
    modify('--uart1', '0x3F8', '4'),
    modify('--uartmode1', 'file', serialLog),
  ];
}

function after({ layer, machine }: SourceRequest): HclValue[] {
  return [...discs(layer, machine).map(([, port]) => attach(port, 'none')), modify('--uart1', 'off')];
}

function discs(layer: 'first' | 'next', { guestTools }: MachineSpec): [RunValueName, port: number][] {
  return [
    ['media_disc', 2],
    ['answer_disc', 3],
    ...(layer === 'first' && guestTools ? [['tools_disc', 4] as [RunValueName, number]] : []),
  ];
}

function modify(...words: (string | HclTemplate)[]): HclValue[] {
  return ['modifyvm', '{{ .Name }}', ...words];
}

function attach(port: number, medium: string | HclTemplate): HclValue[] {
  const place = ['--storagectl', controller, '--port', String(port), '--device', '0'];
  return ['storageattach', '{{ .Name }}', ...place, '--type', 'dvddrive', '--medium', medium];
}
