// Which of the tools that a build needs are here, all of them at once: nobody wants to hear of them one by one.
import { LyncimgError } from '../errors/index.js';
import { findTool, majorMinor, type FoundTool, type ToolWarning } from '../tools/index.js';

export interface InspectedTools {
  packer: FoundTool | null;
  ansible: FoundTool | null;
  /** Why a tool cannot be used, in this order: Packer, Ansible. */
  problems: LyncimgError[];
  warnings: ToolWarning[];
  /** What goes into a plan: major.minor, `absent` where not found. */
  forPlan: { packer: string; ansible: string };
}

/** Looks for Packer and Ansible on `env.PATH`. Bad tools are data; it throws only where nothing could be asked. */
export async function inspectTools(env: NodeJS.ProcessEnv): Promise<InspectedTools> {
  const [packer, ansible] = await Promise.all([inspect('packer', env), inspect('ansible-playbook', env)]);
  return {
    packer: packer.tool,
    ansible: ansible.tool,
    problems: [packer.problem, ansible.problem].filter((problem) => problem !== null),
    warnings: [...(packer.tool?.warnings ?? []), ...(ansible.tool?.warnings ?? [])],
    forPlan: { packer: planVersion(packer.tool), ansible: planVersion(ansible.tool) },
  };
}

type Inspected = { tool: FoundTool; problem: null } | { tool: null; problem: LyncimgError };

async function inspect(name: string, env: NodeJS.ProcessEnv): Promise<Inspected> {
  try {
    return { tool: await findTool(name, env), problem: null };
  } catch (error) {
    if (error instanceof LyncimgError && error.code.startsWith('E_TOOL_'))
      return { tool: null, problem: error };
    throw error;
  }
}

function planVersion(tool: FoundTool | null): string {
  return tool === null ? 'absent' : majorMinor(tool.version);
}
