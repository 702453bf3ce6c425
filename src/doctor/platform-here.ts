// What is on this machine of what a platform works with: for `platforms show`, which judges nothing.
import type { FactsOf } from '../errors/index.js';
import type { FoundProgram, Platform, PlatformHere } from '../platforms/index.js';
import { compareVersions, type FoundTool } from '../tools/index.js';
import { inspect, type Inspected } from './inspect-tools.js';

export async function platformHere(platform: Platform, env: NodeJS.ProcessEnv): Promise<PlatformHere> {
  const commands = platform.tools.map(({ command }) => command);
  const [packer, ...tools] = await Promise.all(['packer', ...commands].map((name) => inspect(name, env)));
  const found = packer?.tool ?? null;
  return {
    packer: found === null ? null : program(found),
    canExpress: (layer) => {
      if (found === null) return null;
      const needed = platform.packerAtLeast(layer);
      return needed === null || compareVersions(found.version, needed.version) >= 0;
    },
    tools: new Map(commands.map((command, index) => [command, programOf(tools[index])])),
  };
}

/** A program that is there and does not say its version as most do is there all the same. */
function programOf(inspected: Inspected | undefined): FoundProgram | null {
  if (inspected === undefined) return null;
  if (inspected.tool !== null) return program(inspected.tool);
  const { code, facts } = inspected.problem;
  if (code !== 'E_TOOL_WRONG') return null;
  const [first] = (facts as FactsOf<'E_TOOL_WRONG'>).passedOver;
  return first === undefined ? null : { path: first.path, version: null };
}

function program({ path, version }: FoundTool): FoundProgram {
  return { path, version };
}
