// Microsoft Azure, through azure-arm. Its images must be generalised and it takes no disc, so the whole chain is baked in
// one run, as one layer, on a machine that Azure makes from its marketplace; there is no next layer.
//
// Nothing can be baked here yet: an Azure image that is not generalised is of no use, and generalising is sealing's part.
// The template is there to be read and validated.
//
// Two things that only Azure does. The listener's certificate is made by Packer, which hands it to the machine through a
// key vault and to nobody here, so that `winrm_insecure` is the one way in. And the account must not be called
// Administrator: Azure refuses the name.
import { z } from 'zod';
import { fail, type LyncimgError } from '../errors/index.js';
import { attributes, local, type HclItem } from './hcl.js';
import type { GuestOs, MachineSpec } from './machine.js';
import type { Platform, SourceRequest } from './platform.js';
import { pluginOf, pluginSettings } from './plugin.js';
import type { PlatformSettings } from './settings.js';
import { winrm } from './winrm.js';

const text = z.string().trim().min(1);

const settings = z.strictObject({
  location: text
    .optional()
    .meta({ description: 'Region of the machine and the image.', examples: ['westeurope'] }),
  resourceGroup: text
    .optional()
    .meta({ description: 'Resource group that the image is kept in; it must be there.' }),
  vmSize: text.default('Standard_D2s_v3').meta({
    description: 'Size of the machine that is baked, in place of machine.cpus and machine.memoryMb.',
  }),
  imageSku: text.optional().meta({
    description:
      'Marketplace image of MicrosoftWindowsServer / WindowsServer; the plain one of this Windows by default.',
    examples: ['2012-R2-Datacenter'],
  }),
  imageVersion: text.default('latest').meta({ description: 'Version of the marketplace image.' }),
  mediaUrl: z
    .url({ protocol: /^https$/, error: 'Media come over HTTPS, e.g. https://media.contoso.com/lyncimg.' })
    .optional()
    .meta({ description: 'Folder on the web with the media files, laid out as the media disc is.' }),
  gallery: text.optional().meta({ description: 'Compute gallery that the image is also published to.' }),
  galleryImage: text.optional().meta({ description: 'Image definition in that gallery.' }),
  galleryVersion: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'A version in a gallery is three numbers, e.g. 1.0.0.')
    .optional()
    .meta({ description: 'Version that it gets there.', examples: ['1.0.0'] }),
  ...pluginSettings('github.com/hashicorp/azure', '~> 2.0'),
});

/** Skus of MicrosoftWindowsServer / WindowsServer. */
const skus: Record<GuestOs['id'], string> = {
  '2008r2': '2008-R2-SP1',
  '2012': '2012-Datacenter',
  '2012r2': '2012-R2-Datacenter',
};

const galleryKeys = ['gallery', 'galleryImage', 'galleryVersion'] as const;

function limits({ os }: MachineSpec, given: PlatformSettings): LyncimgError[] {
  const unset = galleryKeys.filter((key) => given.optional(key) === undefined);
  return [
    ...(os.id === '2008r2'
      ? [
          fail('E_PLATFORM_LIMIT', {
            platform: 'azure',
            what: os.title,
            reason:
              'it starts with PowerShell 2.0, which Ansible cannot speak to, and no first boot of ours brings a later one there',
            instead: 'Bake it on another platform and upload the disk, or take Windows Server 2012 R2.',
          }),
        ]
      : []),
    ...(unset.length > 0 && unset.length < galleryKeys.length
      ? [fail('E_PLATFORM_SETTINGS', { platform: 'azure', missing: [...unset] })]
      : []),
  ];
}

