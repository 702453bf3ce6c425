// The state file's shape. It comes from a disk that somebody else may have written: every name is held to what the
// model itself would write, so that no key can reach the prototype of a table and no text is endless.
import { z } from 'zod';
import { parseGuestPath } from './guest-path.js';
import { installationFault, modelledOsIds, osModel } from './os.js';
import { powerPlanGuids } from './settings.js';

const text = z.string().max(4096);
const name = z.string().min(1).max(256);
const instant = z.iso.datetime();
const address = z.union([z.ipv4(), z.ipv6()]);

/** The length is its own rule: an expression with a repeated group overflows the stack on megabytes. */
const hexBytes = z
  .string()
  .max(2_097_152)
  .regex(/^[0-9a-f]*$/i)
  .refine((hex) => hex.length % 2 === 0, { message: 'half a byte is missing' });

const registryData = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['string', 'expandstring']), name: text, data: z.string().max(1_048_576) }),
  z.strictObject({ type: z.literal('multistring'), name: text, data: z.array(text).max(10_000) }),
  z.strictObject({ type: z.enum(['dword', 'qword']), name: text, data: z.string().regex(/^\d{1,20}$/) }),
  z.strictObject({ type: z.literal('binary'), name: text, data: hexBytes }),
]);

const registryKey = z.strictObject({
  path: z
    .string()
    .regex(/^HK(LM|CU|CR|U|CC)\\/)
    .max(1024),
  values: z.record(safeKey(), registryData),
  deleted: z.literal(true).optional(),
});

const service = z.strictObject({
  name,
  displayName: text,
  startMode: z.enum(['auto', 'delayed', 'manual', 'disabled']),
  state: z.enum(['running', 'stopped']),
  account: text,
  path: text,
});

const installedPackage = z.strictObject({
  key: name,
  view: z.enum(['64', '32']),
  displayName: text,
  displayVersion: text,
  publisher: text,
  msi: z.boolean(),
});

const localUser = z.strictObject({
  name: z.string().min(1).max(20),
  rid: z.number().int().min(500).max(0x7fffffff),
  fullName: text,
  description: text,
  homeDirectory: text,
  loginScript: text,
  profile: text,
  hasPassword: z.boolean(),
  passwordExpired: z.boolean(),
  passwordNeverExpires: z.boolean(),
  cannotChangePassword: z.boolean(),
  disabled: z.boolean(),
  groups: z.array(z.string().regex(/^S-1-5-[\d-]+$/)).max(100),
});

export const adapterSchema = z.strictObject({
  name,
  mac: z.string().regex(/^([0-9A-F]{2}:){5}[0-9A-F]{2}$/i),
  ipv4: z.array(address).max(64),
  subnet: z.array(text).max(64),
  gateway: z.array(address).max(16),
  dns: z.array(address).max(16),
});

/** Control characters and the bar would break the text of a rule in the registry. */
const ruleText = z
  .string()
  .max(1024)
  // eslint-disable-next-line no-control-regex
  .regex(/^[^|\u0000-\u001f]*$/);
const ruleWords = z.array(ruleText.min(1)).max(1000);

export const firewallRuleSchema = z.strictObject({
  id: ruleText.min(1),
  name: ruleText.min(1),
  group: ruleText,
  description: ruleText,
  direction: z.enum(['in', 'out']),
  action: z.enum(['allow', 'block']),
  enabled: z.boolean(),
  protocol: z.number().int().min(0).max(255).nullable(),
  localPorts: ruleWords,
  remotePorts: ruleWords,
  localAddresses: ruleWords,
  remoteAddresses: ruleWords,
  program: ruleText,
  service: ruleText,
  profiles: z
    .array(z.enum(['domain', 'private', 'public']))
    .min(1)
    .max(3),
});

const certificateStore = z.string().regex(/^[A-Za-z][A-Za-z ]{0,63}$/);
export const certificatePlaceSchema = z.enum(['local', 'policy', 'enterprise', 'third-party']);

export const diskSchema = z
  .strictObject({
    letter: z.string().regex(/^[CDF-Z]:$/, 'C:, D: or F: to Z: (E: is the media disc)'),
    sizeBytes: z.number().int().min(1),
    freeBytes: z.number().int().min(0),
    fileSystem: z.enum(['NTFS', 'ReFS', 'FAT32']),
    label: z.string().max(32),
    bytesPerSector: z.union([z.literal(512), z.literal(4096)]),
    physicalSectorBytes: z.union([z.literal(512), z.literal(4096)]),
  })
  .refine(({ sizeBytes, freeBytes }) => freeBytes <= sizeBytes, {
    path: ['freeBytes'],
    message: 'more is free than there is',
  });

export const disksSchema = z
  .array(diskSchema)
  .max(24)
  .refine((disks) => disks.some(({ letter }) => letter === 'C:'), { message: 'C: must be one of the disks' })
  .refine((disks) => new Set(disks.map(({ letter }) => letter)).size === disks.length, {
    message: 'two disks have one letter',
  });

