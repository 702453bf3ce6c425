// lyncimg.yaml.
import { z } from 'zod';
import { apiVersion, machineName, optionName, osName, text } from './words.js';

const localeName = z
  .string()
  .regex(/^[a-z]{2,3}-[A-Z]{2}$/, 'A locale is a language and a country, e.g. de-DE.');

export const parametersSchema = z.strictObject({
  timeZone: text.optional().meta({
    description: 'Name as `tzutil /l` lists it.',
    examples: ['W. Europe Standard Time'],
  }),
  locale: localeName.optional().meta({ description: 'System locale.', examples: ['en-US'] }),
  dnsSuffix: text.optional().meta({
    description: 'Primary DNS suffix of deployed machines.',
    examples: ['contoso.com'],
  }),
  rootCertificates: z.array(text).optional().meta({
    description: "Files (PEM or DER) with the organisation's own root certificates, beside lyncimg.yaml.",
  }),
  wsus: z
    .url({ protocol: /^https?$/, error: 'The address of a WSUS server, e.g. http://wsus.contoso.com:8530.' })
    .optional()
    .meta({ description: 'Address of the WSUS server that Windows Update asks.' }),
  proxy: z
    .string()
    .regex(/^[A-Za-z0-9.-]+:\d{1,5}$/, 'A proxy is host:port.')
    .optional()
    .meta({ description: "The machine's own HTTP proxy (WinHTTP).", examples: ['proxy.contoso.com:8080'] }),
  netfx3Source: text.optional().meta({
    description:
      'Folder, as the guest sees it, with the payload of .NET Framework 3.5, in place of the media disc.',
    examples: ['\\\\files.contoso.com\\windows\\2012r2\\sxs'],
  }),
});

/** How one Windows is installed. */
export const windowsSchema = z.strictObject({
  iso: text.optional().meta({
    description: "Microsoft's medium (ISO); relative to lyncimg.yaml.",
    examples: ['media/windows-2012r2.iso'],
  }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'A SHA-256 is 64 hexadecimal digits.')
    .optional()
    .meta({ description: 'SHA-256 of the ISO; without it each build reads the whole file.' }),
  edition: z
    .string()
    .regex(/^[a-z]+$/, 'An edition is a word in small letters, e.g. standard.')
    .default('standard')
    .meta({ description: 'An edition that Lync is supported on.', examples: ['standard', 'datacenter'] }),
  key: z.enum(['kms', 'own', 'none']).default('kms').meta({
    description:
      'Product key: the public KMS client key, your own (from LYNCIMG_PRODUCT_KEY), or none, for evaluation media.',
  }),
  language: localeName
    .default('en-US')
    .meta({ description: 'Language of the medium.', examples: ['en-US', 'de-DE'] }),
  keyboard: z
    .string()
    .regex(/^[0-9a-f]{4}:[0-9a-f]{8}$/i, 'A keyboard is language:layout in hexadecimal, e.g. 0407:00000407.')
    .optional()
    .meta({ description: 'Keyboard; that of the locale where it is absent.', examples: ['0409:00000409'] }),
});

export const machineSchema = z.strictObject({
  cpus: z.int().min(1).max(64).default(2).meta({ description: 'Processors of the machine that is baked.' }),
  memoryMb: z.int().min(1024).max(1_048_576).default(4096).meta({ description: 'Its memory in MiB.' }),
  diskGb: z.int().min(40).max(2048).default(80).meta({
    description: "Size of its disk in GiB; Microsoft's minimum for a Windows Server is 32.",
  }),
  firmware: z
    .enum(['bios', 'uefi'])
    .optional()
    .meta({ description: "What it boots with; the platform's own choice where it is absent." }),
  driversIso: text.optional().meta({
    description: 'Disc with paravirtual drivers; with it the machine gets such devices.',
    examples: ['media/virtio-win.iso'],
  }),
  toolsIso: text
    .optional()
    .meta({ description: "Disc with the hypervisor's guest tools; first boot installs them." }),
});

const networkSchema = z.strictObject({
  range: z
    .cidrv4('A network is an address and a prefix, e.g. 10.1.2.0/24.')
    .optional()
    .meta({
      description:
        'Network that the guest gets an address in; its certificate then covers each address of it.',
      examples: ['10.1.2.0/24'],
    }),
  address: z
    .cidrv4('An address is given with its prefix, e.g. 10.1.2.30/24.')
    .optional()
    .meta({ description: 'Address that the guest is given, with its prefix.', examples: ['10.1.2.30/24'] }),
  gateway: z.ipv4('A gateway is an IPv4 address.').optional().meta({ description: 'Its default gateway.' }),
  dns: z
    .array(z.ipv4('A DNS server is an IPv4 address.'))
    .optional()
    .meta({ description: 'Its DNS servers.' }),
});

export const workspaceSchema = z.strictObject({
  apiVersion,
  kind: z.literal('Workspace'),
  platform: text.optional().meta({ description: 'Where images are built, e.g. twin.' }),
  os: osName.optional(),
  roles: z
    .array(machineName)
    .optional()
    .meta({ description: 'What build and verify take where no role is named.' }),
  options: z
    .record(optionName, z.union([z.boolean(), z.string()]))
    .optional()
    .meta({ description: 'Values of role options.' }),
  parameters: parametersSchema.optional().meta({ description: 'What is decided here and no role can know.' }),
  windows: z
    .strictObject({
      '2008r2': windowsSchema.optional(),
      '2012': windowsSchema.optional(),
      '2012r2': windowsSchema.optional(),
    })
    .optional()
    .meta({ description: 'Media and answer file, by operating system.' }),
  machine: machineSchema.optional().meta({ description: 'The virtual machine that is baked.' }),
  network: networkSchema.optional().meta({ description: 'How the guest is reached while it is baked.' }),
  platforms: z
    .record(text, z.record(z.string(), z.unknown()))
    .optional()
    .meta({ description: 'Settings of each platform; lyncimg platforms show PLATFORM lists them.' }),
  output: text.optional().meta({ description: 'Folder of state and images; .lyncimg where it is absent.' }),
});
