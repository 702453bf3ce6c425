// Proxmox VE, through its API: proxmox-iso from Windows' medium, proxmox-clone of the template that the layer below left.
//
// Discs. Windows' medium and the VirtIO disc lie on a storage of Proxmox. Answer file and key, and the media of the layer,
// are two discs that Packer makes of `cd_files`, uploads, and deletes at the end. Packer 1.6.6 can do neither: its
// `additional_iso_files` knows no `cd_files`, and under HCL2 refuses itself. So both layers need a Packer with plugins.
//
// The builder has no `shutdown_command`: un-keying, which powers the guest off, is the last provisioner.
import { fail, type LyncimgError } from '../errors/index.js';
import { attributes, local, template, type HclItem, type HclValue } from './hcl.js';
import { knownAddress } from './known-address.js';
import type { GuestOs, MachineSpec } from './machine.js';
import type { Platform, SourceRequest } from './platform.js';
import { pluginOf } from './plugin.js';
import { pressAnyKey } from './press-any-key.js';
import type { PlatformSettings } from './settings.js';
import { proxmoxSettings } from './proxmox-settings.js';
import { bootTimeout, winrm } from './winrm.js';

function limits(machine: MachineSpec, given: PlatformSettings): LyncimgError[] {
  const limit = (what: string, reason: string, instead: string): LyncimgError =>
    fail('E_PLATFORM_LIMIT', { platform: 'proxmox', what, reason, instead });
  const elsewhere = (machine.drivers || machine.guestTools) && given.optional('virtioIso') === undefined;
  const silent = machine.network.static === null && !machine.guestTools;
  return [
    ...(elsewhere
      ? [
          limit(
            'a machine with a disc of drivers or guest tools that lies on this machine',
            'it attaches what lies on its own storages',
            'Upload the VirtIO disc once and name it as platforms.proxmox.virtioIso, in place of machine.driversIso and machine.toolsIso.',
          ),
        ]
      : []),
    ...(silent
      ? [
          limit(
            'a machine whose address nothing reports',
            'without the QEMU guest agent Proxmox does not know the address of a guest',
            'Name the VirtIO disc, which brings the agent (platforms.proxmox.virtioIso), or give the guest a fixed address (network.address).',
          ),
        ]
      : []),
    ...knownAddress('proxmox', machine),
  ];
}

export const proxmox: Platform = {
  name: 'proxmox',
  summary: 'Virtual machines of Proxmox VE, made through its API.',
  rehearsal: false,
  layering: 'chain',
  discs: 'uploaded',
  address: 'guest-tools',
  guestTools: {
    disc: 'the VirtIO disc (virtio-win.iso), which holds the QEMU guest agent',
    find: 'guest-agent\\qemu-ga-x86_64.msi',
    install: 'msiexec.exe /i "%DISC%\\guest-agent\\qemu-ga-x86_64.msi" /qn /norestart',
    exitCodes: [0, 3010],
  },
  // Disk, network card, and the port that the guest agent speaks through.
  driverFolders: ({ virtioFolder }) =>
    ['viostor', 'NetKVM', 'vioserial'].map((driver) => `${driver}\\${virtioFolder}\\amd64`),
  brings: (given) => (given.optional('virtioIso') === undefined ? [] : ['drivers', 'guest-tools']),
  certificate: 'build',
  mediaDrive: 'M:',
  sxsPath: (os) => `M:\\sources\\${os}\\sxs`,
  settings: proxmoxSettings,
  examples: {
    url: 'https://pve.example.com:8006/api2/json',
    user: 'packer@pve!lyncimg',
    node: 'pve',
    storage: 'local-lvm',
    bridge: 'vmbr0',
    windowsIso: 'local:iso/windows.iso',
  },
  secrets: [
    {
      env: 'LYNCIMG_PROXMOX_TOKEN',
      variable: 'proxmox_token',
      what: "secret of the user's API token",
    },
  ],
  tools: [
    {
      command: 'xorriso',
      what: 'makes the discs that Packer uploads',
      install: 'apt-get install xorriso',
    },
  ],
  packerAtLeast: () => ({
    version: '1.10.0',
    why: 'the answer disc needs the Proxmox plugin from 1.2.0 on (boot_iso, cd_files), which older Packer does not load',
  }),
  plugins: (given) => pluginOf('proxmox', given),
  firmwares: (os) => (os.generation2 ? ['bios', 'uefi'] : ['bios']),
  limits,
  unkeyBy: 'last-provisioner',
  keeps: { as: 'name', layer: 'a template of Proxmox', image: 'a template of Proxmox' },
  proof:
    "Its fields are those that the plugin's documentation and sources name, and packer fmt takes it; Packer 1.6.6 cannot validate it. It has not run on a real Proxmox.",
  startByHand: () =>
    [
      'Packer makes and starts the guest. Put the files of the answer disc into `answer/` and the media of the layer into',
      '`media/` of its folder, or name other folders in LYNCIMG_ANSWER_FOLDER and LYNCIMG_MEDIA_FOLDER; name the machine to',
      'make in LYNCIMG_MACHINE and, from the second layer on, the one below in LYNCIMG_PARENT. The secret of the API token',
      'comes from LYNCIMG_PROXMOX_TOKEN.',
    ].join('\n'),
  source: (request) => ({
    builder: request.layer === 'first' ? 'proxmox-iso' : 'proxmox-clone',
    body: [
      ...place(request.settings),
      { blank: true },
      ...hardware(request),
      ...(request.layer === 'first' ? newMachine(request) : clonedMachine(request)),
      { blank: true },
      ...discs(request),
      { blank: true },
      // Packer asks the guest agent where no address is given.
      ...attributes({ qemu_agent: request.machine.guestTools }),
      ...winrm({
        ...(request.machine.network.static !== null && { host: local('host') }),
        timeout: bootTimeout(request.layer),
      }),
    ],
  }),
};

