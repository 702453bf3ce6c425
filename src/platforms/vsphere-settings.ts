// What lyncimg.yaml may say under platforms: vsphere:.
import { z } from 'zod';
import { pluginSettings } from './plugin.js';

const text = z.string().trim().min(1);
const onDatastore = z
  .string()
  .regex(/^\[[^\]]*\] ?\S.*$/, 'A file on a datastore is written as [datastore] folder/file.iso.');

export const vsphereSettings = z.strictObject({
  server: text.optional().meta({ description: 'Host name of vCenter.', examples: ['vcenter.contoso.com'] }),
  insecureConnection: z.boolean().default(false).meta({
    description:
      "Do not check vCenter's certificate. Better: put its authority into this host's trusted certificates.",
  }),
  datacenter: text.optional().meta({ description: 'Needed where vCenter has several.' }),
  cluster: text.optional().meta({ description: 'Cluster that the machine runs on; this or host.' }),
  host: text.optional().meta({ description: 'ESXi host that the machine runs on; this or cluster.' }),
  resourcePool: text
    .optional()
    .meta({ description: "Resource pool; the cluster's or host's own by default." }),
  datastore: text.optional().meta({ description: 'Datastore of the machine, and of what Packer uploads.' }),
  folder: text.optional().meta({ description: 'Folder of virtual machines; the topmost one by default.' }),
  network: text.optional().meta({ description: 'Port group that the machine is in.' }),
  windowsIso: onDatastore.optional().meta({
    description: "Microsoft's medium, on a datastore; upload it once.",
    examples: ['[datastore1] iso/windows-2012r2.iso'],
  }),
  toolsIso: onDatastore.default('[] /vmimages/tools-isoimages/windows.iso').meta({
    description:
      'VMware Tools, on a datastore. The default is what ESXi itself brings; its release must still serve this Windows.',
  }),
  networkCard: z.enum(['e1000', 'e1000e', 'vmxnet3']).optional().meta({
    description:
      'By default the one that this Windows brings a driver for: e1000 on 2008 R2, else e1000e. The driver of vmxnet3 comes with VMware Tools.',
  }),
  hardwareVersion: z
    .int()
    .min(8)
    .max(30)
    .optional()
    .meta({ description: "Virtual hardware; the host's newest by default." }),
  linkedClones: z.boolean().default(false).meta({
    description:
      'Each layer holds only what differs from the one below, which then must stay; set it before the first layer is built.',
  }),
  convertToTemplate: z.boolean().default(true).meta({
    description: 'Layers are kept as templates, which nobody starts by accident.',
  }),
  ...pluginSettings('github.com/hashicorp/vsphere', '>= 1.2, < 3'),
});
