// VMware vSphere: vCenter makes the machine, Packer's vsphere-iso and vsphere-clone ask it to.
//
// Discs. Windows' medium and VMware Tools lie on datastores and are attached from there. All else that the guest needs is
// one disc, labelled LYNCIMG, which Packer makes of `cd_files` and uploads: answer file, key, and the media of this layer
// alone. Two discs would be neater, but both builders take one set of `cd_files`, only one of them takes an `iso_url`, and
// a floppy is not there under every firmware. So first boot takes the disc LYNCIMG for the media where there is no
// LYNCIMG_MEDIA. A file is uploaded with the layer that needs it and not again with the next ones, since a layer that
// exists is not built again. Packer copies all of them into a folder of TMPDIR first and never removes that (1.6.6), so
// TMPDIR must be a folder of the run.
//
// VMware Tools. Both builders wait for an address that the Tools report, even where `winrm_host` is set (StepWaitForIp
// runs in each version): without the Tools nothing is ever built here.
import { fail, type LyncimgError } from '../errors/index.js';
import { attributes, local, template, type HclItem } from './hcl.js';
import { knownAddress } from './known-address.js';
import type { MachineSpec } from './machine.js';
import { needlessDiscs } from './needless-discs.js';
import type { Platform, SourceRequest } from './platform.js';
import { pluginOf } from './plugin.js';
import { pressAnyKey } from './press-any-key.js';
import type { PlatformSettings } from './settings.js';
import { unKeyShutdown } from './un-key.js';
import { vsphereSettings } from './vsphere-settings.js';
import { bootTimeout, winrm } from './winrm.js';

/** What the settings and a machine cannot do without, beside what has an example. */
function limits(machine: MachineSpec, given: PlatformSettings): LyncimgError[] {
  const placed = given.optional('cluster') !== undefined || given.optional('host') !== undefined;
  return [
    ...(placed ? [] : [fail('E_PLATFORM_SETTINGS', { platform: 'vsphere', missing: ['cluster (or host)'] })]),
    ...knownAddress('vsphere', machine),
    ...needlessDiscs('vsphere', machine, {
      drivers: 'Windows brings drivers for what it gets there, and VMware Tools that of a vmxnet3 card',
    }),
  ];
}

export const vsphere: Platform = {
  name: 'vsphere',
  summary: 'Virtual machines of VMware vSphere, made through vCenter.',
  rehearsal: false,
  layering: 'chain',
  discs: 'uploaded',
  address: 'guest-tools',
  guestTools: {
    disc: 'the VMware Tools ISO (windows.iso), which ESXi brings',
    find: 'setup64.exe',
    install: '"%DISC%\\setup64.exe" /S /v"/qn REBOOT=R"',
    exitCodes: [0, 3010],
  },
  brings: () => ['guest-tools'],
  certificate: 'build',
  mediaDrive: 'M:',
  sxsPath: (os) => `M:\\sources\\${os}\\sxs`,
  settings: vsphereSettings,
  examples: {
    server: 'vcenter.example.com',
    datastore: 'datastore1',
    network: 'VM Network',
    windowsIso: '[datastore1] iso/windows.iso',
  },
  secrets: [
    { env: 'LYNCIMG_VSPHERE_USERNAME', variable: 'vsphere_username', what: 'account at vCenter' },
    { env: 'LYNCIMG_VSPHERE_PASSWORD', variable: 'vsphere_password', what: 'its password' },
  ],
  tools: [
    {
      command: 'xorriso',
      what: 'makes the disc that Packer uploads',
      install: 'apt-get install xorriso',
    },
  ],
  packerAtLeast: () => null,
  plugins: (given) => pluginOf('vsphere', given),
  // UEFI where Windows starts from it without a BIOS behind it.
  firmwares: (os) => (os.generation2 ? ['bios', 'uefi'] : ['bios']),
  limits,
  unkeyBy: 'shutdown-command',
  keeps: {
    as: 'name',
    layer: 'a virtual machine template at vCenter (a virtual machine with convertToTemplate: false)',
    image: 'a virtual machine template at vCenter',
  },
  proof:
    "packer validate on every role and system; creation of the machine, its discs and their removal against VMware's vCenter simulator. It has not run on a real vCenter.",
  startByHand: () =>
    [
      'Packer makes and starts the guest. Put the files of the answer disc into `answer/` and the media of the layer into',
      '`media/` of its folder, or name other folders in LYNCIMG_ANSWER_FOLDER and LYNCIMG_MEDIA_FOLDER; name the machine to',
      'make in LYNCIMG_MACHINE and, from the second layer on, the one below in LYNCIMG_PARENT. The account at vCenter comes',
      'from LYNCIMG_VSPHERE_USERNAME and LYNCIMG_VSPHERE_PASSWORD.',
    ].join('\n'),
  source: (request) => ({
    builder: request.layer === 'first' ? 'vsphere-iso' : 'vsphere-clone',
    body: [
      ...place(request.settings),
      { blank: true },
      ...(request.layer === 'first' ? newMachine(request) : clonedMachine(request)),
      { blank: true },
      ...discs(request),
      { blank: true },
      ...access(request),
      ...unKeyShutdown(),
      { blank: true },
      ...kept(request.settings),
    ],
  }),
};