function place(given: PlatformSettings): HclItem[] {
  const pool = given.optional('pool');
  return [
    ...given.attribute('proxmox_url', 'url'),
    ...attributes({ insecure_skip_tls_verify: given.value('insecureConnection') }),
    ...given.attribute('username', 'user'),
    ...attributes({ token: local('proxmox_token') }),
    ...given.attribute('node', 'node'),
    ...(pool === undefined ? [] : attributes({ pool })),
    ...attributes({
      vm_name: local('name'),
      template_name: local('name'),
      // Cloning a disk of this size can take longer than the plugin's own minute.
      task_timeout: '30m',
    }),
  ];
}

/** What Proxmox tunes a guest by: its names for the families of Windows. */
function family(os: GuestOs): string {
  return os.id === '2008r2' ? 'win7' : 'win8';
}

function hardware({ machine, settings: given }: SourceRequest): HclItem[] {
  const vlan = given.optional('vlan');
  return [
    ...attributes({
      os: family(machine.os),
      bios: machine.firmware === 'uefi' ? 'ovmf' : 'seabios',
      cpu_type: given.value('cpuType'),
      cores: machine.cpus,
      memory: machine.memoryMb,
    }),
    {
      block: 'network_adapters',
      body: [
        ...attributes({ model: machine.drivers ? 'virtio' : 'e1000' }),
        ...given.attribute('bridge', 'bridge'),
        ...(vlan === undefined ? [] : attributes({ vlan_tag: vlan })),
      ],
    },
  ];
}

function newMachine({ machine, settings: given }: SourceRequest): HclItem[] {
  const disk = machine.drivers ? 'virtio' : 'sata';
  return [
    {
      block: 'disks',
      body: [
        ...attributes({ type: disk, disk_size: `${machine.diskGb}G`, format: given.value('diskFormat') }),
        ...given.attribute('storage_pool', 'storage'),
      ],
    },
    ...(machine.firmware === 'uefi'
      ? [
          {
            block: 'efi_config',
            body: attributes({
              efi_storage_pool: given.value('storage'),
              efi_type: '4m',
              pre_enrolled_keys: false,
            }),
          },
        ]
      : []),
    // The disk is empty at first, so Windows' medium starts; later it is not asked again.
    ...attributes({ boot: `order=${disk}0;ide2` }),
    ...(machine.firmware === 'uefi' ? pressAnyKey() : []),
  ];
}

function clonedMachine({ settings: given }: SourceRequest): HclItem[] {
  return attributes({ clone_vm: local('parent'), full_clone: given.value('fullClones') });
}

/** All on IDE, which has four places: Windows PE finds its answer file there on every system. */
function discs({ layer, machine, settings: given }: SourceRequest): HclItem[] {
  const virtio = given.optional('virtioIso');
  const made = (index: number, name: string, label: string): HclItem => ({
    block: 'additional_iso_files',
    body: attributes({
      type: 'ide',
      index,
      cd_files: [template(local(name), '/*')],
      cd_label: label,
      iso_storage_pool: given.value('isoStorage'),
      unmount: true,
    }),
  });
  const there = (block: string, index: number, file: HclValue): HclItem => ({
    block,
    body: attributes({ type: 'ide', index, iso_file: file, unmount: true }),
  });
  const first = layer === 'first';
  return [
    ...(first && given.missing.includes('windowsIso')
      ? [{ comment: 'Example: set platforms.proxmox.windowsIso in lyncimg.yaml.' }]
      : []),
    ...(first ? [there('boot_iso', 2, given.value('windowsIso'))] : []),
    made(0, 'answer_folder', 'LYNCIMG'),
    made(1, 'media_folder', 'LYNCIMG_MEDIA'),
    ...(first && virtio !== undefined && (machine.drivers || machine.guestTools)
      ? [there('additional_iso_files', 3, virtio)]
      : []),
  ];
}
