// `--as machine.yaml`: what a person decides when a machine is made from an image.
import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { fail } from '../errors/index.js';
import type { MachineState } from './state.js';
import { firstIssue } from './state-file.js';
import { adapterSchema, computerNameSchema, dnsNameSchema } from './state-schema.js';

const adapter = z.strictObject({
  name: adapterSchema.shape.name.optional(),
  mac: adapterSchema.shape.mac.optional(),
  ipv4: adapterSchema.shape.ipv4,
  subnet: adapterSchema.shape.subnet.optional(),
  gateway: adapterSchema.shape.gateway.optional(),
  dns: adapterSchema.shape.dns.optional(),
});

const deploymentSchema = z
  .strictObject({
    name: computerNameSchema.optional(),
    workgroup: z.string().min(1).max(15).optional(),
    domain: dnsNameSchema.optional(),
    dnsSuffix: z.union([z.literal(''), dnsNameSchema]).optional(),
    memoryMb: z.number().int().min(256).max(16_777_216).optional(),
    processors: z.number().int().min(1).max(640).optional(),
    adapters: z.array(adapter).min(1).max(32).optional(),
  })
  .refine(({ workgroup, domain }) => workgroup === undefined || domain === undefined, {
    message: 'give workgroup or domain, not both',
  });

export type Deployment = z.infer<typeof deploymentSchema>;

/** Throws E_TWIN_DEPLOYMENT. */
export async function readDeployment(file: string): Promise<Deployment> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw wrong(file, error instanceof Error ? error.message : String(error));
  });
  return parseDeployment(text, file);
}

export function parseDeployment(text: string, file: string): Deployment {
  const document = parseDocument(text, { merge: false, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem !== undefined) throw wrong(file, problem.message.split('\n')[0] ?? 'is no YAML');
  let value: unknown;
  try {
    // No aliases: a machine needs none, and they are how small files grow large.
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw wrong(file, error instanceof Error ? error.message : String(error));
  }
  const parsed = deploymentSchema.safeParse(value ?? {});
  if (!parsed.success) throw wrong(file, firstIssue(parsed.error));
  return parsed.data;
}

/** A copy of the state as the machine that was made from it. */
export function deployed(state: MachineState, as: Deployment): MachineState {
  const copy = structuredClone(state);
  const { computer } = copy;
  if (as.name !== undefined) computer.name = as.name;
  if (as.workgroup !== undefined) Object.assign(computer, { workgroup: as.workgroup, domain: null });
  if (as.domain !== undefined) {
    // Joining sets the primary suffix to the domain's name unless somebody says otherwise.
    Object.assign(computer, { domain: as.domain, workgroup: null, dnsSuffix: as.domain });
  }
  if (as.dnsSuffix !== undefined) computer.dnsSuffix = as.dnsSuffix;
  if (as.memoryMb !== undefined) computer.memoryMb = as.memoryMb;
  if (as.processors !== undefined) computer.processors = as.processors;
  if (as.adapters !== undefined)
    computer.adapters = as.adapters.map((each, index) => ({
      name: each.name ?? (index === 0 ? 'Ethernet' : `Ethernet ${index + 1}`),
      mac: each.mac ?? `02:00:00:4C:59:${(index + 1).toString(16).padStart(2, '0').toUpperCase()}`,
      ipv4: each.ipv4,
      subnet: each.subnet ?? each.ipv4.map(() => '255.255.255.0'),
      gateway: each.gateway ?? [],
      dns: each.dns ?? [],
    }));
  return copy;
}

function wrong(file: string, reason: string): Error {
  return fail('E_TWIN_DEPLOYMENT', { file, reason }, { where: { file } });
}