function place(given: PlatformSettings): HclItem[] {
  const placed = given.optional('cluster') !== undefined || given.optional('host') !== undefined;
  return [
    ...given.attribute('vcenter_server', 'server'),
    ...attributes({
      username: local('vsphere_username'),
      password: local('vsphere_password'),
      insecure_connection: given.value('insecureConnection'),
    }),
    ...optional(given, {
      datacenter: 'datacenter',
      cluster: 'cluster',
      host: 'host',
      resource_pool: 'resourcePool',
      folder: 'folder',
    }),
    ...(placed
      ? []
      : [
          { comment: 'Example: set platforms.vsphere.cluster or platforms.vsphere.host in lyncimg.yaml.' },
          ...attributes({ cluster: 'cluster1' }),
        ]),
    ...given.attribute('datastore', 'datastore'),
    ...attributes({ vm_name: local('name') }),
  ];
}

/** Attributes of settings that are set, by the setting's key. */
function optional(given: PlatformSettings, keys: Record<string, string>): HclItem[] {
  return Object.entries(keys).flatMap(([attribute, key]) => {
    const value = given.optional(key);
    return value === undefined ? [] : attributes({ [attribute]: value });
  });
}

function size({ cpus, memoryMb }: MachineSpec): HclItem[] {
  return attributes({ CPUs: cpus, cpu_cores: cpus, RAM: memoryMb });
}

function newMachine({ machine, settings: given }: SourceRequest): HclItem[] {
  // 82545EM and 82574L: the drivers that VMware's default cards for these guests find in Windows.
  const card = given.optional('networkCard') ?? (machine.os.id === '2008r2' ? 'e1000' : 'e1000e');
  return [
    ...attributes({
      guest_os_type: machine.os.guestIds.vsphere,
      firmware: machine.firmware === 'uefi' ? 'efi' : 'bios',
    }),
    ...optional(given, { vm_version: 'hardwareVersion' }),
    ...size(machine),
    ...attributes({ disk_controller_type: ['lsilogic-sas'] }),
    {
      block: 'storage',
      body: attributes({ disk_size: machine.diskGb * 1024, disk_thin_provisioned: true }),
    },
    {
      block: 'network_adapters',
      body: [...given.attribute('network', 'network'), ...attributes({ network_card: card })],
    },
    // The disk is empty at first, so Windows' medium starts; later it is not asked again.
    ...attributes({ boot_order: 'disk,cdrom' }),
    ...(machine.firmware === 'uefi' ? pressAnyKey() : []),
  ];
}

function clonedMachine({ machine, settings: given }: SourceRequest): HclItem[] {
  return [
    ...attributes({ template: local('parent'), linked_clone: given.value('linkedClones') }),
    ...given.attribute('network', 'network'),
    ...size(machine),
    ...attributes({ boot_order: 'disk,cdrom' }),
  ];
}

function discs({ layer, settings: given }: SourceRequest): HclItem[] {
  const folder = (name: string) => template(local(name), '/*');
  return [
    ...(layer === 'first'
      ? [
          ...(given.missing.includes('windowsIso')
            ? [{ comment: 'Example: set platforms.vsphere.windowsIso in lyncimg.yaml.' }]
            : []),
          // The first disc with something to boot is booted.
          ...attributes({ iso_paths: [given.value('windowsIso'), given.value('toolsIso')] }),
        ]
      : []),
    ...attributes({
      cd_files: [folder('answer_folder'), folder('media_folder')],
      cd_label: 'LYNCIMG',
      remove_cdrom: true,
    }),
  ];
}

function access({ layer, machine: { network } }: SourceRequest): HclItem[] {
  const only = network.static === null ? network.range : `${network.static.address}/32`;
  return [
    ...attributes({
      ip_wait_timeout: bootTimeout(layer),
      // Windows gives itself an address (169.254.0.0/16) before it gets one.
      ...(only !== null && { ip_wait_address: only }),
    }),
    ...winrm({
      ...(network.static !== null && { host: local('host') }),
      timeout: bootTimeout(layer),
    }),
  ];
}

function kept(given: PlatformSettings): HclItem[] {
  return attributes({
    create_snapshot: given.value('linkedClones'),
    convert_to_template: given.value('convertToTemplate'),
  });
}
