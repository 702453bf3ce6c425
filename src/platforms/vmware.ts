// VMware Workstation, Player and Fusion on this machine. The guest gets its address from VMware's DHCP, where Packer reads
// it. ESXi is not served here (plugin 2.0 dropped it): that is the platform vsphere.
//
// Discs. The builder attaches Windows' medium itself, as the first device of the SATA controller; the others follow it by
// `vmx_data`, and are taken off again by `vmx_data_post`.
import { z } from 'zod';
import { attributes, local, map, template, type HclItem, type HclMap, type HclTemplate } from './hcl.js';
import { knownAddress } from './known-address.js';
import type { GuestOs, MachineSpec } from './machine.js';
import type { Platform, SourceRequest } from './platform.js';
import { pluginOf, pluginSettings } from './plugin.js';
import { pressAnyKey } from './press-any-key.js';
import type { RunValueName } from './run-values.js';
import { serialLog } from './serial-log.js';
import { unKeyShutdown } from './un-key.js';
import { bootTimeout, winrm } from './winrm.js';

const settings = z.strictObject({
  network: z
    .string()
    .regex(/^(nat|bridged|hostonly|vmnet\d+)$/i, 'A network is nat, bridged, hostonly or vmnetN.')
    .default('nat')
    .meta({ description: 'Network that the machine is in: nat, bridged, hostonly or vmnetN.' }),
  hardwareVersion: z.int().min(19).max(30).default(19).meta({
    description: 'Virtual hardware; 19 is Workstation 16.2 and later, and the least that plugin 2.0 takes.',
  }),
  headless: z.boolean().default(true).meta({ description: 'No window on this machine.' }),
  linkedClones: z.boolean().default(false).meta({
    description:
      'Each layer holds only what differs from the one below. VMware then leaves a snapshot in that one, which changes it.',
  }),
  ...pluginSettings('github.com/vmware/vmware', '~> 2.0'),
});

export const vmware: Platform = {
  name: 'vmware',
  summary:
    'Virtual machines of VMware Workstation, Player or Fusion on this machine, kept as VMX with their disks.',
  rehearsal: false,
  layering: 'chain',
  discs: 'images',
  address: 'in-box',
  guestTools: {
    disc: 'the VMware Tools ISO (windows.iso)',
    find: 'setup64.exe',
    install: '"%DISC%\\setup64.exe" /S /v"/qn REBOOT=R"',
    exitCodes: [0, 3010],
  },
  // The disc of drivers is that of VMware Tools, whose folders are named so; the card's driver comes with the tools.
  driverFolders: ({ generation2 }) => [
    `Program Files\\VMware\\VMware Tools\\Drivers\\pvscsi\\${generation2 ? 'Win8' : 'Vista'}\\amd64`,
  ],
  certificate: 'build',
  mediaDrive: 'M:',
  sxsPath: (os) => `M:\\sources\\${os}\\sxs`,
  settings,
  examples: {},
  secrets: [],
  tools: [
    {
      command: 'vmrun',
      what: 'starts the machine',
      install: 'install VMware Workstation or Fusion from Broadcom',
    },
  ],
  packerAtLeast: () => null,
  plugins: (given) => pluginOf('vmware', given),
  // As for Hyper-V's generation 2: 2008 R2 wants a BIOS behind its UEFI.
  firmwares: (os) => (os.generation2 ? ['bios', 'uefi'] : ['bios']),
  limits: (machine) => knownAddress('vmware', machine),
  unkeyBy: 'shutdown-command',
  keeps: {
    as: 'files',
    layer: 'a VMX description and its disk (VMDK)',
    image: 'a VMX description and its disk (VMDK)',
    parent: 'machine.vmx',
  },
  proof: 'packer validate on every role and system. It has not run on a real VMware Workstation.',
  startByHand: () =>
    'Packer makes and starts the guest. Name the discs, and from the second layer on the VMX of the layer below, in the\nenvironment.',
  source: (request) => ({
    builder: request.layer === 'first' ? 'vmware-iso' : 'vmware-vmx',
    body: [
      ...(request.layer === 'first' ? newMachine(request) : clonedMachine(request)),
      { blank: true },
      ...attributes({
        vm_name: 'machine',
        display_name: local('name'),
        output_directory: local('output'),
        headless: request.settings.value('headless'),
      }),
      { blank: true },
      { comment: 'The discs, at the same places in every layer. COM1 tells how far first boot is.' },
      { attribute: 'vmx_data', value: before(request) },
      { comment: 'Nothing of this machine stays in it.' },
      { attribute: 'vmx_data_post', value: after(request) },
      ...(request.layer === 'first' && request.machine.firmware === 'uefi' ? pressAnyKey() : []),
      { blank: true },
      ...winrm({
        ...(request.machine.network.static !== null && { host: local('host') }),
        timeout: bootTimeout(request.layer),
      }),
      ...unKeyShutdown(),
    ],
    // The builder looks for the machine to clone when it validates.
    ...(request.layer === 'next' && { mustExist: ['parent'] as const }),
  }),
};