export const azure: Platform = {
  name: 'azure',
  summary: 'Images of Microsoft Azure, made from its marketplace.',
  rehearsal: false,
  layering: 'one-run',
  noBake: {
    reason: 'an Azure image must be generalised, which sealing will do and which lyncimg cannot do yet',
    instead:
      'Render the template with lyncimg generate --platform azure, or bake on another platform: lyncimg platforms list.',
  },
  discs: 'download',
  address: 'cloud',
  guestTools: null,
  certificate: 'packer',
  mediaDrive: 'C:\\ProgramData\\lyncimg\\media',
  sxsPath: (os) => `C:\\ProgramData\\lyncimg\\media\\sources\\${os}\\sxs`,
  settings,
  examples: {
    location: 'westeurope',
    resourceGroup: 'lyncimg-images',
    mediaUrl: 'https://media.example.com/lyncimg',
  },
  secrets: [
    {
      env: 'LYNCIMG_AZURE_SUBSCRIPTION_ID',
      variable: 'azure_subscription_id',
      what: 'id of the subscription',
    },
    { env: 'LYNCIMG_AZURE_TENANT_ID', variable: 'azure_tenant_id', what: 'id of the tenant' },
    { env: 'LYNCIMG_AZURE_CLIENT_ID', variable: 'azure_client_id', what: 'id of the service principal' },
    { env: 'LYNCIMG_AZURE_CLIENT_SECRET', variable: 'azure_client_secret', what: 'its secret' },
  ],
  tools: [],
  packerAtLeast: () => null,
  plugins: (given) => pluginOf('azure', given),
  // The marketplace images of these systems are of generation 1.
  firmwares: () => ['bios'],
  limits,
  unkeyBy: 'last-provisioner',
  keeps: {
    as: 'nothing',
    layer: 'nothing: the whole chain is one run',
    image: 'a managed image, and a version in a compute gallery where one is named',
  },
  proof:
    'packer validate on every role, which asks nothing of Azure. It has not run on Azure, and nothing can be baked there yet.',
  startByHand: () =>
    [
      'Packer makes and starts the guest. The service principal comes from LYNCIMG_AZURE_SUBSCRIPTION_ID,',
      'LYNCIMG_AZURE_TENANT_ID, LYNCIMG_AZURE_CLIENT_ID and LYNCIMG_AZURE_CLIENT_SECRET. Set LYNCIMG_USER to a name other than',
      'Administrator, which Azure refuses. What comes out is not generalised and no image for production.',
    ].join('\n'),
  source: ({ machine, settings: given }) => ({
    builder: 'azure-arm',
    body: [
      ...attributes({
        subscription_id: local('azure_subscription_id'),
        tenant_id: local('azure_tenant_id'),
        client_id: local('azure_client_id'),
        client_secret: local('azure_client_secret'),
      }),
      { blank: true },
      ...image({ machine, settings: given }),
      { blank: true },
      ...output(given),
      { blank: true },
      {
        comment:
          'Packer makes this certificate and keeps it to itself: nothing here could check it. Azure refuses the account Administrator.',
      },
      ...winrm({ timeout: '30m', insecure: true }),
    ],
  }),
};

function image({ machine, settings: given }: Pick<SourceRequest, 'machine' | 'settings'>): HclItem[] {
  return [
    ...attributes({
      os_type: 'Windows',
      image_publisher: 'MicrosoftWindowsServer',
      image_offer: 'WindowsServer',
      image_sku: given.optional('imageSku') ?? skus[machine.os.id],
      image_version: given.value('imageVersion'),
    }),
    ...given.attribute('location', 'location'),
    ...attributes({
      vm_size: given.value('vmSize'),
      // The marketplace's own disk has 127 GiB and cannot become smaller.
      ...(machine.diskGb > 127 && { os_disk_size_gb: machine.diskGb }),
    }),
  ];
}

function output(given: PlatformSettings): HclItem[] {
  const [gallery, name, version] = galleryKeys.map((key) => given.optional(key));
  return [
    ...attributes({ managed_image_name: local('name') }),
    ...given.attribute('managed_image_resource_group_name', 'resourceGroup'),
    ...(gallery === undefined || name === undefined || version === undefined
      ? []
      : [
          {
            block: 'shared_image_gallery_destination',
            body: attributes({
              subscription: local('azure_subscription_id'),
              resource_group: given.value('resourceGroup'),
              gallery_name: gallery,
              image_name: name,
              image_version: version,
              replication_regions: [given.value('location')],
            }),
          },
        ]),
  ];
}
