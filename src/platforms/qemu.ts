// QEMU/KVM on this machine, behind QEMU's own NAT: the guest is reached through a forwarded port on loopback.
//
// Drives. The builder attaches one disc, and in 1.6.3 to 1.6.6 on the place where an IDE disk already is ("drive with
// bus=0, unit=0 (index=0) exists", hashicorp/packer#10211). A `-drive` in `qemuargs` replaces all of its own, in every
// version, so all drives are spelt out here, each at its place. The same goes for `-netdev`: the builder's own forwards
// the port on every address of this machine. `-device` is left to the builder, which adds the network card.
import { behindNat } from './behind-nat.js';
import {
  attributes,
  expression,
  local,
  template,
  type HclItem,
  type HclTemplate,
  type HclValue,
} from './hcl.js';
import type { MachineSpec } from './machine.js';
import { needlessDiscs } from './needless-discs.js';
import type { Platform, SourceRequest } from './platform.js';
import { pluginOf } from './plugin.js';
import { pressAnyKey } from './press-any-key.js';
import { qemuSettings } from './qemu-settings.js';
import type { RunValueName } from './run-values.js';
import { serialLog } from './serial-log.js';
import type { PlatformSettings } from './settings.js';
import { unKeyShutdown } from './un-key.js';
import { bootTimeout, listenerPort, winrm } from './winrm.js';

/** In the output folder. */
const diskName = 'disk.qcow2';

export const qemu: Platform = {
  name: 'qemu',
  summary: 'Virtual machines of QEMU/KVM on this machine, kept as qcow2 files.',
  rehearsal: false,
  layering: 'chain',
  discs: 'images',
  address: 'forwarded',
  guestTools: null,
  // Disk and network card.
  driverFolders: ({ virtioFolder }) =>
    ['viostor', 'NetKVM'].map((driver) => `${driver}\\${virtioFolder}\\amd64`),
  certificate: 'build',
  mediaDrive: 'M:',
  sxsPath: (os) => `M:\\sources\\${os}\\sxs`,
  settings: qemuSettings,
  examples: {},
  secrets: [],
  tools: [
    {
      command: 'qemu-system-x86_64',
      what: 'runs the machine',
      install: 'apt-get install qemu-system-x86',
    },
    { command: 'qemu-img', what: 'makes its disk', install: 'apt-get install qemu-utils' },
  ],
  packerAtLeast: () => null,
  plugins: (given) => pluginOf('qemu', given),
  // 2008 R2 draws its screen by INT 10h, which OVMF, having no BIOS behind it, does not have.
  firmwares: (os) => (os.generation2 ? ['bios', 'uefi'] : ['bios']),
  limits: (machine) => [
    ...behindNat('qemu', machine),
    ...needlessDiscs('qemu', machine, { guestTools: 'the build reaches it without them' }),
  ],
  unkeyBy: 'shutdown-command',
  keeps: {
    as: 'files',
    layer: 'a qcow2 file that holds what differs from the layer below',
    image: 'a qcow2 file',
    parent: diskName,
  },
  proof:
    'packer validate on every system; bakes of two layers with the real Packer, qemu-img, Ansible and discs, in which the twin boots in place of Windows.',
  startByHand: () =>
    [
      'Packer makes and starts the guest. Name the discs, and from the second layer on the disk of the layer below, in the',
      'environment; LYNCIMG_PORT is a port of this machine that is free.',
    ].join('\n'),
  source: (request) => ({
    builder: 'qemu',
    body: [
      ...(request.layer === 'first' ? newDisk() : overlay()),
      { blank: true },
      ...hardware(request),
      { blank: true },
      {
        comment: 'These replace all drives and the network of the builder. COM1 tells how far first boot is.',
      },
      { attribute: 'qemuargs', value: qemuArguments(request) },
      // Without a key to press there is nothing to wait for.
      ...(request.layer === 'first' && request.machine.firmware === 'uefi'
        ? pressAnyKey()
        : attributes({ boot_wait: '-1s' })),
      { blank: true },
      ...attributes({ host_port_min: local('port'), host_port_max: local('port') }),
      ...winrm({ timeout: bootTimeout(request.layer) }),
      ...unKeyShutdown(),
    ],
  }),
};

function newDisk(): HclItem[] {
  return attributes({ iso_url: local('windows_iso'), iso_checksum: local('windows_checksum') });
}

/** The disk below is only read: what this layer changes goes into a file of its own. */
function overlay(): HclItem[] {
  return [
    ...attributes({
      disk_image: true,
      use_backing_file: true,
      // It has the size of the one below.
      skip_resize_disk: true,
      iso_url: local('parent'),
      iso_checksum: 'none',
    }),
    {
      comment:
        'qemu-img 6.1 and later wants to know what the file below is; Packer says it since plugin 1.0.',
    },
    { block: 'qemu_img_args', body: attributes({ create: ['-F', 'qcow2'] }) },
  ];
}

function hardware({ machine, settings: given }: SourceRequest): HclItem[] {
  return attributes({
    output_directory: local('output'),
    vm_name: diskName,
    format: 'qcow2',
    disk_size: `${machine.diskGb}G`,
    // In-box: PIIX3 IDE and Intel 82540EM. VirtIO where a disc with its drivers is there.
    disk_interface: machine.drivers ? 'virtio' : 'ide',
    net_device: machine.drivers ? 'virtio-net' : 'e1000',
    machine_type: 'pc',
    cpus: machine.cpus,
    memory: machine.memoryMb,
    accelerator: given.value('accelerator'),
    qemu_binary: given.value('binary'),
    headless: given.value('headless'),
  });
}

function qemuArguments({ layer, machine, settings: given }: SourceRequest): HclValue[][] {
  return [
    ['-name', local('name')],
    ...drives(layer, machine).map((drive) => ['-drive', drive]),
    ...(machine.firmware === 'uefi' ? firmwareDrives(given) : []),
    [
      '-netdev',
      template('user,id=user.0,hostfwd=tcp:127.0.0.1:', local('port'), `-:${String(listenerPort)}`),
    ],
    ['-serial', template('file:', ...serialLog.template)],
    ...(given.optional('cpu') === undefined ? [] : [['-cpu', given.text('cpu')]]),
  ];
}

/** Each disc keeps its place from layer to layer, so that Windows sees the same drives. */
function drives(layer: 'first' | 'next', { drivers }: MachineSpec): HclTemplate[] {
  const disk = drivers ? 'if=virtio' : 'if=ide,index=0';
  return [
    template(`file={{ .OutputDir }}/{{ .Name }},${disk},format=qcow2,cache=writeback,discard=ignore`),
    ...(layer === 'first' ? [disc('windows_iso', 1)] : []),
    disc('media_disc', 2),
    disc('answer_disc', 3),
    ...(layer === 'first' && drivers ? [disc('drivers_disc', 0)] : []),
  ];
}

function disc(name: RunValueName, index: number): HclTemplate {
  // A comma in a path is written twice there.
  const path = expression(`replace(local.${name}, ",", ",,")`);
  return template('file=', path, `,if=ide,index=${String(index)},media=cdrom,format=raw,readonly=on`);
}

/** Windows asks for no variable to outlive the run: it also starts from the fallback path of its EFI partition. */
function firmwareDrives(given: PlatformSettings): string[][] {
  const drive = (key: string, rest: string): string[] => [
    '-drive',
    `file=${given.text(key).replaceAll(',', ',,')},if=pflash,format=raw,${rest}`,
  ];
  return [drive('efiCode', 'unit=0,readonly=on'), drive('efiVars', 'unit=1,snapshot=on')];
}