function newMachine({ machine, settings: given }: SourceRequest): HclItem[] {
  return attributes({
    iso_url: local('windows_iso'),
    iso_checksum: local('windows_checksum'),
    guest_os_type: machine.os.guestIds.vmware,
    version: given.value('hardwareVersion'),
    cpus: machine.cpus,
    memory: machine.memoryMb,
    disk_size: machine.diskGb * 1024,
    // One file that grows.
    disk_type_id: '0',
    // In-box: LSI Logic SAS. The driver of the paravirtual one is on the disc of drivers.
    disk_adapter_type: machine.drivers ? 'pvscsi' : 'lsisas1068',
    cdrom_adapter_type: 'sata',
    network: given.value('network'),
    network_adapter_type: machine.drivers ? 'vmxnet3' : inBoxCard(machine.os),
    serial: template('FILE:', ...serialLog.template),
  });
}

/** What VMware itself gives these guests: 82545EM up to 2008 R2, 82574L from 2012 on. */
function inBoxCard({ id }: GuestOs): string {
  return id === '2008r2' ? 'e1000' : 'e1000e';
}

function clonedMachine({ settings: given }: SourceRequest): HclItem[] {
  return attributes({ source_path: local('parent'), linked: given.value('linkedClones') });
}

function before({ layer, machine }: SourceRequest): HclMap {
  const own: Record<string, string | HclTemplate> =
    layer === 'first'
      ? { ...(machine.firmware === 'uefi' && { firmware: 'efi' }) }
      : {
          numvcpus: String(machine.cpus),
          memsize: String(machine.memoryMb),
          'serial0.present': 'TRUE',
          'serial0.startConnected': 'TRUE',
          'serial0.fileType': 'file',
          'serial0.fileName': serialLog,
        };
  const attached = discs(layer, machine).map(([name, device]) => ({
    [`${device}.present`]: 'TRUE',
    [`${device}.deviceType`]: 'cdrom-image',
    [`${device}.fileName`]: template(local(name)),
  }));
  return map(Object.assign(own, ...attached) as typeof own);
}

function after({ layer, machine }: SourceRequest): HclMap {
  const gone = discs(layer, machine).map(([, device]) => [`${device}.present`, 'FALSE'] as const);
  return map({ ...Object.fromEntries(gone), 'serial0.present': 'FALSE' });
}

function discs(layer: 'first' | 'next', machine: MachineSpec): [RunValueName, device: string][] {
  const list: [RunValueName, string][] = [
    ['media_disc', 'sata0:1'],
    ['answer_disc', 'sata0:2'],
  ];
  if (layer === 'first' && machine.drivers) list.push(['drivers_disc', 'sata0:3']);
  if (layer === 'first' && machine.guestTools) list.push(['tools_disc', 'sata0:4']);
  return list;
}
