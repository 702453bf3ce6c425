// The state file's shape. It comes from a disk that somebody else may have written: every name is held to what the
// model itself would write, so that no key can reach the prototype of a table and no text is endless.
import { z } from 'zod';
import { parseGuestPath } from './guest-path.js';
import { modelledOsIds } from './os.js';
import { powerPlanGuids } from './settings.js';

const text = z.string().max(4096);
const name = z.string().min(1).max(256);
const instant = z.iso.datetime();
const address = z.union([z.ipv4(), z.ipv6()]);

const registryData = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['string', 'expandstring']), name: text, data: z.string().max(1_048_576) }),
  z.strictObject({ type: z.literal('multistring'), name: text, data: z.array(text).max(10_000) }),
  z.strictObject({ type: z.enum(['dword', 'qword']), name: text, data: z.string().regex(/^\d{1,20}$/) }),
  z.strictObject({ type: z.literal('binary'), name: text, data: z.string().regex(/^([0-9a-f]{2})*$/i) }),
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

export const adapterSchema = z.strictObject({
  name,
  mac: z.string().regex(/^([0-9A-F]{2}:){5}[0-9A-F]{2}$/i),
  ipv4: z.array(address).max(64),
  subnet: z.array(text).max(64),
  gateway: z.array(address).max(16),
  dns: z.array(address).max(16),
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
    journal: z.array(z.strictObject({ at: instant, text })).max(10_000),
  })
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
