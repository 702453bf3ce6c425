// Microsoft Hyper-V, on the Windows host that Packer runs on. The guest's address is what Windows' own integration
// services report, on 2008 R2 too.
//
// Discs. `secondary_iso_images` takes them as they are; the builder wants each to be there when it validates. A machine of
// generation 1 has room for two beside Windows' medium.
import { z } from 'zod';
import { fail, type LyncimgError } from '../errors/index.js';
import { attributes, local, type HclItem } from './hcl.js';
import { knownAddress } from './known-address.js';
import type { MachineSpec } from './machine.js';
import { needlessDiscs } from './needless-discs.js';
import type { Platform, SourceRequest } from './platform.js';
import { pluginOf, pluginSettings } from './plugin.js';
import { pressAnyKey } from './press-any-key.js';
import { unKeyShutdown } from './un-key.js';
import { bootTimeout, winrm } from './winrm.js';

const text = z.string().trim().min(1);

const settings = z.strictObject({
  switch: text.optional().meta({
    description: 'Virtual switch that the machine is connected to.',
    examples: ['Default Switch'],
  }),
  vlan: z.int().min(1).max(4094).optional().meta({ description: 'VLAN of the machine; none by default.' }),
  temporaryFolder: text.optional().meta({
    description: "Folder on the host that the machine lies in while it is made; the host's own by default.",
  }),
  headless: z.boolean().default(true).meta({ description: 'No window on the host.' }),
  ...pluginSettings('github.com/hashicorp/hyperv', '~> 1.0'),
});

/** Of Packer's builders, in every version (MaxRamSize). */
const mostMemoryMb = 32 * 1024;

function limits(machine: MachineSpec): LyncimgError[] {
  return [
    ...knownAddress('hyperv', machine),
    ...needlessDiscs('hyperv', machine, {
      drivers: 'Windows brings drivers for its synthetic devices',
      guestTools: 'Windows brings its integration services',
    }),
    ...(machine.memoryMb <= mostMemoryMb
      ? []
      : [
          fail('E_PLATFORM_LIMIT', {
            platform: 'hyperv',
            what: `a machine with ${String(machine.memoryMb)} MB of memory`,
            reason: `Packer makes none with more than ${String(mostMemoryMb)} MB there`,
            instead: `Bake it with ${String(mostMemoryMb)} MB or less (machine.memoryMb); a deployed machine may have more.`,
          }),
        ]),
  ];
}

export const hyperv: Platform = {
  name: 'hyperv',
  summary: 'Virtual machines of Microsoft Hyper-V, kept as exports.',
  rehearsal: false,
  layering: 'chain',
  discs: 'images',
  address: 'in-box',
  guestTools: null,
  certificate: 'build',
  mediaDrive: 'M:',
  sxsPath: (os) => `M:\\sources\\${os}\\sxs`,
  settings,
  examples: { switch: 'Default Switch' },
  secrets: [],
  tools: [
    {
      command: 'powershell',
      what: "tells Hyper-V what to do; Packer starts it, on Hyper-V's own host",
      install: 'run lyncimg where Windows PowerShell of the Hyper-V host can be started',
    },
  ],
  packerAtLeast: () => null,
  plugins: (given) => pluginOf('hyperv', given),
  // Generation 2 is UEFI alone and generation 1 BIOS alone.
  firmwares: (os) => (os.generation2 ? ['uefi', 'bios'] : ['bios']),
  limits,
  unkeyBy: 'shutdown-command',
  keeps: {
    as: 'files',
    layer: 'an export of the machine',
    image: 'an export of the machine',
    parent: '.',
  },
  proof:
    'packer validate on every role and system. It has not run on a real Hyper-V: Packer must run on its Windows host, where Ansible does not.',
  startByHand: () =>
    [
      'Packer makes and starts the guest, on the Hyper-V host itself and as one of its administrators. Name the discs, and',
      'from the second layer on the export of the layer below, in the environment.',
    ].join('\n'),
  source: (request) => ({
    builder: request.layer === 'first' ? 'hyperv-iso' : 'hyperv-vmcx',
    body: [
      ...(request.layer === 'first' ? newMachine(request) : clonedMachine()),
      { blank: true },
      ...common(request),
      { blank: true },
      ...attributes({ secondary_iso_images: [local('media_disc'), local('answer_disc')] }),
      ...(request.layer === 'first' && request.machine.firmware === 'uefi' ? pressAnyKey() : []),
      { blank: true },
      ...access(request),
      ...unKeyShutdown(),
    ],
    mustExist: ['media_disc', 'answer_disc', ...(request.layer === 'next' ? (['parent'] as const) : [])],
  }),
};

function newMachine({ machine }: SourceRequest): HclItem[] {
  return attributes({
    iso_url: local('windows_iso'),
    iso_checksum: local('windows_checksum'),
    disk_size: machine.diskGb * 1024,
    // It is asked first at every start; without a key Windows' medium goes on to the disk.
    ...(machine.firmware === 'uefi' && { first_boot_device: 'DVD' }),
  });
}

function clonedMachine(): HclItem[] {
  return attributes({ clone_from_vmcx_path: local('parent') });
}

function common({ machine, settings: given }: SourceRequest): HclItem[] {
  const tagged = given.optional('vlan') !== undefined;
  const temporary = given.optional('temporaryFolder');
  return [
    ...attributes({
      vm_name: local('name'),
      output_directory: local('output'),
      ...(temporary !== undefined && { temp_path: temporary }),
      generation: machine.firmware === 'uefi' ? 2 : 1,
      ...(machine.firmware === 'uefi' && {
        enable_secure_boot: true,
        secure_boot_template: 'MicrosoftWindows',
      }),
      cpus: machine.cpus,
      memory: machine.memoryMb,
      headless: given.value('headless'),
      // Or an old host attaches its own disc of integration services.
      guest_additions_mode: 'none',
    }),
    ...given.attribute('switch_name', 'switch'),
    ...(tagged ? attributes({ vlan_id: given.text('vlan') }) : []),
  ];
}

function access({ layer, machine }: SourceRequest): HclItem[] {
  const fixed = machine.network.static !== null;
  return [
    ...winrm({ ...(fixed && { host: local('host') }), timeout: bootTimeout(layer) }),
    // Packer 1.6.6 looks for the address there, whatever it connects by.
    ...(fixed ? attributes({ ssh_host: local('host') }) : []),
  ];
}