export const sqlInstanceSchema = z.strictObject({
  name: z.string().regex(/^[A-Z][A-Z0-9_]{0,15}$/, 'an upper-case name of up to 16 letters and digits'),
  version: z.string().regex(/^\d{1,2}\.\d{1,2}\.\d{1,5}(\.\d{1,5})?$/),
  edition: z.string().min(1).max(128),
});

/** NetBIOS name: what Windows takes as a computer name. */
export const computerNameSchema = z.string().regex(/^(?!\d+$)[A-Za-z0-9][A-Za-z0-9-]{0,14}$/);
export const dnsNameSchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\.[A-Za-z0-9]([A-Za-z0-9-]{0,62}))*$/);

export const stateSchema = z
  .strictObject({
    format: z.literal(1),
    rehearsal: z.literal(true),
    os: z.enum([...modelledOsIds]),
    edition: z.enum(['standard', 'enterprise', 'datacenter', 'web']),
    installationType: z.enum(['Server', 'Server Core']),
    servicePack: z.union([z.literal(0), z.literal(1)]),
    dotNet: z
      .strictObject({ version: z.string().regex(/^4(\.\d{1,6}){1,3}$/), release: z.number().int().min(1) })
      .nullable(),
    installedAt: instant,
    computer: z.strictObject({
      name: computerNameSchema,
      domain: dnsNameSchema.nullable(),
      workgroup: z.string().min(1).max(15).nullable(),
      dnsSuffix: z.union([z.literal(''), dnsNameSchema]),
      memoryMb: z.number().int().min(256).max(16_777_216),
      processors: z.number().int().min(1).max(640),
      adapters: z.array(adapterSchema).max(32),
    }),
    power: z.strictObject({
      // A state is only written when the machine is off.
      on: z.literal(false),
      offBy: z.enum(['guest', 'host']).nullable(),
      bootedAt: instant.nullable(),
      boots: z.number().int().min(0),
    }),
    access: z.enum(['keyed', 'unkeyed', 'sealed']),
    features: z.record(
      z.string().regex(/^[A-Za-z0-9][\w .-]*$/),
      z.enum(['Installed', 'Available', 'Removed', 'InstallPending', 'UninstallPending']),
    ),
    hotfixes: z.array(
      z.strictObject({
        kb: z.string().regex(/^KB\d{6,8}$/),
        installedOn: instant,
        state: z.enum(['installed', 'pending']),
      }),
    ),
    registry: z.record(z.string().regex(/^hk(lm|cu|cr|u|cc)\\/), registryKey),
    services: z.record(safeKey(), service),
    pendingReboot: z.array(text).max(1000),
    powerPlan: z.enum([...powerPlanGuids]),
    timeZone: name,
    files: z.record(
      guestPathKey(),
      z.strictObject({ path: text, base64: z.base64().max(6_000_000), modifiedAt: instant }),
    ),
    folders: z.record(guestPathKey(), text),
    tasks: z.record(
      z.string().regex(/^\\/),
      z.strictObject({ name, run: text, trigger: z.enum(['boot', 'demand']) }),
    ),
    packages: z.record(safeKey(), installedPackage),
    updates: z.strictObject({
      offline: z.boolean(),
      downloaded: z.array(z.uuid()).max(1000),
      installed: z.array(z.uuid()).max(1000),
      lastInstalledAt: instant.nullable(),
    }),
    users: z.record(safeKey(), localUser),
    securityPolicy: z.record(safeKey(), text),
    firewallRules: z.array(firewallRuleSchema).max(5000),
    certificates: z
      .array(
        z.strictObject({
          store: certificateStore,
          place: certificatePlaceSchema,
          base64: z.base64().min(1).max(6_000_000),
        }),
      )
      .max(5000),
    disks: disksSchema,
    sqlInstances: z.array(sqlInstanceSchema).max(50),
    quirks: z.strictObject({
      optionalFeature: z.enum(['fails', 'hangs']).optional(),
      serverFeature: z.literal('fails').optional(),
    }),
    journal: z.array(z.strictObject({ at: instant, text })).max(10_000),
  })
  .refine(
    (state) => {
      const os = osModel(state.os);
      return os !== undefined && installationFault(os, state) === null;
    },
    { path: ['edition'], message: 'there is no such edition or service pack of this system' },
  )
  .refine(({ computer }) => (computer.domain === null) !== (computer.workgroup === null), {
    path: ['computer'],
    message: 'a machine is a member of a domain or of a workgroup',
  });

function safeKey(): z.ZodString {
  return z
    .string()
    .max(1024)
    .regex(/^(?!__proto__$)/);
}

function guestPathKey(): z.ZodString {
  return z
    .string()
    .max(1024)
    .regex(/^c:\\/)
    .refine((key) => parseGuestPath(key)?.key === key);
}
