// `--as machine.yaml`: what a person decides when a machine is made from an image. This is what must stand before the
// machine is switched on; arrange.ts does the rest when it is up.
import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { fail } from '../errors/index.js';
import { deploymentSchema, type Deployment } from './deployment-schema.js';
import { installationFault, osModel } from './os.js';
import type { MachineState } from './state.js';
import { firstIssue } from './state-file.js';

/** Throws E_TWIN_DEPLOYMENT. */
export async function readDeployment(file: string): Promise<Deployment> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw wrongDeployment(file, error instanceof Error ? error.message : String(error));
  });
  return parseDeployment(text, file);
}

/** Throws E_TWIN_DEPLOYMENT. */
export function parseDeployment(text: string, file: string): Deployment {
  const document = parseDocument(text, { merge: false, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem !== undefined) throw wrongDeployment(file, problem.message.split('\n')[0] ?? 'is no YAML');
  let value: unknown;
  try {
    // No aliases: a machine needs none, and they are how small files grow large.
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw wrongDeployment(file, error instanceof Error ? error.message : String(error));
  }
  const parsed = deploymentSchema.safeParse(value ?? {});
  if (!parsed.success) throw wrongDeployment(file, firstIssue(parsed.error));
  return { ...parsed.data, file };
}

/** A copy of the state as the machine that was made from it. Throws E_TWIN_DEPLOYMENT. */
export function deployed(state: MachineState, as: Deployment): MachineState {
  const copy = structuredClone(state);
  deployComputer(copy.computer, as);
  copy.edition = as.edition ?? copy.edition;
  copy.installationType = as.installationType ?? copy.installationType;
  copy.servicePack = as.servicePack ?? copy.servicePack;
  copy.disks = as.disks ?? copy.disks;
  copy.sqlInstances = as.sqlInstances ?? copy.sqlInstances;
  if (as.dotNet !== undefined) copy.dotNet = as.dotNet;
  if (as.quirks !== undefined) copy.quirks = as.quirks as MachineState['quirks'];
  const os = osModel(copy.os);
  const fault = os === undefined ? null : installationFault(os, copy);
  if (fault !== null) throw wrongDeployment(as.file, fault);
  return copy;
}

export function wrongDeployment(file: string | undefined, reason: string): Error {
  const where = file === undefined ? {} : { where: { file } };
  return fail('E_TWIN_DEPLOYMENT', { file: file ?? 'The description', reason }, where);
}

function deployComputer(computer: MachineState['computer'], as: Deployment): void {
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
}
