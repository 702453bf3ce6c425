// What lyncimg.yaml may say under platforms: proxmox:.
import { z } from 'zod';
import { pluginSettings } from './plugin.js';

const text = z.string().trim().min(1);
const onStorage = z
  .string()
  .regex(/^[^:\s]+:iso\/\S.*$/, 'An ISO on a storage of Proxmox is written as STORAGE:iso/FILE.iso.');

export const proxmoxSettings = z.strictObject({
  url: z
    .url({
      protocol: /^https$/,
      error: 'The address of the API, e.g. https://pve.contoso.com:8006/api2/json.',
    })
    .optional()
    .meta({ description: 'Address of the API.', examples: ['https://pve.contoso.com:8006/api2/json'] }),
  insecureConnection: z.boolean().default(false).meta({
    description:
      "Do not check the certificate of Proxmox. Better: put its authority (/etc/pve/pve-root-ca.pem) into this host's trusted certificates.",
  }),
  user: text
    .optional()
    .meta({ description: 'User and name of its API token.', examples: ['packer@pve!lyncimg'] }),
  node: text.optional().meta({ description: 'Node that the machine is made on.' }),
  pool: text.optional().meta({ description: 'Resource pool; none by default.' }),
  storage: text.optional().meta({ description: "Storage of the machine's disk.", examples: ['local-lvm'] }),
  diskFormat: z
    .enum(['raw', 'qcow2'])
    .default('raw')
    .meta({ description: 'What the disk is on that storage; qcow2 only where it holds files.' }),
  isoStorage: text.default('local').meta({
    description: 'Storage that Packer uploads the discs to that it makes; they are deleted at the end.',
  }),
  bridge: text.optional().meta({ description: 'Network bridge of the machine.', examples: ['vmbr0'] }),
  vlan: z.int().min(1).max(4094).optional().meta({ description: 'VLAN of the machine; none by default.' }),
  windowsIso: onStorage.optional().meta({
    description: "Microsoft's medium, on a storage of Proxmox; upload it once.",
    examples: ['local:iso/windows-2012r2.iso'],
  }),
  virtioIso: onStorage.optional().meta({
    description:
      'The VirtIO disc, on a storage of Proxmox: with it the machine gets paravirtual devices and the guest agent. Its release must still have drivers for this Windows.',
    examples: ['local:iso/virtio-win.iso'],
  }),
  cpuType: text.default('host').meta({ description: 'Processor that the guest sees.' }),
  fullClones: z.boolean().default(true).meta({
    description: 'false: each layer holds only what differs from the one below, which then must stay.',
  }),
  ...pluginSettings('github.com/hashicorp/proxmox', '~> 1.2'),
});
