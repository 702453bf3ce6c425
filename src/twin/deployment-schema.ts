// What `--as machine.yaml` may say of a machine.
import { z } from 'zod';
import { storeName } from './certificate-stores.js';
import {
  adapterSchema,
  certificatePlaceSchema,
  computerNameSchema,
  diskSchema,
  disksSchema,
  dnsNameSchema,
  firewallRuleSchema,
  sqlInstanceSchema,
  stateSchema,
} from './state-schema.js';

const ofState = stateSchema.shape;

const adapter = z.strictObject({
  name: adapterSchema.shape.name.optional(),
  mac: adapterSchema.shape.mac.optional(),
  /** Empty: the card has no address, and Windows does not use it. */
  ipv4: adapterSchema.shape.ipv4,
  subnet: adapterSchema.shape.subnet.optional(),
  gateway: adapterSchema.shape.gateway.optional(),
  dns: adapterSchema.shape.dns.optional(),
});

const disk = z.strictObject({
  letter: diskSchema.shape.letter,
  sizeBytes: diskSchema.shape.sizeBytes,
  freeBytes: diskSchema.shape.freeBytes,
  fileSystem: diskSchema.shape.fileSystem.default('NTFS'),
  label: diskSchema.shape.label.default('TWIN'),
  bytesPerSector: diskSchema.shape.bytesPerSector.default(512),
  physicalSectorBytes: diskSchema.shape.physicalSectorBytes.default(4096),
});

const certificate = z
  .strictObject({
    store: z.string().transform((text, context) => {
      const store = storeName(text);
      if (store === undefined) context.addIssue({ code: 'custom', message: `there is no store ${text}` });
      return store ?? text;
    }),
    place: certificatePlaceSchema.default('local'),
    pem: z.string().max(100_000),
  })
  .refine(({ store, place }) => place !== 'third-party' || store === 'ROOT', {
    path: ['place'],
    message: 'only the store ROOT has third-party certificates',
  });

/** As somebody writes it: one text with commas, a number, or a list. */
const listed = z
  .union([z.string(), z.number().int(), z.array(z.union([z.string(), z.number().int()])).max(1000)], {
    error: 'a text, a number, or a list of them',
  })
  .transform((value) => [value].flat().join(','));

const rule = firewallRuleSchema.shape;
const firewallRule = z.strictObject({
  name: rule.name,
  group: rule.group.default(''),
  description: rule.description.default(''),
  direction: rule.direction.default('in'),
  action: rule.action.default('allow'),
  enabled: rule.enabled.default(true),
  protocol: z
    .union([z.enum(['tcp', 'udp', 'any']), z.number().int().min(0).max(255)], {
      error: 'tcp, udp, any, or a number up to 255',
    })
    .default('any'),
  localPorts: listed.default('*'),
  remotePorts: listed.default('*'),
  localAddresses: listed.default('*'),
  remoteAddresses: listed.default('*'),
  program: rule.program.default(''),
  service: rule.service.default(''),
  profiles: rule.profiles.default(['domain', 'private', 'public']),
});

const valueName = z.string().max(4096).default('');
const registryPath = z.string().max(1024);
const registryEntries = [
  z.strictObject({ path: registryPath, delete: z.literal(true), name: z.string().max(4096).optional() }),
  z.strictObject({
    path: registryPath,
    name: valueName,
    type: z.enum(['string', 'expandstring']),
    data: z.string().max(1_048_576),
  }),
  z.strictObject({
    path: registryPath,
    name: valueName,
    type: z.literal('multistring'),
    data: z.array(z.string().max(4096)).max(10_000),
  }),
  z.strictObject({
    path: registryPath,
    name: valueName,
    type: z.enum(['dword', 'qword']),
    data: z.union([z.number().int().min(0), z.string().regex(/^\d{1,20}$/)]).transform(String),
  }),
  z.strictObject({
    path: registryPath,
    name: valueName,
    type: z.literal('binary'),
    data: z
      .string()
      .regex(/^([0-9a-f]{2})*$/i)
      .toLowerCase(),
  }),
] as const;
const registryEntry = z.union(registryEntries, {
  error: 'give path with delete: true, or path, name, type and data of that type',
});

const short = z.string().min(1).max(256);

export const deploymentSchema = z
  .strictObject({
    name: computerNameSchema.optional(),
    workgroup: z.string().min(1).max(15).optional(),
    domain: dnsNameSchema.optional(),
    dnsSuffix: z.union([z.literal(''), dnsNameSchema]).optional(),
    memoryMb: ofState.computer.shape.memoryMb.optional(),
    processors: ofState.computer.shape.processors.optional(),
    adapters: z.array(adapter).min(1).max(32).optional(),
    disks: z.array(disk).pipe(disksSchema).optional(),
    edition: ofState.edition.optional(),
    installationType: ofState.installationType.optional(),
    servicePack: ofState.servicePack.optional(),
    dotNet: ofState.dotNet.optional(),
    quirks: ofState.quirks.optional(),
    sqlInstances: z.array(sqlInstanceSchema).max(50).optional(),
    features: z.record(short, ofState.features.valueType).optional(),
    services: z
      .record(
        short,
        z.strictObject({
          startMode: z.enum(['auto', 'delayed', 'manual', 'disabled']).optional(),
          state: z.enum(['running', 'stopped']).optional(),
        }),
      )
      .optional(),
    removeHotfixes: z.array(short).optional(),
    removePackages: z.array(short).optional(),
    certificates: z.array(certificate).max(1000).optional(),
    removeCertificates: z.array(short).optional(),
    firewallRules: z.array(firewallRule).max(1000).optional(),
    removeFirewallRules: z.array(short).optional(),
    registry: z.array(registryEntry).max(1000).optional(),
    powerPlan: short.optional(),
    timeZone: short.optional(),
    pendingReboot: z.literal(true).optional(),
  })
  .refine(({ workgroup, domain }) => workgroup === undefined || domain === undefined, {
    message: 'give workgroup or domain, not both',
  });

export type Deployment = z.infer<typeof deploymentSchema> & {
  /** Where it was read, for messages; absent where a program made it. */
  file?: string;
};
