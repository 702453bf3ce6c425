// The programs that a platform works with beside Packer and Ansible.
import { basename, dirname, isAbsolute } from 'node:path';
import { fail, LyncimgError } from '../errors/index.js';
import { discToolFor } from '../media/index.js';
import type { PlatformTool } from '../platforms/index.js';
import { childEnvironment } from '../tools/index.js';
import type { Finding } from './doctor-schema.js';
import { found, foundError } from './finding.js';
import { isFile } from './is-file.js';
import { inspect, type Inspected } from './inspect-tools.js';
import type { BakePlace, Wanted } from './wanted.js';

export function checkPlatformTools(
  place: BakePlace | null,
  inspected: ReadonlyMap<string, Inspected>,
): Finding[] {
  return (place?.platform.tools ?? []).flatMap((tool) => {
    const here = inspected.get(tool.command);
    return here === undefined ? [] : [checkPlatformTool(tool, here)];
  });
}

function checkPlatformTool({ command, what, install }: PlatformTool, { tool, problem }: Inspected): Finding {
  if (tool !== null)
    return found('platform-tools', 'ok', `${command} ${tool.version} is ${tool.path}.`, {
      detail: `It ${what}.`,
    });
  // It is there, and did not say its version as most programs do: that says nothing against it.
  if (problem.code === 'E_TOOL_WRONG')
    return found('platform-tools', 'unknown', `Which version of ${command} is here could not be found out.`, {
      detail: `It ${what}. ${problem.message.split('\n').slice(1).join(' ')}`,
      fix: [install],
    });
  return found('platform-tools', 'problem', problem.message, {
    detail: `${command} ${what}.`,
    fix: [install],
  });
}

/** The program by which a platform shows that its guests are QEMU's. */
export const qemuCommand = 'qemu-system-x86_64';

/** By command. */
export async function inspectPlatformTools(
  place: BakePlace | null,
  env: NodeJS.ProcessEnv,
  timeoutMs: number,
): Promise<Map<string, Inspected>> {
  const commands = new Set(place?.platform.tools.map(({ command }) => command) ?? []);
  const inspected = [...commands].map(
    async (command) => [command, await inspectCommand(command, place, env, timeoutMs)] as const,
  );
  return new Map(await Promise.all(inspected));
}

async function inspectCommand(
  command: string,
  place: BakePlace | null,
  env: NodeJS.ProcessEnv,
  timeoutMs: number,
): Promise<Inspected> {
  const program = command === qemuCommand ? settingOf(place, 'binary') : undefined;
  if (program === undefined || !isAbsolute(program)) return inspect(program ?? command, env, timeoutMs);
  const inspected = await inspect(
    basename(program),
    { ...env, PATH: `${dirname(program)}:${env['PATH'] ?? ''}` },
    timeoutMs,
  );
  if (inspected.tool === null || inspected.tool.path === program) return inspected;
  return { tool: null, problem: fail('E_TOOL_MISSING', { tool: program, install: '' }) };
}

/** Undefined where the platform has no such key, or it is not set. */
export function settingOf(place: BakePlace | null, key: string): string | undefined {
  if (place === null || !Object.hasOwn(place.platform.settings.shape, key)) return undefined;
  const value = place.settings.optional(key);
  return typeof value === 'string' ? value : undefined;
}

/** Files of a platform's UEFI firmware, where the machine boots with it. */
export async function checkFirmware({
  place,
  machine,
}: Pick<Wanted, 'place' | 'machine'>): Promise<Finding[]> {
  if (machine?.spec.firmware !== 'uefi') return [];
  const findings: Finding[] = [];
  for (const key of ['efiCode', 'efiVars']) {
    const file = settingOf(place, key);
    if (file === undefined || (await isFile(file))) continue;
    findings.push(
      found('platform-tools', 'problem', `The UEFI firmware ${file} is not there.`, {
        detail: 'The machine is to boot with it.',
        fix: [
          'apt-get install ovmf',
          `Or set ${key} under platforms: ${place?.platform.name ?? ''}: in lyncimg.yaml.`,
        ],
      }),
    );
  }
  return findings;
}

/** Where the build makes the discs. Where Packer does, the platform names its tools itself. */
export async function checkDiscTools({ place, env }: Pick<Wanted, 'place' | 'env'>): Promise<Finding[]> {
  if (place?.platform.discs !== 'images') return [];
  try {
    // Without a file on it: the format for what is large or has long names is asked for when the disc is made.
    const tool = await discToolFor({
      label: 'LYNCIMG_MEDIA',
      files: [],
      env: childEnvironment({ from: env }).env,
    });
    return [found('disc-tools', 'ok', `${tool.name} ${tool.version} (${tool.path}) makes the discs.`)];
  } catch (error) {
    if (error instanceof LyncimgError) return [foundError('disc-tools', error)];
    throw error;
  }
}
